package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.python.WheelMetadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link WheelInspector} found. Every part is there if {@link #isSound}. */
public final class WheelInspection {

  private final @Nullable WheelFilename filename;
  private final byte[] metadata;
  private final @Nullable CoreMetadata coreMetadata;
  private final @Nullable WheelMetadata wheelMetadata;
  private final List<MemberFacts> facts;
  private final List<WheelProblem> problems;

  WheelInspection(
      @Nullable WheelFilename filename,
      byte[] metadata,
      @Nullable CoreMetadata coreMetadata,
      @Nullable WheelMetadata wheelMetadata,
      List<MemberFacts> facts,
      List<WheelProblem> problems) {
    this.filename = filename;
    this.metadata = metadata;
    this.coreMetadata = coreMetadata;
    this.wheelMetadata = wheelMetadata;
    this.facts = List.copyOf(facts);
    this.problems = List.copyOf(problems);
  }

  /** Of a file that is so broken that nothing in it was read. */
  static WheelInspection without(@Nullable WheelFilename filename, List<WheelProblem> problems) {
    return new WheelInspection(filename, new byte[0], null, null, List.of(), problems);
  }

  /** The same, what is untidy being a warning. */
  WheelInspection strictly() {
    return new WheelInspection(
        filename,
        metadata,
        coreMetadata,
        wheelMetadata,
        facts,
        problems.stream().map(WheelProblem::strict).toList());
  }

  /** Whether it may be published: it has no problem of severity error. */
  public boolean isSound() {
    return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
  }

  /** All problems, in the order of the checks. */
  public List<WheelProblem> problems() {
    return problems;
  }

  /** Those that keep it from being published. */
  public List<WheelProblem> errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }

  /** The parsed file name. */
  public Optional<WheelFilename> filename() {
    return Optional.ofNullable(filename);
  }

  /** The bytes of {@code METADATA} as they are in the wheel; empty if there is none. */
  public byte[] metadata() {
    return metadata.clone();
  }

  /** What the wheel's files were seen to be. */
  List<MemberFacts> facts() {
    return facts;
  }

  /** {@code METADATA}, if it can be read. */
  public Optional<CoreMetadata> coreMetadata() {
    return Optional.ofNullable(coreMetadata);
  }

  /** {@code WHEEL}, if it can be read. */
  public Optional<WheelMetadata> wheelMetadata() {
    return Optional.ofNullable(wheelMetadata);
  }
}
