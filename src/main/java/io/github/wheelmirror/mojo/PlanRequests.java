package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.given;
import static io.github.wheelmirror.mojo.Requests.orEmpty;
import static io.github.wheelmirror.mojo.Requests.required;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.build.BuildConstraints;
import io.github.wheelmirror.build.BuildRequirementsAsOf;
import io.github.wheelmirror.build.Exclude;
import io.github.wheelmirror.build.PinOverride;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.build.UpstreamWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The part of a request that says how pins become work. */
final class PlanRequests {

  private final AbstractMirrorMojo mojo;
  private final RequestPaths paths;
  private final Seen seen;

  PlanRequests(AbstractMirrorMojo mojo, RequestPaths paths, Seen seen) {
    this.mojo = mojo;
    this.paths = paths;
    this.seen = seen;
  }

  PlanSettings settings(LocalDate today) {
    WrongSettings wrong = new WrongSettings();
    Supplier<UpstreamWheels> wheels =
        wrong.read(
            () -> Requests.choice(UpstreamWheels.class, mojo.upstreamWheels, "upstreamWheels"));
    List<Exclude> excludes = wrong.readEach(mojo.excludes, PlanRequests::exclude);
    List<BuildConstraints> constraints =
        wrong.readEach(mojo.buildConstraints, this::buildConstraints);
    Supplier<List<PinOverride>> overrides =
        wrong.read(() -> new OverrideRequests(paths, seen).overrides(mojo));
    Supplier<BuildRequirementsAsOf> asOf =
        wrong.read(() -> asOf(orEmpty(mojo.buildRequirementsAsOf), "buildRequirementsAsOf"));
    wrong.refuse();
    return new PlanSettings(wheels.get(), excludes, constraints, today)
        .overriding(overrides.get())
        .asOf(asOf.get());
  }

  private static Exclude exclude(ExcludeParameter exclude) {
    return new Exclude(
        required(exclude.pin, "exclude", "pin", "a name or name===version"),
        required(exclude.reason, "exclude", "reason", "why the pin is left out"),
        orEmpty(exclude.expires),
        given(exclude.branches),
        Pythons.globs(given(exclude.pythons), "exclude"));
  }

  private BuildConstraints buildConstraints(BuildConstraintsParameter parameter) {
    List<String> lines = new ArrayList<>(given(parameter.lines));
    if (parameter.file != null) {
      seen.file(paths.absolute(parameter.file));
      lines.addAll(lines(paths.absolute(parameter.file)));
    }
    String asOf = orEmpty(parameter.asOf);
    return new BuildConstraints(
        given(parameter.branches), asOf.isEmpty() ? asOf : asOf(asOf, "asOf").text(), lines);
  }

  private static BuildRequirementsAsOf asOf(String text, String parameter) {
    try {
      return BuildRequirementsAsOf.parse(text);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<" + parameter + "> is " + text,
          String.valueOf(e.getMessage()),
          "write sdist, now or a date");
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw MirrorException.input(
          "<buildConstraint> names the file " + file,
          IoWords.of(e),
          "give the path of a readable text file");
    }
  }
}
