package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Decides whether a staged snapshot may be released, from its bytes on disk alone: nothing that an
 * earlier step or an earlier run said is believed.
 */
public final class SnapshotVerifier {

  private final Wheelhouse wheelhouse;
  private final VerificationSettings settings;
  private final Baseline baseline;

  /** A verifier for any number of channels; nothing that it finds is accepted. */
  public SnapshotVerifier(Wheelhouse wheelhouse, VerificationSettings settings) {
    this(wheelhouse, settings, Baseline.NONE);
  }

  /**
   * A verifier for any number of channels.
   *
   * @param baseline what is accepted of what it finds
   */
  public SnapshotVerifier(Wheelhouse wheelhouse, VerificationSettings settings, Baseline baseline) {
    this.wheelhouse = wheelhouse;
    this.settings = settings;
    this.baseline = baseline;
  }

  /** As {@link #verify(Path, Manifest, Function, Closure.Check)}, and nothing is installed. */
  public VerifiedResult verify(Path directory, Manifest base) {
    return verify(directory, base, manifest -> List.of(), Closure.Check.NONE);
  }

  /**
   * Checks the snapshot staged in a folder.
   *
   * @param base what the channel released before, {@link Manifest#empty} for nothing
   * @param told tells what else is known of what its manifest lists
   * @param check is asked when nothing else blocks
   * @throws MirrorException (input) if there is no snapshot of the base's channel; (machinery) if
   *     files cannot be read
   */
  public VerifiedResult verify(
      Path directory, Manifest base, Function<Manifest, List<Problem>> told, Closure.Check check) {
    Snapshot snapshot = Snapshot.open(directory);
    if (!snapshot.slug().equals(base.slug())) {
      throw MirrorException.input(
          "the snapshot in " + directory + " is of " + snapshot.slug(),
          "its base is of " + base.slug(),
          "run the snapshot goal again");
    }
    try {
      List<Problem> problems = new ArrayList<>(told.apply(snapshot.manifest()));
      problems.addAll(new SnapshotPages(snapshot).check());
      problems.addAll(
          new SnapshotFiles(snapshot.manifest(), wheelhouse, base, settings.targets()).check());
      Path file = directory.resolve(TreeLayout.document(snapshot.id(), TreeLayout.coverage()));
      Coverage coverage = Coverage.of(snapshot.slug(), List.of());
      // its absence is a problem already
      if (Files.isRegularFile(file)) {
        coverage = Coverage.read(Files.readAllBytes(file), "coverage.json of " + snapshot.id());
      }
      problems.addAll(new SnapshotCoverage(snapshot.manifest(), coverage, base, settings).check());
      Closure closure =
          baseline.apply(problems).stream()
                  .anyMatch(problem -> problem.severity() == Severity.ERROR)
              ? Closure.NOT_CHECKED
              : check.of(snapshot, coverage);
      problems.addAll(closure.problems());
      return new VerifiedResult(
          snapshot, VerifiedChannel.of(snapshot, baseline.apply(problems), coverage, closure));
    } catch (IOException e) {
      throw MirrorException.machinery(
          "the snapshot of " + snapshot.slug() + " cannot be verified",
          IoWords.of(e),
          "check the disk and run the verify goal again",
          e);
    }
  }
}
