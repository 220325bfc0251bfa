package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.CompiledUpstream;
import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.WheelFilename;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a built wheel is what was wanted; it must not even enter the wheelhouse if it is not. */
record BuiltWheelCheck(BuildWork work) {

  private static final String USELESS = "no client that wants the pin here would install it";
  private static final String EXCLUDE =
      "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>";

  /** Why it is not. */
  Optional<Diagnosis> refusal(Path wheel, Target target) {
    Optional<String> misfit = misfit(wheel, target);
    if (misfit.isPresent()) {
      return Optional.of(new Diagnosis(FailureClass.BAD_WHEEL, misfit.get(), USELESS, EXCLUDE));
    }
    return lacksItsExtension(wheel)
        ? Optional.of(
            new Diagnosis(
                FailureClass.BAD_WHEEL,
                "the build made " + wheel.getFileName() + " without its extension",
                "all wheels that upstream has of it are compiled: what could not be compiled was"
                    + " left out without a failure",
                "see the log for what is missing and install it (a compiler, or the Python's or a"
                    + " library's headers), or exclude the pin with a reason: <exclude>…</exclude>"))
        : Optional.empty();
  }

  private Optional<String> misfit(Path wheel, Target target) {
    String filename = String.valueOf(wheel.getFileName());
    WheelFilename name;
    try {
      name = WheelFilename.parse(filename);
    } catch (InvalidWheelFilenameException e) {
      return Optional.of("the build made " + filename + ", which is no wheel's name");
    }
    if (!new Pin(name.name(), name.version()).equals(work.pin())) {
      return Optional.of(
          "the build made %s, and === does not accept it for %s".formatted(filename, work.pin()));
    }
    return name.tags().stream().anyMatch(target.tags()::contains)
        ? Optional.empty()
        : Optional.of("the build made %s, which %s does not take".formatted(filename, target.id()));
  }

  /** Projects that can do without their extension leave it out when it cannot be compiled. */
  private boolean lacksItsExtension(Path wheel) {
    return work.compiledUpstream() == CompiledUpstream.ALL
        && WheelFilename.parse(String.valueOf(wheel.getFileName())).isPure();
  }
}
