package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A folder behind a real sshd on the loopback device, written by the real rsync. */
@Timeout(180)
class RsyncRegionTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static SshServer server;

  @TempDir Path folder;
  private TestTree tree;
  private Path there;

  @BeforeAll
  static void startServer(@TempDir Path keys) throws IOException, InterruptedException {
    server = SshServer.start(keys);
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void setUp() {
    tree = new TestTree(folder.resolve("tree"));
    there = folder.resolve("there it's/wheel");
  }

  private RsyncRegion region(String machine) {
    return new RsyncRegion(
        new RegionSettings("far", folder.resolve(machine), "", Duration.ofSeconds(30)),
        SshPlace.parse("far", server.url(there)),
        server.ssh());
  }

  private Release release(RsyncRegion region, Snapshot snapshot) {
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    return region.flip(staged, base, NOW);
  }

  private List<String> served(String mount) throws IOException {
    return new VisibleTree(there).files(mount);
  }

  private static Retention keepOne() {
    return new Retention(1, Duration.ZERO, List.of(), Duration.ofHours(1), 1);
  }

  @Test
  void releasesThereAndGoesOnFromThereOnAnotherMachine() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha", "stable");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha", "stable");
    assertThat(release(region("a"), one).serial()).isEqualTo(1);
    assertThat(served(SLUG))
        .containsExactly("alpha-1.0-py3-none-any.whl", "stable-1.0-py3-none-any.whl");
    assertThat(release(region("b"), two).serial()).isEqualTo(2);
    assertThat(served(SLUG)).contains("alpha-2.0-py3-none-any.whl");
    assertThat(served("@" + one.id())).contains("alpha-1.0-py3-none-any.whl");
    assertThat(region("a").status())
        .singleElement()
        .satisfies(
            channel -> {
              assertThat(channel.snapshot()).isEqualTo(two.id());
              assertThat(channel.serial()).isEqualTo(2);
              assertThat(channel.interrupted()).isEmpty();
            });
    assertThat(region("a").history(SLUG)).hasSize(2);
    RsyncRegion c = region("c");
    Release back = c.flip(c.recall(SLUG, one.id()), c.current(SLUG), NOW);
    assertThat(back.serial()).isEqualTo(3);
    assertThat(served(SLUG)).contains("alpha-1.0-py3-none-any.whl");
    assertThat(new VisibleTree(there).junk()).isEmpty();
  }

  @Test
  void lookingMakesNothingThere() throws IOException {
    assertThat(region("a").status()).isEmpty();
    assertThat(region("a").current(SLUG)).isEmpty();
    assertThat(there.getParent()).doesNotExist();
    release(region("a"), tree.snapshot(SLUG, "1.0", "alpha"));
    assertThat(region("a").status()).hasSize(1);
    Files.move(there, folder.resolve("away"));
    assertThat(region("a").status()).isEmpty();
    assertThat(there).doesNotExist();
    Files.writeString(there, "a file");
    assertThatThrownBy(() -> region("a").status())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the region's folder: " + there);
  }

  @Test
  void whatIsDueThereIsTold() throws IOException {
    release(region("a"), tree.snapshot(SLUG, "1.0", "alpha"));
    assertThat(region("b").isAfterPruneDue()).isFalse();
    Files.writeString(there.resolve(TreeLayout.AFTER_PRUNE), "as a run on that host left it");
    assertThat(region("b").isAfterPruneDue()).isTrue();
  }

  @Test
  void aReleaseThatIsThereChangesNoFile() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(region("a"), one);
    Map<String, String> before = files();
    release(region("b"), one);
    assertThat(files()).isEqualTo(before);
  }

  /** All but folders, whose times rsync sets, and locks. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new VisibleTree(there).stat();
    files
        .keySet()
        .removeIf(path -> Files.isDirectory(there.resolve(path)) || path.startsWith("state/locks"));
    return files;
  }

  @Test
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void reportsComeAndGoWithTheirReleasesThere() throws IOException {
    SortedMap<String, byte[]> report =
        new TreeMap<>(Map.of("index.html", new byte[] {'i'}, "logs/a.txt", new byte[] {'l'}));
    for (String version : List.of("1.0", "2.0", "3.0")) {
      Release release = release(region("a"), tree.snapshot(SLUG, version, "alpha"));
      region("a").publish(release, report);
    }
    Path reports = there.resolve("reports/" + SLUG);
    assertThat(reports.resolve("1/index.html")).exists();
    assertThat(region("b").report(SLUG, 1, "logs/a.txt")).contains(new byte[] {'l'});
    assertThat(region("b").report(SLUG, 9, "index.html")).isEmpty();
    Map<String, String> before = files();
    region("b").publish(region("b").current(SLUG).orElseThrow(), report);
    assertThat(files()).isEqualTo(before);
    region("b").prune(keepOne(), Instant.now().plus(Duration.ofDays(1)), false);
    assertThat(reports.resolve("1")).doesNotExist();
    assertThat(reports.resolve("3/logs/a.txt")).exists();
    assertThat(new VisibleTree(there).junk()).isEmpty();
  }

  @Test
  void prunesAndQuarantinesThere() throws IOException {
    for (String version : List.of("1.0", "2.0", "3.0")) {
      release(region("a"), tree.snapshot(SLUG, version, "alpha"));
    }
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Instant later = Instant.now().plus(Duration.ofDays(1));
    Pruned first = region("b").prune(keepOne(), later, false);
    assertThat(first.removedSnapshots()).hasSize(1);
    assertThat(there.resolve("@" + one.id())).doesNotExist();
    assertThat(there.resolve("snapshots/" + one.id())).doesNotExist();
    Pruned second = region("c").prune(keepOne(), later.plus(Duration.ofDays(1)), false);
    assertThat(second.removedWheels().count()).isEqualTo(1);
    assertThat(served(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");

    Snapshot three = tree.snapshot(SLUG, "3.0", "alpha");
    var wheel = three.manifest().files().get(0);
    Quarantine out =
        Quarantine.NONE.plus(
            new QuarantineEntry("", List.of(Quarantine.file(wheel)), "bad", NOW.toString()));
    assertThat(region("a").quarantine(out)).hasSize(1);
    assertThat(there.resolve("quarantine.json")).exists();
    assertThat(there.resolve("pool/.quarantine").resolve(wheel.sha256())).isDirectory();
    assertThat(
            there.resolve(
                io.github.wheelmirror.tree.TreeLayout.wheel(wheel.sha256(), wheel.filename())))
        .doesNotExist();
    assertThat(region("b").quarantine()).isEqualTo(out);
    assertThat(region("b").quarantine(out)).isEmpty();
  }

  @Test
  void whatAnInterruptedRunDidHereAndNotThereIsForgotten() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    release(region("a"), one);
    // as a run that was killed between its own switch and the copy of it
    DirectoryRegion replica = new DirectoryRegion(new RegionSettings("far", folder.resolve("a")));
    Optional<Release> base = replica.current(SLUG);
    replica.flip(
        replica.stage(TestTree.verified(two), tree.wheelhouse(), Progress.NONE), base, NOW);
    assertThat(served(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(region("a").current(SLUG).orElseThrow().snapshot()).isEqualTo(one.id());
    assertThat(release(region("a"), two).serial()).isEqualTo(2);
    assertThat(served(SLUG)).containsExactly("alpha-2.0-py3-none-any.whl");
  }

  @Test
  void twoMachinesDoNotReleaseOverEachOther() throws Exception {
    release(region("a"), tree.snapshot(SLUG, "1.0", "alpha"));
    List<Callable<String>> both = new ArrayList<>();
    for (String version : List.of("2.0", "3.0")) {
      Snapshot snapshot = tree.snapshot(SLUG, version, "alpha");
      RsyncRegion region = region("machine-" + version);
      Optional<Release> base = region.current(SLUG);
      both.add(
          () -> {
            StagedRelease staged =
                region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
            try {
              return version + " as " + region.flip(staged, base, NOW).serial();
            } catch (MirrorException e) {
              return e.what();
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    List<String> told = new ArrayList<>();
    for (Future<String> one : pool.invokeAll(both)) {
      told.add(one.get());
    }
    pool.shutdown();
    assertThat(told).anyMatch(words -> words.endsWith(" as 2"));
    assertThat(told).anyMatch(words -> words.contains("region far changed meanwhile"));
    assertThat(served(SLUG)).hasSize(1);
    assertThat(new VisibleTree(there).junk()).isEmpty();
  }

  @Test
  void aHostThatCannotBeUsedIsToldWithItsOwnWords() throws IOException {
    RsyncRegion nobody =
        new RsyncRegion(
            new RegionSettings("far", folder.resolve("x"), "", Duration.ofSeconds(5)),
            SshPlace.parse("far", "ssh://127.0.0.1:1/srv"),
            server.ssh());
    assertThatThrownBy(() -> nobody.current(SLUG))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("region far: what it serves cannot be copied here")
        .hasMessageContaining("Connection refused");
    Files.createDirectories(there.getParent());
    Files.createFile(there);
    assertThatThrownBy(() -> region("a").current(SLUG))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("wheel");
    assertThatThrownBy(() -> release(region("a"), tree.snapshot(SLUG, "1.0", "alpha")))
        .isInstanceOf(MirrorException.class);
  }

  @Test
  void onlyWholeUrlsWithoutPasswordsAreTaken() {
    assertThat(SshPlace.parse("far", "ssh://me@host.example:2222/srv/my%20wheels/"))
        .isEqualTo(new SshPlace("me@host.example", 2222, "/srv/my wheels"));
    for (String url :
        List.of(
            "ssh://host.example",
            "ssh://me:secret@host.example/srv",
            "ssh:///srv",
            "https://host.example/srv",
            "ssh://-oProxyCommand=x/srv",
            "ssh://host.example/a%0Ab",
            "ssh://a b/srv")) {
      assertThatThrownBy(() -> SshPlace.parse("far", url))
          .as(url)
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("the URL of region far cannot be used");
    }
  }
}
