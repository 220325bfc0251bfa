package io.github.wheelmirror.builder;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.FailureClassifier;
import io.github.wheelmirror.constraints.Target;

/** What a person should know of a build that made no wheel. */
final class OutcomeDiagnosis {

  private static final long MEBIBYTE = 1 << 20;

  /** How a process ends that was killed: 128 and the number of the signal. */
  private static final int KILLED = 128 + 9;

  private static final String OR_EXCLUDE =
      ", or exclude the pin with a reason: <exclude>…</exclude>";

  private OutcomeDiagnosis() {}

  /**
   * The diagnosis.
   *
   * @throws IllegalArgumentException for an outcome that is no failure of the build
   */
  static Diagnosis of(BuildOutcome outcome, Target target) {
    if (outcome instanceof BuildOutcome.BackendFailed failed) {
      // as a shell does: a back-end that was killed cannot say so itself
      String words = failed.tail() + (failed.exitCode() == KILLED ? "\nKilled\n" : "");
      return FailureClassifier.classify(words, target);
    }
    if (outcome instanceof BuildOutcome.EnvironmentFailed failed) {
      return FailureClassifier.classifyEnvironment(failed.reason(), failed.tail(), target);
    }
    if (outcome instanceof BuildOutcome.Refused refused) {
      return refused(refused.reason());
    }
    if (outcome instanceof BuildOutcome.PatchMisfit misfit) {
      return new Diagnosis(
          FailureClass.PATCH_MISFIT,
          misfit.reason(),
          "a patch is applied only where all its lines are as it says, at whatever line",
          "make it anew from this sdist, or take it out of the pin's <override>");
    }
    if (outcome instanceof BuildOutcome.NoSuchWheel wrong) {
      return badWheel(wrong.reason(), "the back-end did not make the wheel of this pin");
    }
    if (outcome instanceof BuildOutcome.Killed) {
      return new Diagnosis(
          FailureClass.KILLED,
          "the build's process was ended from outside",
          "it was tried again by itself and ended again",
          "run the goal again; the system's log may tell who ended it");
    }
    return limit(outcome);
  }

  private static Diagnosis limit(BuildOutcome outcome) {
    if (outcome instanceof BuildOutcome.TimedOut late) {
      return new Diagnosis(
          FailureClass.TIMEOUT,
          "the build did not end within " + late.limit().toSeconds() + " s",
          "it hangs, waits for what no build has, or needs longer; the end of its log tells where",
          "give it longer with -Dwheel-mirror.buildTimeout=SECONDS" + OR_EXCLUDE);
    }
    if (outcome instanceof BuildOutcome.OutputLimit flood) {
      return new Diagnosis(
          FailureClass.OUTPUT_LIMIT,
          "the build printed more than " + flood.maxBytes() + " bytes",
          "no sound build prints that much: it repeats itself",
          "see the log for what it repeats" + OR_EXCLUDE);
    }
    if (outcome instanceof BuildOutcome.MemoryLimit memory) {
      return new Diagnosis(
          FailureClass.OUT_OF_MEMORY,
          "the build held more than " + memory.maxBytes() / MEBIBYTE + " MiB of memory",
          "all its processes together may not hold more",
          "allow more with -Dwheel-mirror.buildMemory=MIB" + OR_EXCLUDE);
    }
    if (outcome instanceof BuildOutcome.ProcessLimit crowd) {
      return new Diagnosis(
          FailureClass.PROCESS_LIMIT,
          "the build ran more than " + crowd.most() + " processes at once",
          "no sound build needs that many: it starts itself again and again",
          "see the log for what it starts" + OR_EXCLUDE);
    }
    if (outcome instanceof BuildOutcome.DiskLimit disk) {
      return new Diagnosis(
          FailureClass.DISK_FULL,
          disk.maxBytes() == 0
              ? "the disk is full"
              : "the build wrote more than "
                  + disk.maxBytes() / MEBIBYTE
                  + " MiB or filled the disk",
          "what a build writes is kept until it ends",
          "make room, or allow more with -Dwheel-mirror.buildDisk=MIB" + OR_EXCLUDE);
    }
    throw new IllegalArgumentException("no failure: " + outcome);
  }

  private static Diagnosis refused(String reason) {
    boolean noBuildFile = reason.contains("pyproject.toml") && reason.contains("setup.py");
    return new Diagnosis(
        noBuildFile ? FailureClass.NO_BUILD_FILE : FailureClass.UNSAFE_SDIST,
        reason,
        noBuildFile
            ? "one of them must say how it is built"
            : "it breaks the rules for sdists and their builds, so it is not built here",
        "upstream's sdist is at fault: exclude the pin with a reason: <exclude>…</exclude>");
  }

  static Diagnosis badWheel(String symptom, String why) {
    return new Diagnosis(
        FailureClass.BAD_WHEEL,
        symptom,
        why,
        "the sdist's back-end is at fault: exclude the pin with a reason: <exclude>…</exclude>");
  }
}
