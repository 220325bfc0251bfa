package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3RegionTest {
  private static final String SLUG = TestTree.SLUG;
  private static final String UBUNTU = "ubuntu-24.04-x86_64";

  private final TestTree tree;
  private final TestBucket bucket;

  S3RegionTest(@TempDir Path folder) {
    tree = new TestTree(folder);
    bucket = new TestBucket(tree);
  }

  private static String wheel(Snapshot snapshot) {
    ManifestFile file = snapshot.manifest().files().get(0);
    return TreeLayout.wheel(file.sha256(), file.filename());
  }

  private String type(String key) {
    return Objects.requireNonNull(bucket.store().objects().get(key)).mediaType();
  }

  private String cache(String key) {
    return Objects.requireNonNull(bucket.store().objects().get(key)).cache();
  }

  @Test
  void whatIsLeftOfAReleaseSaysOfWhich() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Release whole = bucket.release(one);
    assertThat(bucket.text(TreeLayout.currentJson(SLUG))).doesNotContain("origin");
    Release left = leave(tree.snapshot(SLUG, "2.0", "alpha"), whole);
    Release less = leave(tree.snapshot(SLUG, "3.0", "alpha"), left);
    assertThat(left.origin()).isEqualTo(one.id());
    assertThat(less.origin()).isEqualTo(one.id());
    assertThat(bucket.region().current(SLUG)).contains(less);
    assertThat(bucket.region().history(SLUG)).containsExactly(whole, left, less);
  }

  private Release leave(Snapshot rest, Release whole) {
    S3Region region = bucket.region();
    return region.flip(
        bucket.stage(region, rest).countingAs(whole), Optional.of(whole), TestBucket.NOW);
  }

  @Test
  void aReleaseIsSeenUnderItsPinnedAndItsMovingUrl() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");

    Release release = bucket.release(snapshot);

    assertThat(release).isEqualTo(new Release(SLUG, snapshot.id(), 1, TestBucket.NOW.toString()));
    List<String> files = List.of("alpha-1.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl");
    assertThat(bucket.files(SLUG)).isEqualTo(files);
    assertThat(bucket.files("@" + snapshot.id())).isEqualTo(files);
    for (String mount : List.of(SLUG, "@" + snapshot.id(), "snapshots/" + snapshot.id())) {
      assertThat(bucket.text(mount + "/constraints/stable/2025.1.txt")).contains("alpha===1.0");
      assertThat(bucket.text(mount + "/manifest.json"))
          .isEqualTo(
              new String(snapshot.manifest().bytes(), java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(bucket.region().current(SLUG)).contains(release);
    assertThat(bucket.region().manifest(SLUG, snapshot.id())).isEqualTo(snapshot.manifest());
  }

  @Test
  void objectsSayWhatTheyAreAndHowLongTheyMayBeKept() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    bucket.release(snapshot);
    String pinned = "@" + snapshot.id() + "/simple/alpha/";

    assertThat(type(pinned)).isEqualTo("text/html; charset=utf-8");
    assertThat(type(pinned + "index.html")).isEqualTo("text/html; charset=utf-8");
    assertThat(type(pinned + "index.v1_json")).isEqualTo("application/vnd.pypi.simple.v1+json");
    assertThat(type(SLUG + "/simple/")).isEqualTo("text/html; charset=utf-8");
    assertThat(type(wheel(snapshot))).isEqualTo("application/octet-stream");
    assertThat(type(TreeLayout.currentJson(SLUG))).isEqualTo("application/json");
    for (String key : List.of(pinned, wheel(snapshot), wheel(snapshot) + ".metadata")) {
      assertThat(cache(key)).isEqualTo("public, max-age=31536000, immutable");
    }
    for (String key : List.of(SLUG + "/simple/alpha/", TreeLayout.currentJson(SLUG))) {
      assertThat(cache(key)).isEqualTo("no-cache");
    }
  }

  @Test
  void theSecondReleaseKeepsTheFirstAndCopiesOnlyPagesThatChanged() throws IOException {
    Snapshot one =
        tree.snapshot(SLUG, "a", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    Snapshot two =
        tree.snapshot(SLUG, "b", Map.of("alpha", List.of("2.0"), "beta", List.of("1.0")));
    bucket.release(one);
    FaultyStore seen = new FaultyStore(bucket.store(), -1, FaultyStore.Kind.NONE);

    Release release = bucket.release(bucket.region(seen), two, TestBucket.NOW);

    assertThat(release.serial()).isEqualTo(2);
    assertThat(bucket.files("@" + one.id())).contains("alpha-1.0-py3-none-any.whl");
    assertThat(bucket.files(SLUG))
        .containsExactlyInAnyOrder("alpha-2.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl");
    assertThat(seen.calls())
        .filteredOn(call -> call.startsWith("copy "))
        .contains("copy " + SLUG + "/simple/alpha/", "copy " + SLUG + "/manifest.json")
        .noneMatch(call -> call.contains("/beta/") || call.endsWith("/simple/"));
    assertThat(seen.calls())
        .filteredOn(call -> call.startsWith("put pool/"))
        .containsExactlyInAnyOrder("put " + wheel(two), "put " + wheel(two) + ".metadata");
    assertThat(Json.tree(Json.write(Map.of("previous", one.id())), "it").get("previous"))
        .isEqualTo(
            Json.tree(
                    bucket
                        .text(TreeLayout.currentJson(SLUG))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "it")
                .get("previous"));
  }

  @Test
  void theManifestComesAfterAllThatItListsAndBeforeThePointer() {
    FaultyStore seen = new FaultyStore(bucket.store(), -1, FaultyStore.Kind.NONE);
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");

    bucket.release(bucket.region(seen), snapshot, TestBucket.NOW);

    List<String> puts =
        seen.calls().stream()
            .filter(call -> call.startsWith("put ") && !call.startsWith("put state/"))
            .toList();
    int mark = puts.indexOf("put " + TreeLayout.manifest(snapshot.id()));
    int pointer = puts.indexOf("put " + TreeLayout.currentJson(SLUG));
    assertThat(mark).isPositive();
    assertThat(pointer).isEqualTo(mark + 1);
    assertThat(puts.subList(mark, puts.size()))
        .noneMatch(put -> put.startsWith("put pool/") || put.startsWith("put @"));
  }

  @Test
  void releasingWhatIsCurrentWritesNothing() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    Release first = bucket.release(snapshot);
    int writes = bucket.store().writes();
    FaultyStore seen = new FaultyStore(bucket.store(), -1, FaultyStore.Kind.NONE);

    assertThat(bucket.release(bucket.region(seen), snapshot, TestBucket.NOW.plusSeconds(9)))
        .isEqualTo(first);
    assertThat(seen.calls()).hasSizeLessThan(10);
    assertThat(bucket.region().status()).hasSize(1);

    assertThat(bucket.store().writes()).isEqualTo(writes);
  }

  @Test
  void aProjectThatIsGoneLeavesTheMovingUrlAfterTheListOfProjects() {
    bucket.release(tree.snapshot(SLUG, "1.0", "alpha", "beta"));
    FaultyStore seen = new FaultyStore(bucket.store(), -1, FaultyStore.Kind.NONE);

    bucket.release(bucket.region(seen), tree.snapshot(SLUG, "2.0", "alpha"), TestBucket.NOW);

    assertThat(bucket.store().objects())
        .doesNotContainKeys(SLUG + "/simple/beta/", SLUG + "/simple/beta/index.v1_json");
    List<String> calls = seen.calls();
    int list = calls.indexOf("copy " + SLUG + "/simple/");
    int gone = indexOf(calls, "delete [" + SLUG + "/simple/beta/");
    assertThat(list).isPositive();
    assertThat(gone).isGreaterThan(list);
  }

  private static int indexOf(List<String> calls, String start) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).startsWith(start)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void channelsDoNotTouchEachOther() {
    Snapshot debian = tree.snapshot(SLUG, "1.0", "alpha");
    bucket.release(debian);

    Release ubuntu = bucket.release(tree.snapshot(UBUNTU, "2.0", "alpha"));

    assertThat(ubuntu.serial()).isEqualTo(1);
    assertThat(bucket.region().current(SLUG).map(Release::snapshot)).contains(debian.id());
    assertThat(bucket.region().channels()).containsExactly(SLUG, UBUNTU);
    assertThat(bucket.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
  }

  @Test
  void aReleaseFromAnOlderBaseIsRefusedAndTheOtherOneIsNamed() {
    Release base = bucket.release(tree.snapshot(SLUG, "1.0", "alpha"));
    S3Region late = bucket.region();
    StagedRelease staged = bucket.stage(late, tree.snapshot(SLUG, "2.0", "alpha"));
    Snapshot other = tree.snapshot(SLUG, "3.0", "alpha");
    bucket.release(other);

    assertThatThrownBy(() -> late.flip(staged, Optional.of(base), TestBucket.NOW))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.why()).contains(other.id(), "release 2", "process ", base.snapshot());
            });
    assertThat(bucket.files(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");
  }

  /** The other run's pointer comes between this one's look and its put. */
  @Test
  void twoWhoMoveThePointerAtOnceAreNotBothRight() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Release base = bucket.release(one);
    StagedRelease staged = bucket.stage(bucket.region(), tree.snapshot(SLUG, "2.0", "alpha"));
    ObjectStore store = bucket.store();
    byte[] theirs =
        Json.write(
            new CurrentRelease(1, SLUG, one.id(), 7, "", TestBucket.NOW.toString(), List.of(), ""));
    int[] puts = {0};
    ObjectStore between =
        new FaultyStore(store, -1, FaultyStore.Kind.NONE) {
          @Override
          public Optional<String> put(String key, ObjectContent content, Condition condition)
              throws IOException {
            if (key.equals(TreeLayout.currentJson(SLUG))) {
              puts[0]++;
              bucket.store().write(key, theirs);
            }
            return super.put(key, content, condition);
          }
        };

    assertThatThrownBy(() -> bucket.region(between).flip(staged, Optional.of(base), TestBucket.NOW))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("release 7");
    assertThat(puts[0]).isEqualTo(1);
    assertThat(bucket.region().current(SLUG).map(Release::serial)).contains(7L);
    assertThat(bucket.region().status().get(0).interrupted()).isEmpty();
  }

  @Test
  void aPublishedFileNameNeverGetsOtherBytes() {
    bucket.release(tree.snapshot(SLUG, "1.0", "alpha"));
    Map<String, String> before = bucket.store().tree();

    assertThatThrownBy(() -> bucket.release(tree.withOtherBytes(SLUG, "alpha", "1.0")))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));

    assertThat(bucket.store().tree()).isEqualTo(before);
  }

  @Test
  void anObjectOfThePoolWithAnotherContentIsNoticedAndNotReplaced() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    byte[] other = new byte[(int) snapshot.manifest().files().get(0).size()];
    bucket.store().write(wheel(snapshot), other);

    assertThatThrownBy(() -> bucket.release(snapshot))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("has another content")
        .hasMessageContaining(wheel(snapshot));
    assertThat(Objects.requireNonNull(bucket.store().objects().get(wheel(snapshot))).bytes())
        .isEqualTo(other);
    assertThat(bucket.region().current(SLUG)).isEmpty();
  }

  @Test
  void aWheelThatTheWheelhouseHoldsDamagedIsNotPublished() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    Files.write(
        tree.wheelhouseRoot().resolve(wheel(snapshot)),
        new byte[(int) snapshot.manifest().files().get(0).size()]);

    assertThatThrownBy(() -> bucket.release(snapshot))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("is damaged");
    assertThat(bucket.store().objects()).doesNotContainKey(wheel(snapshot));
  }

  @Test
  void wheelsThatTheBucketHasAreNotNeededInTheWheelhouse() throws IOException {
    bucket.release(tree.snapshot(SLUG, "1.0", "alpha"));
    Snapshot two =
        tree.snapshot(SLUG, "b", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    Files.delete(tree.wheelhouseRoot().resolve(wheel(two)));

    bucket.release(two);

    assertThat(bucket.files(SLUG)).hasSize(2);
  }

  @Test
  void anObjectThatVanishedIsMissedBeforeTheSwitchAndInARollback() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    bucket.release(one);
    bucket.release(two);
    bucket.store().remove(wheel(one));

    assertThatThrownBy(() -> bucket.region().recall(SLUG, one.id()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining(wheel(one) + " is missing");
    assertThat(bucket.region().current(SLUG).map(Release::snapshot)).contains(two.id());
  }

  @Test
  void aRollbackIsAReleaseWithoutAnyUpload() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    bucket.release(one);
    Release second = bucket.release(two);
    FaultyStore seen = new FaultyStore(bucket.store(), -1, FaultyStore.Kind.NONE);
    S3Region region = bucket.region(seen);

    StagedRelease recalled = region.recall(SLUG, one.id());
    Release back = region.flip(recalled, Optional.of(second), TestBucket.NOW.plusSeconds(9));

    assertThat(back.serial()).isEqualTo(3);
    assertThat(bucket.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(seen.calls()).noneMatch(c -> c.startsWith("put pool/") || c.startsWith("put @"));
    assertThat(region.history(SLUG))
        .extracting(Release::snapshot)
        .containsExactly(one.id(), two.id(), one.id());
    assertThat(region.rolledBack(SLUG)).extracting(Manifest::id).containsExactly(two.id());
    assertThatThrownBy(() -> bucket.release(tree.withOtherBytes(SLUG, "alpha", "2.0")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("a release that was rolled back");
  }

  @Test
  void everythingOfASnapshotCanBeReadBack() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    bucket.release(snapshot);
    S3Region region = bucket.region();
    ManifestFile file = snapshot.manifest().files().get(0);
    ManifestPage page = snapshot.manifest().pages().get(0);

    assertThat(region.holds(file.sha256(), file.filename())).isTrue();
    assertThat(region.holds(snapshot.id(), file.filename())).isFalse();
    try (InputStream in = region.open(file.sha256(), file.filename())) {
      assertThat(io.github.wheelmirror.Sha256.of(in.readAllBytes())).isEqualTo(file.sha256());
    }
    assertThat(io.github.wheelmirror.Sha256.of(region.page(snapshot.id(), page, true)))
        .isEqualTo(page.jsonSha256());
    assertThat(io.github.wheelmirror.Sha256.of(region.page(snapshot.id(), page, false)))
        .isEqualTo(page.htmlSha256());
    snapshot
        .manifest()
        .documents()
        .forEach(
            document ->
                assertThat(region.document(SLUG, snapshot.id(), document.path()))
                    .hasSize((int) document.size()));
    assertThat(region.coverage(SLUG, snapshot.id()).bytes()).isNotEmpty();
    assertThat(region.requirements(SLUG, snapshot.id()).bytes()).isNotEmpty();
    assertThat(region.manifests()).containsExactly(snapshot.manifest());
  }

  @Test
  void statusTellsWhatIsServed() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha", "beta");
    bucket.release(one);
    bucket.release(two);

    assertThat(bucket.region().status())
        .containsExactly(
            new ChannelStatus(
                SLUG,
                Optional.of(new Release(SLUG, two.id(), 2, TestBucket.NOW.toString())),
                one.id(),
                "",
                2,
                new SignatureState(SignatureState.Kind.NOT_ASKED, "")));
    assertThat(new TestBucket(tree).region().status()).isEmpty();
  }

  @Test
  void clientConfigurationNamesThePinnedUrl() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    bucket.release(snapshot);

    String pinned = TestBucket.URL + "@" + snapshot.id() + "/simple/";
    assertThat(bucket.text("channels/" + SLUG + "/pip.conf")).contains("index-url = " + pinned);
    assertThat(bucket.text("channels/" + SLUG + "/uv.toml")).contains("url = \"" + pinned + "\"");
  }

  @Test
  void aBucketCopiedWithoutItsStateKeepsItsSerial() {
    bucket.release(tree.snapshot(SLUG, "1.0", "alpha"));
    Release second = bucket.release(tree.snapshot(SLUG, "2.0", "alpha"));
    bucket.store().objects().keySet().stream()
        .filter(key -> key.startsWith("state/"))
        .forEach(bucket.store()::remove);

    assertThat(bucket.region().current(SLUG)).contains(second);
    assertThat(bucket.region().history(SLUG)).containsExactly(second);
    assertThat(bucket.release(tree.snapshot(SLUG, "3.0", "alpha")).serial()).isEqualTo(3);
  }

  @Test
  void whatIsNoTreeOfOursOrWasChangedIsRefused() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    bucket.release(snapshot);
    byte[] manifest = snapshot.manifest().bytes();
    manifest[manifest.length / 2] ^= 1;
    bucket.store().write(TreeLayout.manifest(snapshot.id()), manifest);
    assertThatThrownBy(() -> bucket.region().manifest(SLUG, snapshot.id()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("was changed");

    bucket.store().write(TreeLayout.currentJson(SLUG), new byte[] {'{', '}'});
    assertThatThrownBy(() -> bucket.region().current(SLUG))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
  }

  @Test
  void whatIsQuarantinedLeavesThePoolAndNoReleaseListsIt() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    bucket.release(snapshot);
    ManifestFile file = snapshot.manifest().files().get(0);
    Quarantine out =
        Quarantine.NONE.plus(
            new QuarantineEntry(
                "", List.of(Quarantine.file(file)), "bad", TestBucket.NOW.toString()));

    assertThat(bucket.region().quarantine(out)).containsExactly(Quarantine.file(file));

    assertThat(bucket.region().quarantine()).isEqualTo(out);
    assertThat(bucket.region().holds(file.sha256(), file.filename())).isFalse();
    assertThat(bucket.store().objects())
        .doesNotContainKey(wheel(snapshot) + ".metadata")
        .containsKey("state/quarantined/" + file.sha256() + "/" + file.filename());
    int writes = bucket.store().writes();
    assertThat(bucket.region().quarantine(out)).isEmpty();
    assertThat(bucket.store().writes()).isEqualTo(writes);
    assertThatThrownBy(() -> bucket.release(tree.snapshot(SLUG, "1.0", "alpha")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("is in quarantine");
  }

  @Test
  void aReleaseGetsAtLeastTheSerialThatIsWanted() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    S3Region region = bucket.region();
    Release first = region.flip(bucket.stage(region, one), Optional.empty(), 7, TestBucket.NOW);
    assertThat(first.serial()).isEqualTo(7);
    assertThat(region.flip(bucket.stage(region, one), Optional.of(first), 9, TestBucket.NOW))
        .isEqualTo(first);
    Release second = region.flip(bucket.stage(region, two), Optional.of(first), 3, TestBucket.NOW);
    assertThat(second.serial()).isEqualTo(8);
    assertThat(region.history(SLUG)).extracting(Release::serial).containsExactly(7L, 8L);
  }
}
