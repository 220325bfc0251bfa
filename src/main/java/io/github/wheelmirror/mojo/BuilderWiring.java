package io.github.wheelmirror.mojo;

import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.builder.BuildEnvironments;
import io.github.wheelmirror.builder.EnvironmentMaker;
import io.github.wheelmirror.builder.HostWheelBuilder;
import io.github.wheelmirror.builder.IndexSettings;
import io.github.wheelmirror.builder.Pep517WheelBuilder;
import io.github.wheelmirror.builder.SdistUnpacker;
import io.github.wheelmirror.builder.UnpackLimits;
import io.github.wheelmirror.builder.WheelAgreement;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.python.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** What makes wheels on this host. */
final class BuilderWiring {

  private static final long MAX_BUILD_LOG_BYTES = 64L << 20;
  private static final Duration ENVIRONMENT_TIMEOUT = Duration.ofMinutes(20);

  private final MirrorRequest request;
  private final Map<String, String> environment;
  private final PythonWiring pythons;

  BuilderWiring(MirrorRequest request, Map<String, String> environment, PythonWiring pythons) {
    this.request = request;
    this.environment = environment;
    this.pythons = pythons;
  }

  WheelBuilder builder() {
    EnvironmentMaker maker =
        new EnvironmentMaker(
            pythons.runner(), pythons.interpreters(), pythons.path(), pythons.home());
    IndexSettings settings = IndexSettings.ofUser(environment);
    List<String> urls =
        request.indexes().indexes().stream().map(BuilderWiring::urlWithLogin).toList();
    BuildEnvironments environments =
        new BuildEnvironments(
            request.places().cache().resolve("environments"),
            maker,
            urls.isEmpty() ? settings : settings.withIndexes(urls),
            ENVIRONMENT_TIMEOUT);
    return new HostWheelBuilder(
        pythons.interpreters(),
        new Pep517WheelBuilder(
            pythons.runner(),
            pythons.path(),
            environments,
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b)))),
        request.work().buildTimeout(),
        MAX_BUILD_LOG_BYTES);
  }

  /** pip takes credentials in the URL only; it gets them through its environment. */
  private static String urlWithLogin(MirrorRequest.Index index) {
    return index
        .login()
        .map(
            login ->
                index
                    .url()
                    .replaceFirst(
                        "^(https?://)",
                        "$1"
                            + Matcher.quoteReplacement(
                                encode(login.username())
                                    + ":"
                                    + encode(login.password().reveal())
                                    + "@")))
        .orElse(index.url());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
