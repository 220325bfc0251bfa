package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A region on a file system that refuses what AFS refuses, its clients looking at read-only copies
 * of its volumes that only {@code vos} brings up to date.
 */
class AfsLikeRegionTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  /** Copies a volume to its read-only site and switches, as the real one does. */
  private static final String VOS =
      """
      #!/bin/sh
      set -eu
      here=$1
      volume=$2
      echo "$volume $WHEEL_MIRROR_REGION ${WHEEL_MIRROR_CHANNEL-}" >> "$here/released"
      if [ -e "$here/locked-$volume" ]; then
        echo "VLDB: volume entry is locked" >&2
        exit 1
      fi
      new=$here/ro-$volume-$(ls "$here" | wc -l)-$$
      mkdir "$new"
      case $volume in
        pool) if [ -d pool/sha256 ]; then cp -a pool/sha256 "$new"; fi ;;
        index)
          for each in *; do
            case $each in pool|state|mounted) ;; *) cp -a "$each" "$new" ;; esac
          done
          for each in @*; do if [ -L "$each" ]; then cp -a "$each" "$new"; fi; done
          ln -s ../ro-pool "$new/pool" ;;
      esac
      ln -s "$new" "$here/switch-$$"
      mv -T "$here/switch-$$" "$here/ro-$volume"
      """;

  @TempDir Path folder;
  private TestTree tree;
  private Path vos;

  @BeforeEach
  void setUp() throws IOException {
    tree = new TestTree(folder.resolve("tree"));
    vos = folder.resolve("vos");
    Files.writeString(vos, VOS);
  }

  @AfterEach
  void nothingIsLocked() throws IOException {
    Files.deleteIfExists(folder.resolve("locked-pool"));
    Files.deleteIfExists(folder.resolve("locked-index"));
  }

  private String release(String... volumes) {
    StringBuilder line = new StringBuilder();
    for (String volume : volumes) {
      line.append(line.isEmpty() ? "" : " && ")
          .append("sh '" + vos + "' '" + folder + "' " + volume);
    }
    return line.toString();
  }

  private DirectoryRegion region(Path root, RegionCommands commands) {
    return new DirectoryRegion(
        new RegionSettings("afs", root, "", Duration.ofSeconds(20), commands),
        Faults.NONE,
        Clock.systemUTC());
  }

  private RegionCommands commands() {
    return new RegionCommands(release("pool", "index"), release("index"), release("index", "pool"));
  }

  private Release release(DirectoryRegion region, Snapshot snapshot, Instant at) {
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    return region.flip(staged, base, at);
  }

  private List<String> served(String mount) throws IOException {
    return new VisibleTree(folder.resolve("ro-index").toRealPath()).files(mount);
  }

  private static Retention keepOne() {
    return new Retention(1, Duration.ZERO, List.of(), Duration.ofHours(1), 1);
  }

  @Test
  void theFileSystemRefusesWhatAfsRefuses() throws IOException, InterruptedException {
    try (AfsLikeMount mount = AfsLikeMount.in(folder, "/pool")) {
      Path file = Files.writeString(mount.path().resolve("file"), "x");
      Path other = mount.path().resolve("pool/file");
      assertThatThrownBy(() -> Files.move(file, other, StandardCopyOption.ATOMIC_MOVE))
          .isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> Files.createLink(other, file))
          .isInstanceOf(FileSystemException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/pool"})
  void releasesRollsBackAndPrunes(String volume) throws IOException, InterruptedException {
    try (AfsLikeMount mount = AfsLikeMount.in(folder, volume)) {
      DirectoryRegion region = region(mount.path(), commands());
      Snapshot one = tree.snapshot(SLUG, "1", Map.of("alpha", List.of("1.0")));
      Snapshot two = tree.snapshot(SLUG, "2", Map.of("alpha", List.of("2.0")));
      Snapshot three = tree.snapshot(SLUG, "3", Map.of("alpha", List.of("3.0")));
      release(region, one, NOW);
      assertThat(served(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
      release(region, two, NOW);
      assertThat(served(SLUG)).containsExactly("alpha-2.0-py3-none-any.whl");
      assertThat(served("@" + one.id())).containsExactly("alpha-1.0-py3-none-any.whl");
      region.flip(region.recall(SLUG, one.id()), region.current(SLUG), NOW);
      assertThat(served(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
      release(region, three, NOW);
      release(region, tree.snapshot(SLUG, "4", Map.of("alpha", List.of("4.0"))), NOW);
      Instant later = Instant.now().plus(Duration.ofDays(1));
      Pruned first = region.prune(keepOne(), later, false);
      assertThat(first.removedSnapshots()).isNotEmpty();
      Pruned second = region.prune(keepOne(), later.plus(Duration.ofDays(1)), false);
      assertThat(second.removedWheels().count()).isEqualTo(2);
      assertThat(served(SLUG)).containsExactly("alpha-4.0-py3-none-any.whl");
      assertThat(served("@" + three.id())).containsExactly("alpha-3.0-py3-none-any.whl");
      assertThat(new VisibleTree(mount.path()).junk()).isEmpty();
    }
  }

  @Test
  void theCommandsAreRunInOrderForTheirChannel() throws IOException {
    release(region(folder.resolve("plain"), commands()), tree.snapshot(SLUG, "1", "alpha"), NOW);
    assertThat(Files.readAllLines(folder.resolve("released")))
        .containsExactly("pool afs " + SLUG, "index afs " + SLUG, "index afs " + SLUG);
  }

  @Test
  void aReleaseThatIsThereRunsNoCommand() throws IOException {
    DirectoryRegion region = region(folder.resolve("plain"), commands());
    Snapshot snapshot = tree.snapshot(SLUG, "1", "alpha");
    release(region, snapshot, NOW);
    List<String> before = Files.readAllLines(folder.resolve("released"));
    release(region, snapshot, NOW);
    assertThat(Files.readAllLines(folder.resolve("released"))).isEqualTo(before);
  }

  @Test
  void aFailureAfterStagingLeavesTheOldReleaseAndTheNextRunRepeatsIt() throws IOException {
    Path root = folder.resolve("plain");
    DirectoryRegion region = region(root, commands());
    release(region, tree.snapshot(SLUG, "1.0", "alpha"), NOW);
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    Files.createFile(folder.resolve("locked-index"));
    assertThatThrownBy(() -> release(region, two, NOW))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("<afterStage> of region afs failed")
        .hasMessageContaining("VLDB: volume entry is locked");
    assertThat(served(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(new VisibleTree(root).files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(new VisibleTree(root).junk()).isEmpty();
    Files.delete(folder.resolve("locked-index"));
    release(region, two, NOW);
    assertThat(served(SLUG)).containsExactly("alpha-2.0-py3-none-any.whl");
  }

  @Test
  void aFailureAfterTheFlipLeavesTheJournalOpenUntilTheCommandSucceeds() throws IOException {
    Path root = folder.resolve("plain");
    RegionCommands poolFirst = new RegionCommands(release("pool"), release("index"), "");
    DirectoryRegion region = region(root, poolFirst);
    release(region(root, commands()), tree.snapshot(SLUG, "1.0", "alpha"), NOW);
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    Files.createFile(folder.resolve("locked-index"));
    assertThatThrownBy(() -> release(region, two, NOW)).hasMessageContaining("<afterFlip>");
    assertThat(region.status())
        .singleElement()
        .satisfies(channel -> assertThat(channel.interrupted()).isEqualTo(two.id()));
    assertThat(served(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThatThrownBy(() -> release(region, two, NOW)).hasMessageContaining("<afterFlip>");
    Files.delete(folder.resolve("locked-index"));
    release(region(root, commands()), two, NOW);
    assertThat(served(SLUG)).containsExactly("alpha-2.0-py3-none-any.whl");
    assertThat(region.status())
        .singleElement()
        .satisfies(channel -> assertThat(channel.interrupted()).isEmpty());
  }

  @Test
  void noFileIsMarkedForRemovalBeforeClientsSeeThatNothingListsIt() throws IOException {
    Path root = folder.resolve("plain");
    DirectoryRegion region = region(root, commands());
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    for (String version : List.of("1.0", "2.0", "3.0")) {
      release(region, tree.snapshot(SLUG, version, "alpha"), NOW);
    }
    Instant later = Instant.now().plus(Duration.ofDays(1));
    Files.createFile(folder.resolve("locked-index"));
    assertThatThrownBy(() -> region.prune(keepOne(), later, false))
        .hasMessageContaining("<afterPrune>");
    // clients still see the snapshot whose folder is gone here, long after the grace
    assertThatThrownBy(() -> region.prune(keepOne(), later.plus(Duration.ofDays(9)), false))
        .hasMessageContaining("<afterPrune>");
    assertThat(served("@" + one.id())).containsExactly("alpha-1.0-py3-none-any.whl");
    Files.delete(folder.resolve("locked-index"));
    Pruned seen = region.prune(keepOne(), later.plus(Duration.ofDays(10)), false);
    assertThat(seen.removedWheels().count()).isZero();
    Pruned gone = region.prune(keepOne(), later.plus(Duration.ofDays(11)), false);
    assertThat(gone.removedWheels().count()).isEqualTo(1);
    assertThat(served(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");
  }
}
