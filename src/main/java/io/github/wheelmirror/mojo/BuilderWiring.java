package io.github.wheelmirror.mojo;

import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.builder.BuildEnvironments;
import io.github.wheelmirror.builder.BuildLimits;
import io.github.wheelmirror.builder.BuildPlaces;
import io.github.wheelmirror.builder.Circumstances;
import io.github.wheelmirror.builder.ClientHost;
import io.github.wheelmirror.builder.CompilerCache;
import io.github.wheelmirror.builder.EnvironmentMaker;
import io.github.wheelmirror.builder.HostPythons;
import io.github.wheelmirror.builder.HostWheelBuilder;
import io.github.wheelmirror.builder.InstallerSettings;
import io.github.wheelmirror.builder.Pep517WheelBuilder;
import io.github.wheelmirror.builder.PipClient;
import io.github.wheelmirror.builder.PipSampleInstaller;
import io.github.wheelmirror.builder.PrivatePlaces;
import io.github.wheelmirror.builder.RustToolchains;
import io.github.wheelmirror.builder.SdistUnpacker;
import io.github.wheelmirror.builder.UnpackLimits;
import io.github.wheelmirror.builder.UnusedEnvironments;
import io.github.wheelmirror.builder.UvClient;
import io.github.wheelmirror.builder.WheelAgreement;
import io.github.wheelmirror.index.InstallerVariables;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.InstallClient;
import io.github.wheelmirror.tree.SampleInstaller;
import io.github.wheelmirror.tree.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What makes wheels on this host. */
final class BuilderWiring {

  private static final long MAX_BUILD_LOG_BYTES = 64L << 20;
  private static final Duration ENVIRONMENT_TIMEOUT = Duration.ofMinutes(20);

  private final MirrorRequest request;
  private final PythonWiring pythons;
  private final IndexWiring indexes;
  private final Supplier<RustToolchains> rust;
  private final PrivatePlaces hidden;

  BuilderWiring(
      MirrorRequest request,
      Map<String, String> environment,
      PythonWiring pythons,
      IndexWiring indexes,
      List<Path> secrets) {
    this.request = request;
    this.pythons = pythons;
    this.indexes = indexes;
    this.hidden = PrivatePlaces.of(pythons.home(), environment, secrets);
    this.rust =
        new Lazy<>(
            () ->
                RustToolchains.of(
                    pythons.path(), pythons.home(), environment.getOrDefault("RUSTUP_HOME", "")));
  }

  WheelBuilder builder() {
    EnvironmentMaker maker =
        new EnvironmentMaker(
            pythons.runner(), pythons.interpreters(), pythons.path(), pythons.home());
    BuildEnvironments environments =
        new BuildEnvironments(
            environments(),
            maker,
            new InstallerSettings(installerVariables()),
            ENVIRONMENT_TIMEOUT,
            Clock.systemUTC());
    return new HostWheelBuilder(
        pythons.interpreters(),
        new Pep517WheelBuilder(
            pythons.runner(),
            pythons.path(),
            rust.get(),
            environments,
            new SdistUnpacker(UnpackLimits.DEFAULT),
            new WheelAgreement((a, b) -> Version.parse(a).equals(Version.parse(b))),
            request.work().compilerCache()
                ? CompilerCache.below(request.places().cache().resolve("ccache"), pythons.path())
                : CompilerCache.NONE,
            hidden),
        limits(),
        new BuildPlaces(request.places().workspace(), request.places().cache()));
  }

  private Map<String, String> installerVariables() {
    Map<String, String> variables = new TreeMap<>(InstallerVariables.of(indexes.settings()));
    variables.putAll(rust.get().variables());
    return variables;
  }

  /** The real installers that are wanted. */
  List<InstallClient> clients() {
    ClientHost host = clientHost();
    List<InstallClient> clients = new ArrayList<>();
    for (String name : request.release().clients().names()) {
      clients.add(name.equals("pip") ? new PipClient(host) : new UvClient(host));
    }
    return clients;
  }

  /** What installs samples. */
  SampleInstaller sampleInstaller() {
    return new PipSampleInstaller(clientHost(), pythons.runner(), pythons.home(), hidden);
  }

  private ClientHost clientHost() {
    return new ClientHost(
        pythons.runner(),
        pythons.path(),
        pythons::interpreters,
        target -> new HostPythons(pythons.interpreters()).refusal(target),
        new Lazy<>(() -> new InstallerSettings(InstallerVariables.of(indexes.settings()))));
  }

  /** The environments that can be made again. */
  Store collectable() {
    return new UnusedEnvironments(environments());
  }

  private Path environments() {
    return request.places().cache().resolve("environments");
  }

  /** What of this host decides whether a failed build would fail again. */
  String circumstances() {
    return Circumstances.of(pythons.path(), rust.get(), limits());
  }

  private BuildLimits limits() {
    MirrorRequest.BuildBounds bounds = request.work().bounds();
    return new BuildLimits(
        bounds.timeout(),
        MAX_BUILD_LOG_BYTES,
        bounds.memoryBytes(),
        BuildLimits.PROCESSES,
        bounds.diskBytes(),
        1);
  }
}
