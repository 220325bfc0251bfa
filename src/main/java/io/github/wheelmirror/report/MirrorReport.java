package io.github.wheelmirror.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.build.UnsatisfiableReason;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.RefusedLine;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.VerifiedChannel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Everything that a report shows: {@code report.json}. It names no path of a machine. Absent text
 * is {@code ""}, or left out of the many states.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param written when it was made, ISO 8601 instant
 * @param source the repository of constraints, without credentials
 * @param basis what the pins' states are
 * @param outcome what came of the last run that verified or released, as in {@code outcome.json}
 * @param notes what a person should know of the report itself, such as what could not be read
 * @param regions a line for each region and channel
 * @param targets the platforms and Pythons, sorted
 * @param branches in their order
 * @param pins sorted
 * @param files the wheels that states name
 * @param buildTimes what builds took when they were done last, the slowest first
 * @param verified what was found in what is staged
 * @param releases of each channel, oldest first
 */
public record MirrorReport(
    int schemaVersion,
    String written,
    String source,
    Basis basis,
    String outcome,
    List<String> notes,
    List<RegionFacts> regions,
    List<TargetId> targets,
    List<BranchFacts> branches,
    List<PinFacts> pins,
    List<WheelFile> files,
    List<BuildTime> buildTimes,
    List<VerifiedChannel> verified,
    List<ReleaseFacts> releases) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  public MirrorReport {
    Instant.parse(written);
    Objects.requireNonNull(source);
    Objects.requireNonNull(basis);
    Objects.requireNonNull(outcome);
    notes = List.copyOf(notes);
    regions = List.copyOf(regions);
    targets = targets.stream().sorted().toList();
    branches = List.copyOf(branches);
    pins = pins.stream().sorted(Comparator.comparing(PinFacts::pin)).toList();
    files = files.stream().sorted(WheelFile.ORDER).toList();
    buildTimes = List.copyOf(buildTimes);
    verified = List.copyOf(verified);
    releases = List.copyOf(releases);
  }

  /**
   * A channel of a region.
   *
   * @param channel {@code ""} where the region has none or could not be asked
   * @param serial of its release, 0 for none
   * @param released ISO 8601 instant
   * @param previous the snapshot before
   * @param standing how it stands beside the other regions
   * @param problems what is wrong with it, in words
   */
  public record RegionFacts(
      String region,
      String channel,
      long serial,
      String snapshot,
      String released,
      String previous,
      int files,
      Standing standing,
      List<String> problems) {
    public RegionFacts {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A branch.
   *
   * @param state as in the resolution, {@code ""} where only a release tells of it
   * @param status as in the resolution
   */
  public record BranchFacts(
      String name,
      String status,
      String state,
      String commit,
      List<String> reasons,
      List<RefusedLine> refused) {
    public BranchFacts {
      reasons = List.copyOf(reasons);
      refused = List.copyOf(refused);
    }
  }

  /** A pin, who wants it, and its states: at most one for each branch and target. */
  public record PinFacts(Pin pin, List<WantedAt> wanted, List<StateFacts> states) {
    public PinFacts {
      wanted = List.copyOf(wanted);
      states = List.copyOf(states);
    }
  }

  /** A line of constraints that wants a pin, such as {@code upper-constraints.txt:12}. */
  public record WantedAt(
      String branch, String where, @JsonInclude(JsonInclude.Include.NON_EMPTY) String marker) {}

  /**
   * The state of a pin on a target.
   *
   * @param state such as {@code mirrored}, see {@link PinState}
   * @param file name of the wheel that serves it
   * @param sha256 of that wheel
   * @param words why it is in that state, where the state alone does not tell
   * @param failure what it lacks, {@link FailureFacts#NONE} if nothing
   * @param log of its build, relative to the workspace
   */
  public record StateFacts(
      TargetId target,
      List<String> branches,
      PinState state,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String file,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String sha256,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String words,
      @JsonIgnore FailureFacts failure,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String log) {
    public StateFacts {
      branches = List.copyOf(branches);
    }

    /** What it lacks, at most one: thousands lack nothing. */
    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public List<FailureFacts> failures() {
      return failure.isNone() ? List.of() : List.of(failure);
    }

    /** Of an outcome. */
    public static StateFacts of(TargetId target, List<String> branches, Outcome outcome) {
      return new StateFacts(
          target,
          branches,
          PinState.of(outcome),
          outcome instanceof Outcome.Upstream upstream
              ? upstream.filename()
              : outcome.wheel().map(Outcome.Wheel::filename).orElse(""),
          outcome instanceof Outcome.Upstream upstream
              ? upstream.sha256()
              : outcome.wheel().map(Outcome.Wheel::sha256).orElse(""),
          words(outcome),
          FailureFacts.of(outcome),
          outcome instanceof Outcome.Failed failed ? failed.log() : "");
    }

    private static String words(Outcome outcome) {
      if (outcome instanceof Outcome.NotApplicable not) {
        return notApplicable(not.marker());
      }
      return outcome instanceof Outcome.Excluded excluded
          ? excluded(excluded.reason(), excluded.expires())
          : "";
    }

    /** Why a marker keeps a pin away. */
    public static String notApplicable(String marker) {
      return "its marker does not hold: " + marker;
    }

    /** Why a pin is left out. */
    public static String excluded(String reason, String expires) {
      return expires.isEmpty() ? reason : reason + " (until " + expires + ")";
    }

    /** The same with the log of its build. */
    public StateFacts withLog(String path) {
      return new StateFacts(target, branches, state, file, sha256, words, failure, path);
    }
  }

  /**
   * Why a pin is not served.
   *
   * @param kind a class of failures such as {@code missing-header}, {@code ""} for none
   */
  public record FailureFacts(String kind, String symptom, String why, String fix) {

    /** Nothing failed. */
    public static final FailureFacts NONE = new FailureFacts("", "", "", "");

    boolean isNone() {
      return kind.isEmpty();
    }

    /** That of an outcome. */
    public static FailureFacts of(Outcome outcome) {
      if (outcome instanceof Outcome.Failed failed) {
        return new FailureFacts(
            failed.failureClass().toString(), failed.symptom(), failed.why(), failed.fix());
      }
      return outcome instanceof Outcome.Unsatisfiable absent
          ? unsatisfiable(absent.reason(), absent.words())
          : NONE;
    }

    /** That of a pin that nothing can serve. */
    public static FailureFacts unsatisfiable(UnsatisfiableReason reason, String words) {
      return new FailureFacts(
          reason.toString(), words, UnsatisfiableWords.why(reason), UnsatisfiableWords.fix(reason));
    }
  }

  /** How long the last build of a project took, in seconds. */
  public record BuildTime(ProjectName project, TargetId target, double seconds) {}
}
