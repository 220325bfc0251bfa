package io.github.wheelmirror.scale;

import io.github.wheelmirror.constraints.BranchContent;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.BranchSelection;
import io.github.wheelmirror.constraints.BranchSelector;
import io.github.wheelmirror.constraints.ConstraintLine;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.SelectedBranch;
import io.github.wheelmirror.git.GitAccess;
import io.github.wheelmirror.git.GitConstraintsSource;
import io.github.wheelmirror.process.PipedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;

/**
 * The branches of a Git bundle of OpenStack's requirements, which is not part of this project: name
 * it with the system property or variable {@code WHEEL_MIRROR_BUNDLE}.
 */
final class RealConstraints {

  private static final String BUNDLE = "WHEEL_MIRROR_BUNDLE";
  static final BranchPatterns ALL = new BranchPatterns(List.of("*"), List.of(), List.of());

  private final String bundle;
  private final Map<String, List<ConstraintLine.PinLine>> lines;

  private RealConstraints(String bundle, Map<String, List<ConstraintLine.PinLine>> lines) {
    this.bundle = bundle;
    this.lines = lines;
  }

  /** Skips the test, visibly, if there is no bundle. */
  static RealConstraints need(Path cache) {
    String named =
        System.getProperty(BUNDLE, Optional.ofNullable(System.getenv(BUNDLE)).orElse(""));
    Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path file =
        named.isEmpty()
            ? base.resolve("../shared/data/requirements.bundle").normalize()
            : Path.of(named);
    Assumptions.assumeTrue(Files.isRegularFile(file), "no bundle of real constraints at " + file);
    return at(file.toString(), cache);
  }

  static RealConstraints at(String bundle, Path cache) {
    GitConstraintsSource source =
        new GitConstraintsSource(bundle, cache, GitAccess.anonymous(PipedProgram::start));
    BranchSelection selection = BranchSelector.select(source.refs(), ALL);
    source.fetch(selection.branches().stream().map(SelectedBranch::toRef).toList());
    Map<String, List<ConstraintLine.PinLine>> lines = new LinkedHashMap<>();
    for (SelectedBranch branch : selection.branches()) {
      BranchContent content = BranchContent.read(source, branch.commit(), "upper-constraints.txt");
      lines.put(branch.branch().name(), ((BranchContent.Found) content).file().pins());
    }
    return new RealConstraints(bundle, lines);
  }

  /** What the {@code constraints} parameter takes. */
  String bundle() {
    return bundle;
  }

  /** Every pin line of each branch. */
  Map<String, List<ConstraintLine.PinLine>> lines() {
    return lines;
  }

  /** Each distinct pin once. */
  TreeSet<Pin> pins() {
    TreeSet<Pin> pins = new TreeSet<>();
    lines.values().forEach(all -> all.forEach(line -> pins.add(line.pin())));
    return pins;
  }
}
