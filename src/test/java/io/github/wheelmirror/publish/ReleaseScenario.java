package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs on a region while its disk fails: what was there before, and what is to be there. */
enum ReleaseScenario {
  /** Into a folder that does not exist. */
  FIRST_RELEASE(List.of(), 1),
  /** Other versions, a project more. */
  SECOND_RELEASE(List.of(1), 2),
  /** The release before the last one, in a region of three. */
  ROLLBACK(List.of(1, 2, 3), 2),
  /** Snapshots go, and their files are marked. */
  PRUNE_SNAPSHOTS(List.of(1, 2, 3, 4), 4),
  /** The files go. */
  PRUNE_FILES(List.of(1, 2, 3, 4), 4);

  static final String SLUG = TestTree.SLUG;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Retention RETENTION =
      new Retention(1, Duration.ZERO, List.of(), Duration.ofDays(7), 1);

  private final List<Integer> before;
  private final int after;

  ReleaseScenario(List<Integer> before, int after) {
    this.before = before;
    this.after = after;
  }

  /** The snapshot with that number; each differs from the one before in all but one project. */
  static Snapshot snapshot(TestTree tree, int number) {
    String version = number + ".0";
    Map<String, List<String>> versions =
        number == 1
            ? Map.of("alpha", List.of(version), "stable", List.of("1.0"))
            : Map.of("alpha", List.of(version), "beta", List.of(version), "stable", List.of("1.0"));
    return tree.snapshot(SLUG, "release-" + number, versions);
  }

  /** Brings the region into the state before. */
  void prepare(Path root, TestTree tree) {
    for (int number : before) {
      release(region(root), tree, number, number);
    }
    if (this == PRUNE_FILES) {
      region(root).prune(RETENTION, day(100), false);
    }
  }

  static DirectoryRegion region(Path root) {
    return ReleasingProcess.region(root, Faults.NONE);
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static void release(DirectoryRegion region, TestTree tree, int number, int day) {
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot(tree, number)), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, base, day(day));
  }

  /** The staged snapshot to release or to recall. */
  Snapshot wanted(TestTree tree) {
    return snapshot(tree, after);
  }

  /** The ids that clients may see while it runs. */
  List<String> allowed(TestTree tree) {
    String old = before.isEmpty() ? "" : snapshot(tree, before.get(before.size() - 1)).id();
    return List.of(old, wanted(tree).id());
  }

  /** The id of what {@code previous} leads to at the end; {@code ""} for nothing. */
  String previous(TestTree tree) {
    return switch (this) {
      case FIRST_RELEASE -> "";
      case SECOND_RELEASE -> snapshot(tree, 1).id();
      case ROLLBACK, PRUNE_SNAPSHOTS, PRUNE_FILES -> snapshot(tree, 3).id();
    };
  }

  /** Does it. */
  void run(Region region, Snapshot wanted, Wheelhouse wheels) {
    switch (this) {
      case FIRST_RELEASE, SECOND_RELEASE -> {
        Optional<Release> base = region.current(SLUG);
        StagedRelease staged = region.stage(TestTree.verified(wanted), wheels, Progress.NONE);
        region.flip(staged, base, day(50));
      }
      case ROLLBACK -> {
        Optional<Release> base = region.current(SLUG);
        region.flip(region.recall(SLUG, wanted.id()), base, day(50));
      }
      case PRUNE_SNAPSHOTS -> region.prune(RETENTION, day(100), false);
      case PRUNE_FILES -> region.prune(RETENTION, day(200), false);
    }
  }

  /** A copy with all times, permissions and links. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                StandardCopyOption.COPY_ATTRIBUTES,
                LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
