package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelhouseTest {

  private static final String KEY = "ab".repeat(32);
  private static final Origin.Built BUILT =
      new Origin.Built(KEY, "cd".repeat(32), "1", true, List.of(), RequirementsUsed.NOTHING);

  @TempDir private Path folder = Path.of("");
  private Wheelhouse wheelhouse = new Wheelhouse(folder);

  @BeforeEach
  void open() {
    wheelhouse = new Wheelhouse(folder.resolve("house"));
  }

  private Path wheel(String version) {
    return TestWheel.of("foo", version)
        .metadata("Requires-Python: >=3.8")
        .write(folder.resolve("in"));
  }

  private static WheelSource source() {
    return WheelSource.built(BUILT, "2025-01-01T00:00:00Z");
  }

  @Test
  void theNameOfABuildThatAKilledRunDidNotRecordIsFree() {
    WheelFile file = wheelhouse.add(wheel("1.0"), source());
    assertThat(wheelhouse.finished()).isEmpty();

    wheelhouse.recordBuild(KEY, file);
    assertThat(wheelhouse.finished()).containsExactly(file);
  }

  @Test
  void anAddedWheelLiesByContentReadOnlyWithItsMetadataBesideIt() throws IOException {
    Path in = wheel("1.0");
    WheelFile file = wheelhouse.add(in, source());
    assertThat(file.sha256()).isEqualTo(Sha256.of(in));
    assertThat(file.size()).isEqualTo(Files.size(in));
    assertThat(file.requiresPython()).isEqualTo(">=3.8");
    assertThat(file.origin()).isEqualTo(BUILT);
    Path stored = wheelhouse.path(file).orElseThrow();
    assertThat(stored)
        .isEqualTo(
            folder.resolve("house").resolve(TreeLayout.wheel(file.sha256(), file.filename())))
        .hasSameBinaryContentAs(in);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)))
        .isEqualTo("r--r--r--");
    Path metadata = wheelhouse.metadata(file.sha256(), file.filename()).orElseThrow();
    try (var zip = new ZipFile(in.toFile());
        InputStream inside = zip.getInputStream(zip.getEntry("foo-1.0.dist-info/METADATA"))) {
      assertThat(Files.readAllBytes(metadata)).isEqualTo(inside.readAllBytes());
    }
    assertThat(Sha256.of(metadata)).isEqualTo(file.metadataSha256());
    assertThat(in).exists();
  }

  @Test
  void anotherProcessFindsWheelAndBuild() {
    WheelFile file = wheelhouse.add(wheel("1.0"), source());
    wheelhouse.recordBuild(KEY, file);
    var other = new Wheelhouse(folder.resolve("house"));
    assertThat(other.byKey(KEY)).contains(file);
    assertThat(other.byKey("00".repeat(32))).isEmpty();
    assertThat(other.find(file.sha256(), file.filename())).contains(file);
    assertThat(other.all()).containsExactly(file);
  }

  @Test
  void addingTheSameAgainTouchesNothing() throws IOException {
    WheelFile file = wheelhouse.add(wheel("1.0"), source());
    Path stored = wheelhouse.path(file).orElseThrow();
    Files.setLastModifiedTime(stored, FileTime.fromMillis(1_000_000));
    Object inode = Files.getAttribute(stored, "unix:ino");
    assertThat(wheelhouse.add(wheel("1.0"), source())).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(stored).toMillis()).isEqualTo(1_000_000);
    assertThat(Files.getAttribute(stored, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void aDamagedStoredFileIsReplaced() throws IOException {
    Path in = wheel("1.0");
    WheelFile file = wheelhouse.add(in, source());
    Path stored = wheelhouse.path(file).orElseThrow();
    Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(stored, new byte[(int) file.size()]);
    wheelhouse.add(in, source());
    assertThat(stored).hasSameBinaryContentAs(in);
  }

  @Test
  void otherBytesUnderTheSameNameCoexist() {
    WheelFile one = wheelhouse.add(wheel("1.0"), source());
    Path other = TestWheel.of("foo", "1.0").file("foo/more.py", "").write(folder.resolve("in2"));
    WheelFile two = wheelhouse.add(other, source());
    assertThat(two.filename()).isEqualTo(one.filename());
    assertThat(wheelhouse.all()).containsExactlyInAnyOrder(one, two);
    assertThat(wheelhouse.path(one)).isNotEqualTo(wheelhouse.path(two));
  }

  @Test
  void anUnsoundWheelIsRefusedAndLeavesNothing() throws IOException {
    Path bad =
        TestWheel.of("foo", "1.0")
            .damaged(m -> m.put("foo/__init__.py", new byte[] {1}))
            .write(folder.resolve("in"));
    assertThatThrownBy(() -> wheelhouse.add(bad, source()))
        .isInstanceOfSatisfying(
            RefusedWheelException.class,
            e -> {
              assertThat(e.problems())
                  .extracting(WheelProblem::code)
                  .containsExactly("record-hash");
              assertThat(e.why()).contains("foo/__init__.py");
            });
    assertThat(files()).isEmpty();
  }

  @Test
  void aWheelWithAnotherDigestThanPromisedIsRefused() {
    var promised = new WheelSource("00".repeat(32), false, "", "", BUILT);
    assertThatThrownBy(() -> wheelhouse.add(wheel("1.0"), promised))
        .isInstanceOfSatisfying(
            RefusedWheelException.class,
            e -> assertThat(e.problems().get(0).code()).isEqualTo("wrong-hash"));
    assertThat(wheelhouse.all()).isEmpty();
  }

  @Test
  void aFileCanGetItsNameWhenItIsAdded() throws IOException {
    Path download = folder.resolve("download.part");
    Files.copy(wheel("1.0"), download);
    WheelFile file = wheelhouse.add(download, "foo-1.0-py3-none-any.whl", source());
    assertThat(file.filename()).isEqualTo("foo-1.0-py3-none-any.whl");
  }

  @Test
  void aFileThatIsGivenAwayBecomesTheStoredOne() throws IOException {
    Path download = Files.createDirectories(folder.resolve("house/downloads")).resolve("x.part");
    Files.copy(wheel("1.0"), download);
    Object inode = Files.getAttribute(download, "unix:ino");
    String sha256 = Sha256.of(download);
    WheelFile file = wheelhouse.take(download, sha256, "foo-1.0-py3-none-any.whl", source());
    assertThat(download).doesNotExist();
    Path stored = wheelhouse.path(file).orElseThrow();
    assertThat(Files.getAttribute(stored, "unix:ino")).isEqualTo(inode);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)))
        .isEqualTo("r--r--r--");
    assertThat(file).isEqualTo(wheelhouse.add(wheel("1.0"), source()));
    Files.copy(wheel("1.0"), download);
    assertThat(wheelhouse.take(download, sha256, file.filename(), source())).isEqualTo(file);
    assertThat(Files.getAttribute(stored, "unix:ino")).isEqualTo(inode);
    assertThat(download).doesNotExist();
  }

  @Test
  void aFileThatIsGivenAwayAndUnsoundIsGone() throws IOException {
    Path bad =
        TestWheel.of("foo", "1.0")
            .damaged(m -> m.put("foo/__init__.py", new byte[] {1}))
            .write(folder.resolve("in"));
    String sha256 = Sha256.of(bad);
    assertThatThrownBy(() -> wheelhouse.take(bad, sha256, "foo-1.0-py3-none-any.whl", source()))
        .isInstanceOf(RefusedWheelException.class);
    assertThat(bad).doesNotExist();
    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> wheelhouse.take(bad, sha256, "foo-1.0-py3-none-any.whl", source()))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("cannot be put into the wheelhouse");
  }

  @Test
  void newFactsAboutAKnownFileReplaceTheOldOnes() {
    wheelhouse.add(wheel("1.0"), source());
    var yanked = new WheelSource("", true, "broken", "", BUILT);
    WheelFile file = wheelhouse.add(wheel("1.0"), yanked);
    assertThat(file.yankedReason()).isEqualTo("broken");
    assertThat(new Wheelhouse(folder.resolve("house")).all()).containsExactly(file);
  }

  @Test
  void whatAKilledRunLeftIsIgnored() throws IOException {
    WheelFile file = wheelhouse.add(wheel("1.0"), source());
    Path house = folder.resolve("house");
    Files.write(house.resolve(".tmp/5e1d"), new byte[100]);
    Files.write(house.resolve("files/." + file.sha256() + ".json.1-2.tmp"), new byte[] {'{'});
    String unfinished = "12".repeat(32);
    Files.createDirectories(house.resolve(TreeLayout.poolFolder(unfinished)));
    var other = new Wheelhouse(house);
    assertThat(other.all()).containsExactly(file);
    assertThat(other.path(unfinished, file.filename())).isEmpty();
  }

  @Test
  void whatAKilledRunWasWritingIsTidied() throws IOException {
    String dead = "." + new Writer().name().split("\\.", 2)[0] + ".4194305.1.x.tmp";
    for (String part : List.of(".tmp", "files", "builds", "failures", "history")) {
      Files.write(
          Files.createDirectories(folder.resolve("house").resolve(part)).resolve(dead),
          new byte[9]);
    }
    wheelhouse.tidy();
    try (Stream<Path> files = Files.walk(folder.resolve("house"))) {
      assertThat(files.filter(file -> file.endsWith(dead))).isEmpty();
    }
  }

  @Test
  void aBuildWhoseWheelIsGoneOrCutOffIsNotFound() throws IOException {
    WheelFile file = wheelhouse.add(wheel("1.0"), source());
    wheelhouse.recordBuild(KEY, file);
    Path stored = wheelhouse.path(file).orElseThrow();
    Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(stored, new byte[] {'P', 'K'});
    assertThat(wheelhouse.byKey(KEY)).isEmpty();
    Files.deleteIfExists(stored);
    assertThat(wheelhouse.byKey(KEY)).isEmpty();
    assertThat(wheelhouse.all()).isEmpty();
  }

  @Test
  void manyWritersAtOnceAllSucceed() throws Exception {
    Path in = wheel("1.0");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var start = new CountDownLatch(1);
      List<Future<WheelFile>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  // a store of its own, as another process has
                  return new Wheelhouse(folder.resolve("house")).add(in, source());
                }));
      }
      start.countDown();
      for (Future<WheelFile> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS).filename())
            .isEqualTo("foo-1.0-py3-none-any.whl");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(wheelhouse.all()).hasSize(1);
    assertThat(files()).allMatch(name -> !name.startsWith(".tmp/"));
  }

  @Test
  void anEmptyStoreHasNothing() {
    assertThat(wheelhouse.all()).isEmpty();
    assertThat(wheelhouse.byKey(KEY)).isEmpty();
  }

  private List<String> files() throws IOException {
    Path house = folder.resolve("house");
    try (Stream<Path> all = Files.walk(house)) {
      return all.filter(Files::isRegularFile).map(f -> house.relativize(f).toString()).toList();
    }
  }
}
