package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.tree.TestWheel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes wheels without running anything: a pure one, a compiled one for a project whose name begins
 * with {@code compiled}, none for {@code broken}.
 */
final class QuickBuilder implements WheelBuilder {

  final List<BuildRequest> requests = new CopyOnWriteArrayList<>();

  /** The one platform that it builds for; "" for any. */
  String slug = "";

  @Override
  public Optional<Diagnosis> refusal(Target target) {
    return slug.isEmpty() || target.id().slug().equals(slug)
        ? Optional.empty()
        : Optional.of(
            new Diagnosis(
                FailureClass.WAITING_FOR_AGENT, "this host is " + slug, "of another", "go there"));
  }

  @Override
  public BuildResult build(BuildRequest request) {
    requests.add(request);
    try {
      Files.createDirectories(request.log().getParent());
      Files.writeString(request.log(), "building " + request.pin() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = request.pin().name().toString();
    if (name.startsWith("broken")) {
      return new BuildResult.Failed(
          new Diagnosis(FailureClass.NO_COMPILER, "no gcc", "the source is C", "install gcc"),
          "no gcc");
    }
    String python = request.target().id().python();
    Path wheel =
        TestWheel.of(name.replace('-', '_'), request.pin().version().toString())
            .buildTag(request.buildTag())
            .tag(
                name.startsWith("compiled")
                    ? python + "-" + python + "-linux_x86_64"
                    : "py3-none-any")
            .write(request.outputDirectory());
    return new BuildResult.Built(
        wheel, new BuildCost(1, 0), true, List.of(), RequirementsUsed.NOTHING);
  }

  /** Each build as {@code name===version cp311}. */
  List<String> builds() {
    return requests.stream()
        .map(request -> request.pin() + " " + request.target().id().python())
        .sorted()
        .toList();
  }
}
