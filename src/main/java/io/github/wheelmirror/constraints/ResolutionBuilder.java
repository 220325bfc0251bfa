package io.github.wheelmirror.constraints;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns branches' constraints into a {@link Resolution}; one object makes one. */
public final class ResolutionBuilder {

  static final String EXTRA_PINS = "extraPins";

  private final String source;
  private final String file;
  private final List<Target> targets;
  private final List<ExtraPin> extraPins;
  private final NonPins nonPins;
  private final List<ResolvedBranch> branches = new ArrayList<>();
  private final List<UnconstrainedProjects> unconstrained = new ArrayList<>();
  private final Map<Pin, List<Want>> wants = new TreeMap<>();

  /**
   * @param source the repository, without secrets
   * @param file the constraints file's path in it
   */
  public ResolutionBuilder(
      String source, String file, List<Target> targets, List<ExtraPin> extraPins, NonPins nonPins) {
    this.source = source;
    this.file = file;
    this.targets = targets.stream().sorted().toList();
    this.extraPins = List.copyOf(extraPins);
    this.nonPins = nonPins;
  }

  /**
   * Adds a branch with what was found at its commit.
   *
   * @throws MirrorException (input) if two extra pins contradict each other on it
   */
  public ResolutionBuilder add(SelectedBranch selected, BranchContent content) {
    if (content instanceof BranchContent.Found found) {
      addFile(selected, found.file());
    } else if (content instanceof BranchContent.Unreadable unreadable) {
      String reason = "cannot read " + file + " at " + selected.commit() + ": " + unreadable.why();
      branches.add(branch(selected, BranchState.HELD, List.of(reason), List.of(), List.of()));
    } else {
      branches.add(branch(selected, BranchState.NO_FILE, List.of(), List.of(), List.of()));
    }
    return this;
  }

  /** All that was added. */
  public Resolution build(List<RefDecision> refs) {
    List<WantedPin> pins =
        wants.entrySet().stream().map(e -> new WantedPin(e.getKey(), e.getValue())).toList();
    return new Resolution(
        Resolution.SCHEMA_VERSION, source, file, targets, refs, branches, pins, unconstrained);
  }

  private void addFile(SelectedBranch selected, ConstraintsFile parsed) {
    List<RefusedLine> refused = parsed.refusals().stream().map(RefusedLine::of).toList();
    String name = selected.branch().name();
    BranchPins pins = BranchPins.evaluate(name, parsed.pins(), targets);
    List<String> objections = new ArrayList<>(objections(parsed));
    objections.addAll(pins.objections());
    if (!objections.isEmpty()) {
      branches.add(branch(selected, BranchState.HELD, objections, List.of(), refused));
      return;
    }
    List<String> published = published(parsed);
    if (parsed.pins().isEmpty()) {
      branches.add(branch(selected, BranchState.NO_PINS, List.of(), published, refused));
      return;
    }
    List<String> notes = pins.addExtras(extraPins, targets);
    pins.wants()
        .forEach((pin, of) -> wants.computeIfAbsent(pin, p -> new ArrayList<>()).addAll(of));
    unconstrained.addAll(pins.unconstrained(targets));
    branches.add(branch(selected, BranchState.RESOLVED, notes, published, refused, hashed(parsed)));
  }

  private List<String> objections(ConstraintsFile parsed) {
    return parsed.refusals().stream()
        .filter(line -> nonPins == NonPins.ERROR || !line.reason().isReportable())
        .map(line -> RefusedLine.of(line).sentence())
        .toList();
  }

  private static List<String> published(ConstraintsFile parsed) {
    return withHashes(parsed).stream().map(ResolutionBuilder::withoutHashes).toList();
  }

  /** The same lines with their hashes, or nothing if none has any. */
  private static List<String> hashed(ConstraintsFile parsed) {
    List<String> lines = withHashes(parsed);
    return lines.equals(published(parsed)) ? List.of() : lines;
  }

  private static List<String> withHashes(ConstraintsFile parsed) {
    List<String> lines = new ArrayList<>();
    for (ConstraintLine line : parsed.lines()) {
      if (line instanceof ConstraintLine.PinLine pin) {
        lines.add(pin.textWithHashes());
      } else if (line instanceof ConstraintLine.NotAPin other && other.reason().isPublishable()) {
        lines.add(line.text());
      }
    }
    return lines;
  }

  /** What is published has none, for one of them makes pip ask for a hash of every file. */
  private static String withoutHashes(String line) {
    int hash = line.indexOf(" --hash");
    return hash < 0 ? line : PythonText.strip(line.substring(0, hash));
  }

  private static ResolvedBranch branch(
      SelectedBranch selected,
      BranchState state,
      List<String> reasons,
      List<String> constraints,
      List<RefusedLine> refused) {
    return branch(selected, state, reasons, constraints, refused, List.of());
  }

  private static ResolvedBranch branch(
      SelectedBranch selected,
      BranchState state,
      List<String> reasons,
      List<String> constraints,
      List<RefusedLine> refused,
      List<String> hashed) {
    Branch branch = selected.branch();
    return new ResolvedBranch(
        branch.name(),
        branch.ref(),
        branch.series(),
        branch.status(),
        selected.commit(),
        state,
        reasons,
        constraints,
        refused,
        hashed);
  }
}
