package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.LongAgo;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRegionTest {
  private static final String SLUG = TestTree.SLUG;
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Path folder;
  private final TestTree tree;
  private final Path root;
  private final VisibleTree visible;
  private final DirectoryRegion region;

  DirectoryRegionTest(@TempDir Path folder) {
    this.folder = folder;
    tree = new TestTree(folder);
    root = folder.resolve("region");
    visible = new VisibleTree(root);
    region = region(root, "https://mirror.example/wheel", Faults.NONE);
  }

  private static DirectoryRegion region(Path root, String url, Faults faults) {
    return new DirectoryRegion(
        new RegionSettings("main", root, url, Duration.ofSeconds(20)),
        faults,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Release release(Snapshot snapshot) {
    return release(region, snapshot);
  }

  private Release release(DirectoryRegion in, Snapshot snapshot) {
    Optional<Release> base = in.current(snapshot.slug());
    StagedRelease staged = stage(in, snapshot);
    return in.flip(staged, base, NOW);
  }

  private StagedRelease stage(DirectoryRegion in, Snapshot snapshot) {
    return in.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
  }

  @Test
  void whatIsLeftOfAReleaseSaysOfWhich() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Release whole = release(one);
    Path journal = root.resolve(TreeLayout.JOURNAL);
    Path current = root.resolve(TreeLayout.currentJson(SLUG));
    assertThat(Files.readString(journal)).doesNotContain("origin");
    assertThat(Files.readString(current)).doesNotContain("origin");
    Release left = leave(tree.snapshot(SLUG, "2.0", "alpha"), whole);
    assertThat(left.origin()).isEqualTo(one.id());
    Release less = leave(tree.snapshot(SLUG, "3.0", "alpha"), left);
    assertThat(less.origin()).isEqualTo(one.id());
    assertThat(region.current(SLUG)).contains(less);
    assertThat(region.history(SLUG)).containsExactly(whole, left, less);
    // a tree that was copied without its state
    Files.delete(journal);
    assertThat(region.current(SLUG)).contains(less);
    assertThat(region.history(SLUG)).containsExactly(less);
  }

  private Release leave(Snapshot rest, Release whole) {
    return region.flip(stage(region, rest).countingAs(whole), Optional.of(whole), NOW);
  }

  @Test
  void firstReleaseIsVisibleUnderTheMovingAndThePinnedUrl() throws IOException {
    assertThat(region.current(SLUG)).isEmpty();
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");

    Release release = release(snapshot);

    assertThat(release).isEqualTo(new Release(SLUG, snapshot.id(), 1, NOW.toString()));
    assertThat(region.current(SLUG)).contains(release);
    assertThat(region.manifest(SLUG, snapshot.id())).isEqualTo(snapshot.manifest());
    assertThat(visible.files(SLUG))
        .containsExactly("alpha-1.0-py3-none-any.whl", "beta-1.0-py3-none-any.whl")
        .isEqualTo(visible.files("@" + snapshot.id()));
    assertThat(root.resolve(SLUG).resolve("constraints/stable/2025.1.txt"))
        .hasContent("alpha===1.0\nbeta===1.0\n");
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void whatIsServedIsNotedAndAStrangeFolderBesideItIsADoubtAlone() throws IOException {
    Release release = release(tree.snapshot(SLUG, "1.0", "alpha"));
    LongAgo.all(root);
    Seen seen = new Seen();
    region.note(seen);
    assertThat(seen.doubt()).isEmpty();
    assertThat(seen.facts())
        .containsKeys(
            root.resolve(TreeLayout.CHANNELS),
            root.resolve(TreeLayout.JOURNAL),
            root.resolve(TreeLayout.current(SLUG)),
            root.resolve(TreeLayout.manifest(release.snapshot())));
    Files.createDirectories(root.resolve("channels/No Slug At All"));
    Seen strange = new Seen();
    region.note(strange);
    assertThat(strange.doubt()).isNotEmpty();
    assertThat(region.current(SLUG)).contains(release);
  }

  @Test
  void aRegionThatIsNoFolderIsADoubtUntilItIsRead() throws IOException {
    Files.writeString(root, "no folder");
    Seen seen = new Seen();
    region.note(seen);
    assertThat(seen.doubt()).contains("region main cannot be read");
  }

  @Test
  void theRegionHoldsOnlyWheelsThatHaveTheirMetadata() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    var file = snapshot.manifest().files().get(0);
    assertThat(region.holds(file.sha256(), file.filename())).isFalse();

    release(snapshot);

    assertThat(region.holds(file.sha256(), file.filename())).isTrue();
    Files.delete(root.resolve(TreeLayout.metadata(file.sha256(), file.filename())));
    assertThat(region.holds(file.sha256(), file.filename())).isFalse();
  }

  @Test
  void publishedFilesAreReadOnlyAndWheelsCarryTheirUploadTime() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    release(snapshot);

    var file = snapshot.manifest().files().get(0);
    Path wheel = root.resolve(TreeLayout.wheel(file.sha256(), file.filename()));
    assertThat(Files.getLastModifiedTime(wheel))
        .isEqualTo(FileTime.from(Instant.parse("2025-01-02T03:04:05Z")));
    for (String path :
        List.of(
            TreeLayout.wheel(file.sha256(), file.filename()),
            TreeLayout.metadata(file.sha256(), file.filename()),
            TreeLayout.htmlPage(snapshot.manifest().pages().get(0).sha256()),
            TreeLayout.manifest(snapshot.id()))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path))))
          .isEqualTo("r--r--r--");
    }
  }

  @Test
  void secondReleaseKeepsTheFirstAsPreviousAndCountsOn() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    release(one);

    Release release = release(two);

    assertThat(release.serial()).isEqualTo(2);
    assertThat(visible.files(SLUG)).containsExactly("alpha-2.0-py3-none-any.whl");
    assertThat(visible.files("@" + one.id())).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(Files.readSymbolicLink(root.resolve(TreeLayout.previous(SLUG))))
        .hasToString("../../snapshots/" + one.id());
    assertThat(Json.tree(Files.readAllBytes(root.resolve(TreeLayout.currentJson(SLUG))), "it"))
        .isEqualTo(
            Json.tree(
                Json.write(
                    new CurrentRelease(
                        1, SLUG, two.id(), 2, one.id(), NOW.toString(), List.of(), "")),
                "expected"));
  }

  @Test
  void goingBackToAnOlderSnapshotIsANewRelease() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(one);
    release(tree.snapshot(SLUG, "2.0", "alpha"));

    Release back = release(one);

    assertThat(back.serial()).isEqualTo(3);
    assertThat(region.current(SLUG)).contains(back);
    assertThat(visible.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
  }

  @Test
  void releasingWhatIsCurrentChangesNothingAtAll() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha", "beta");
    Release first = release(snapshot);
    Map<String, String> before = visible.stat();

    DirectoryRegion again = region(root, "https://mirror.example/wheel", Faults.NONE);
    assertThat(release(again, snapshot)).isEqualTo(first);
    assertThat(again.flip(stage(again, snapshot), Optional.empty(), NOW.plusSeconds(60)))
        .isEqualTo(first);
    assertThat(again.status()).hasSize(1);

    assertThat(visible.stat()).isEqualTo(before);
  }

  @Test
  void whatDidNotChangeKeepsInodeAndTime() throws IOException {
    release(tree.snapshot(SLUG, "a", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0"))));
    Map<String, String> before = visible.stat();

    release(tree.snapshot(SLUG, "b", Map.of("alpha", List.of("2.0"), "beta", List.of("1.0"))));

    Map<String, String> after = visible.stat();
    before.forEach(
        (path, facts) -> {
          if ((path.startsWith("pool/") || path.startsWith("pages/"))
              && (path.endsWith(".whl") || path.endsWith("index.html"))) {
            assertThat(after).containsEntry(path, facts);
          }
        });
  }

  @Test
  void linksThatDidNotChangeAreOneFileWithTwoNames() throws IOException {
    Snapshot one =
        tree.snapshot(SLUG, "a", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    Snapshot two =
        tree.snapshot(SLUG, "b", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0", "2.0")));
    release(one);
    release(two);

    assertThat(inode(link(one, "alpha"))).isEqualTo(inode(link(two, "alpha")));
    assertThat(inode(link(one, "beta"))).isNotEqualTo(inode(link(two, "beta")));
    assertThat(visible.files(SLUG)).hasSize(3);
  }

  @Test
  void aLinkThatWasDamagedIsNotTakenOverIntoTheNextSnapshot() throws IOException {
    Snapshot one =
        tree.snapshot(SLUG, "a", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    release(one);
    Files.delete(link(one, "alpha"));
    Files.createSymbolicLink(link(one, "alpha"), Path.of("elsewhere"));
    Files.delete(link(one, "beta"));
    Snapshot two =
        tree.snapshot(
            SLUG,
            "b",
            Map.of("alpha", List.of("1.0"), "beta", List.of("1.0"), "gamma", List.of("1.0")));

    release(two);

    assertThat(visible.files(SLUG)).hasSize(3);
  }

  private Path link(Snapshot snapshot, String project) {
    return root.resolve(TreeLayout.projectLink(snapshot.id(), ProjectName.parse(project)));
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void newPagesGetATimeThatNoPageOfTheRegionHad() throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (String slug : List.of(SLUG, "ubuntu-24.04-x86_64")) {
        Snapshot snapshot = tree.snapshot(slug, (slug.equals(SLUG) ? "1." : "2.") + i, "alpha");
        release(snapshot);
        Path page = root.resolve(TreeLayout.htmlPage(snapshot.manifest().pages().get(0).sha256()));
        times.add(Files.getLastModifiedTime(page));
        assertThat(Files.getLastModifiedTime(root.resolve(slug).resolve("simple/index.html")))
            .isLessThanOrEqualTo(times.get(times.size() - 1));
      }
    }

    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i).toMillis())
          .isGreaterThanOrEqualTo(times.get(i - 1).toMillis() + 1000);
    }
  }

  @Test
  void aRootPageThatDidNotChangeKeepsItsTime() throws IOException {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Path page = root.resolve(SLUG).resolve("simple/index.html");
    FileTime before = Files.getLastModifiedTime(page);

    release(tree.snapshot(SLUG, "2.0", "alpha"));

    assertThat(Files.getLastModifiedTime(page)).isEqualTo(before);
  }

  @Test
  void channelsDoNotTouchEachOther() throws IOException {
    Snapshot debian = tree.snapshot(SLUG, "1.0", "alpha");
    release(debian);

    Release ubuntu = release(tree.snapshot("ubuntu-24.04-x86_64", "2.0", "alpha"));

    assertThat(ubuntu.serial()).isEqualTo(1);
    assertThat(region.current(SLUG).map(Release::snapshot)).contains(debian.id());
    assertThat(region.status())
        .extracting(ChannelStatus::slug)
        .containsExactly(SLUG, "ubuntu-24.04-x86_64");
  }

  @Test
  void flipRefusesWhenSomebodyElseReleasedMeanwhile() throws IOException {
    Release base = release(tree.snapshot(SLUG, "1.0", "alpha"));
    StagedRelease staged = stage(region, tree.snapshot(SLUG, "2.0", "alpha"));
    Snapshot other = tree.snapshot(SLUG, "3.0", "alpha");
    release(other);

    assertThatThrownBy(() -> region.flip(staged, Optional.of(base), NOW))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).contains(other.id(), "release 2", "process ", base.snapshot());
              assertThat(e.fix()).contains("run the build goal again");
            });
    assertThat(visible.files(SLUG)).containsExactly("alpha-3.0-py3-none-any.whl");
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void flipRefusesWhenTheBaseIsGone() {
    Release base = release(tree.snapshot(SLUG, "1.0", "alpha"));
    DirectoryRegion empty = region(folder.resolve("empty"), "", Faults.NONE);
    StagedRelease staged = stage(empty, tree.snapshot(SLUG, "2.0", "alpha"));

    assertThatThrownBy(() -> empty.flip(staged, Optional.of(base), NOW))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("it has no release of " + SLUG);
  }

  @Test
  void aPublishedFileNameNeverGetsOtherBytes() throws IOException {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Map<String, String> before = visible.stat();

    assertThatThrownBy(() -> release(tree.withOtherBytes(SLUG, "alpha", "1.0")))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("alpha-1.0-py3-none-any.whl");
            });
    assertThat(visible.stat().keySet())
        .filteredOn(path -> !path.startsWith("state/") && !path.equals(".tmp"))
        .isSubsetOf(before.keySet());
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void aWheelThatTheWheelhouseHoldsDamagedIsNotPublished() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    var file = snapshot.manifest().files().get(0);
    Files.write(
        tree.wheelhouseRoot().resolve(TreeLayout.wheel(file.sha256(), file.filename())),
        new byte[(int) file.size()]);

    assertThatThrownBy(() -> release(snapshot))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("is damaged");
    assertThat(root.resolve("pool/sha256")).doesNotExist();
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void aWheelThatNeitherRegionNorWheelhouseHasIsNamed() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    var file = snapshot.manifest().files().get(0);
    Files.delete(tree.wheelhouseRoot().resolve(TreeLayout.wheel(file.sha256(), file.filename())));

    assertThatThrownBy(() -> release(snapshot))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("alpha-1.0-py3-none-any.whl is missing");
  }

  @Test
  void wheelsThatTheRegionHasAreNotNeededInTheWheelhouse() throws IOException {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Snapshot two =
        tree.snapshot(SLUG, "b", Map.of("alpha", List.of("1.0"), "beta", List.of("1.0")));
    var file = two.manifest().files().get(0);
    Files.delete(tree.wheelhouseRoot().resolve(TreeLayout.wheel(file.sha256(), file.filename())));

    release(two);

    assertThat(visible.files(SLUG)).hasSize(2);
  }

  @Test
  void aTornPoolFileOfAKilledRunIsReplaced() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    var file = snapshot.manifest().files().get(0);
    Path wheel = root.resolve(TreeLayout.wheel(file.sha256(), file.filename()));
    Files.createDirectories(wheel.getParent());
    // right length, no data: what a file system may leave after power loss
    Files.write(wheel, new byte[(int) file.size()]);

    release(snapshot);

    assertThat(visible.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
  }

  @Test
  void aTornPageAndATornSnapshotFolderAreReplaced() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    Path page = root.resolve(TreeLayout.htmlPage(snapshot.manifest().pages().get(0).sha256()));
    Files.createDirectories(page.getParent());
    Files.writeString(page, "");
    Path manifest = root.resolve(TreeLayout.manifest(snapshot.id()));
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "{");

    release(snapshot);

    assertThat(visible.files(SLUG)).containsExactly("alpha-1.0-py3-none-any.whl");
    assertThat(region.manifest(SLUG, snapshot.id())).isEqualTo(snapshot.manifest());
    assertThat(visible.junk()).isEmpty();
  }

  @Test
  void aWheelOfTheCurrentReleaseWithAWrongLengthIsHealed() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    release(one);
    var file = one.manifest().files().get(0);
    Path wheel = root.resolve(TreeLayout.wheel(file.sha256(), file.filename()));
    Files.delete(wheel);
    Files.writeString(wheel, "short");

    release(tree.snapshot(SLUG, "b", Map.of("alpha", List.of("1.0", "2.0"))));

    assertThat(visible.files(SLUG)).hasSize(2);
  }

  @Test
  void aTornLastJournalLineSaysNothingAndIsReplaced() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Release first = release(one);
    Path journal = root.resolve(TreeLayout.JOURNAL);
    Files.writeString(journal, "{\"operation\":\"flip\",\"slug\":\"deb", StandardOpenOption.APPEND);

    assertThat(region.current(SLUG)).contains(first);
    Release second = release(tree.snapshot(SLUG, "2.0", "alpha"));

    assertThat(second.serial()).isEqualTo(2);
    assertThat(Files.readAllLines(journal))
        .allSatisfy(
            line -> Json.read(line.getBytes(StandardCharsets.UTF_8), JournalEntry.class, "a line"));
  }

  @Test
  void aDamagedJournalLineInTheMiddleStopsTheRun() throws IOException {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Path journal = root.resolve(TreeLayout.JOURNAL);
    Files.writeString(journal, "garbage\n" + Files.readString(journal));

    assertThatThrownBy(() -> release(tree.snapshot(SLUG, "2.0", "alpha")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("journal")
        .hasMessageContaining("line 1");
  }

  @Test
  void statusTellsWhatIsServed() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha", "beta");
    release(one);
    release(two);

    assertThat(region.status())
        .containsExactly(
            new ChannelStatus(
                SLUG,
                Optional.of(new Release(SLUG, two.id(), 2, NOW.toString())),
                one.id(),
                "",
                2,
                new SignatureState(SignatureState.Kind.NOT_ASKED, "")));
  }

  @Test
  void anEmptyFolderHasNoChannels() {
    assertThat(region.status()).isEmpty();
  }

  @Test
  void clientConfigurationNamesThePinnedUrl() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    release(snapshot);

    String pinned = "https://mirror.example/wheel/@" + snapshot.id() + "/simple/";
    assertThat(Files.readString(root.resolve(TreeLayout.channelFile(SLUG, "pip.conf"))))
        .contains("index-url = " + pinned)
        .doesNotContain("trusted-host");
    assertThat(Files.readString(root.resolve(TreeLayout.channelFile(SLUG, "uv.toml"))))
        .contains("url = \"" + pinned + "\"", "default = true");
  }

  @Test
  void withoutAUrlThereIsNoClientConfiguration() {
    DirectoryRegion silent = region(root, "", Faults.NONE);
    release(silent, tree.snapshot(SLUG, "1.0", "alpha"));

    assertThat(root.resolve(TreeLayout.channelFile(SLUG, "pip.conf"))).doesNotExist();
    assertThat(root.resolve(TreeLayout.channelFile(SLUG, "uv.toml"))).doesNotExist();
    assertThat(root.resolve(TreeLayout.currentJson(SLUG))).exists();
  }

  @Test
  void aTreeCopiedWithoutItsStateKeepsItsSerial() throws IOException {
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    Release second = release(tree.snapshot(SLUG, "2.0", "alpha"));
    Files.delete(root.resolve(TreeLayout.JOURNAL));

    assertThat(region.current(SLUG)).contains(second);
    assertThat(release(tree.snapshot(SLUG, "3.0", "alpha")).serial()).isEqualTo(3);
  }

  @Test
  void aCopyWithoutLinksIsNotTakenForANewRegion() throws IOException {
    Snapshot first = tree.snapshot(SLUG, "1.0", "alpha");
    release(first);
    Path current = root.resolve(TreeLayout.current(SLUG));
    Files.delete(current);
    assertThatThrownBy(() -> region.current(SLUG))
        .isInstanceOfSatisfying(
            MirrorException.class,
            lost -> {
              assertThat(lost.what()).contains("has lost what it serves for " + SLUG);
              assertThat(lost.fix())
                  .endsWith("ln -s ../../snapshots/" + first.id() + " " + current);
            });
    assertThatThrownBy(() -> stage(region, tree.snapshot(SLUG, "2.0", "alpha")))
        .hasMessageContaining("has lost what it serves");
    // whoever takes the platform out of the region begins it anew
    WorkFolder.delete(WorkFolder.parent(current));
    assertThat(region.current(SLUG)).isEmpty();
  }

  @Test
  void aJournalThatIsAFolderIsNamed() throws IOException {
    Path journal = Files.createDirectories(root.resolve(TreeLayout.JOURNAL));
    assertThatThrownBy(() -> region.history(SLUG))
        .hasMessageContaining(journal + ": Is a directory");
  }

  @Test
  void whatSomebodyElseKeepsInTheFolderStays() throws IOException {
    Path own = Files.createDirectories(root.resolve(".tmp/drafts")).resolve("letter.txt");
    Files.writeString(own, "mine");
    String left = "01234567-89ab-cdef-0123-456789abcdef";
    Path killed = Files.createDirectories(root.resolve(".tmp").resolve(left));
    release(tree.snapshot(SLUG, "1.0", "alpha"));
    assertThat(own).hasContent("mine");
    assertThat(killed).doesNotExist();
  }

  @Test
  void aFolderThatIsNotATreeIsRefused() throws IOException {
    Files.createDirectories(root.resolve(TreeLayout.current(SLUG)));

    assertThatThrownBy(() -> region.current(SLUG))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT));
  }

  @Test
  void aManifestThatWasChangedIsNotTrusted() throws IOException {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    release(snapshot);
    Path manifest = root.resolve(TreeLayout.manifest(snapshot.id()));
    byte[] bytes = Files.readAllBytes(manifest);
    Files.delete(manifest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(manifest, bytes);

    assertThatThrownBy(() -> region.manifest(SLUG, snapshot.id()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("was changed");
  }

  @Test
  void aFileInTheWayOfTheRegionIsNamed() throws IOException {
    Files.writeString(root, "a file");

    assertThatThrownBy(() -> release(tree.snapshot(SLUG, "1.0", "alpha")))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.why()).contains(root.toString());
            });
    assertThat(root).hasContent("a file");
  }

  @Test
  void theRegionUrlMustBeOneThatClientsCanUse() {
    for (String url :
        List.of("mirror.example/wheel", "file:///srv", "https://u:p@mirror.example/")) {
      assertThatThrownBy(() -> new RegionSettings("main", root, url, Duration.ZERO))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("region main");
    }
  }

  @Test
  void aReleaseGetsAtLeastTheSerialThatIsWanted() throws IOException {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    Snapshot two = tree.snapshot(SLUG, "2.0", "alpha");
    Release first = region.flip(stage(region, one), Optional.empty(), 7, NOW);
    assertThat(first.serial()).isEqualTo(7);
    assertThat(region.flip(stage(region, one), Optional.of(first), 9, NOW)).isEqualTo(first);
    assertThat(region.flip(stage(region, two), Optional.of(first), 3, NOW).serial()).isEqualTo(8);
    assertThat(region.history(SLUG)).extracting(Release::serial).containsExactly(7L, 8L);
  }

  @Test
  void aReleaseThatLeftOutSerialsIsFinishedAfterItWasCutOff() {
    Snapshot one = tree.snapshot(SLUG, "1.0", "alpha");
    DirectoryRegion cutOff =
        region(
            root,
            "",
            point -> {
              if (point.equals("finish: journal")) {
                throw new IOException("cut off");
              }
            });
    StagedRelease staged = stage(cutOff, one);
    assertThatThrownBy(() -> cutOff.flip(staged, Optional.empty(), 7, NOW))
        .hasMessageContaining("cut off");
    assertThat(region.status().get(0).interrupted()).isEqualTo(one.id());

    Release healed = region.flip(stage(region, one), region.current(SLUG), 9, NOW);

    assertThat(healed.serial()).isEqualTo(7);
    assertThat(region.status().get(0).interrupted()).isEmpty();
  }
}
