package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.WheelFilename;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which targets a wheel serves besides the one it was built for: those that support one of its
 * tags, that its Requires-Python admits and that its metadata {@linkplain Origin#serves holds for}.
 * So a pure or {@code abi3} wheel is built once. Safe for threads.
 */
public final class WheelCoverage {

  private final Map<TargetId, PlanTarget> targets = new HashMap<>();

  /** Answers for these targets. */
  public WheelCoverage(Collection<Target> targets) {
    for (Target target : targets.stream().sorted().toList()) {
      this.targets.put(target.id(), new PlanTarget(target, this.targets.size()));
    }
  }

  /** The natural order of its targets, without reading their texts each time. */
  Comparator<TargetId> order() {
    return Comparator.comparing(id -> known(id).position());
  }

  /**
   * Whether the wheel can be installed on the target.
   *
   * @throws IllegalArgumentException for a target that this was not made for, or a file name that
   *     is no wheel's
   */
  public boolean covers(WheelFile wheel, TargetId target) {
    return covers(wheel, known(target));
  }

  /**
   * The best of the wheels for the target, by tag and then by build tag as pip chooses; empty if
   * none covers it.
   */
  public Optional<WheelFile> best(Collection<WheelFile> wheels, TargetId target) {
    PlanTarget known = known(target);
    return wheels.stream()
        .filter(wheel -> covers(wheel, known))
        .map(wheel -> new Ranked(wheel, WheelFilename.parse(wheel.filename()), known))
        .min(Ranked.ORDER)
        .map(Ranked::wheel);
  }

  /** The targets, of those given, that none of the wheels serves; in the given order. */
  public List<TargetId> uncovered(Collection<WheelFile> wheels, List<TargetId> wanted) {
    return wanted.stream()
        .filter(target -> wheels.stream().noneMatch(wheel -> covers(wheel, target)))
        .toList();
  }

  PlanTarget known(TargetId id) {
    PlanTarget target = targets.get(id);
    if (target == null) {
      throw new IllegalArgumentException(id + " is not among " + targets.keySet());
    }
    return target;
  }

  /** Whether the tags and the Requires-Python of a wheel admit the target. */
  public static boolean admits(WheelFilename name, String requiresPython, Target target) {
    return admits(name, requiresPython, new PlanTarget(target, 0));
  }

  private static boolean admits(WheelFilename name, String requiresPython, PlanTarget target) {
    return target.admits(requiresPython) && target.priority(name).isPresent();
  }

  private static boolean covers(WheelFile wheel, PlanTarget target) {
    return wheel.origin().serves(target.target().id())
        && admits(WheelFilename.parse(wheel.filename()), wheel.requiresPython(), target);
  }

  private record Ranked(WheelFile wheel, WheelFilename name, int priority) {

    static final Comparator<Ranked> ORDER =
        Comparator.comparingInt(Ranked::priority)
            .thenComparing((a, b) -> b.name.compareBuildTag(a.name))
            .thenComparing(Ranked::wheel, WheelFile.ORDER);

    Ranked(WheelFile wheel, WheelFilename name, PlanTarget target) {
      this(wheel, name, target.priority(name).orElseThrow());
    }
  }
}
