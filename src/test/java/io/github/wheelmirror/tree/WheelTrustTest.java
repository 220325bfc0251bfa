package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.WheelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelTrustTest {

  private static final FileTime OTHER = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private WheelFile file;

  @BeforeEach
  void aWheelOfAnEarlierRun() {
    file = add();
  }

  private WheelFile add() {
    Path wheel = TestWheel.of("foo", "1.0").write(folder.resolve("in"));
    return open()
        .add(
            wheel,
            new WheelSource("", false, "", "", new Origin.Mirrored("https://a.org/foo", "a")));
  }

  /** As another process. */
  private Wheelhouse open() {
    return new Wheelhouse(folder.resolve("house"), warnings::add);
  }

  private boolean isFound() {
    return open().find(file.sha256(), file.filename()).isPresent();
  }

  private Path stored() {
    return open().path(file).orElseThrow();
  }

  private Path mark() {
    return folder.resolve("house-uses").resolve(file.sha256());
  }

  /** Flips a bit in the middle of a file; its size and time stay as they are. */
  private static void damage(Path path) throws IOException {
    FileTime time = Files.getLastModifiedTime(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(path, bytes);
    Files.setLastModifiedTime(path, time);
  }

  @Test
  void aWheelIsTrustedWithoutReadingItWhileSizeAndTimeStay() throws IOException {
    damage(stored());
    assertThat(isFound()).as("nobody has read it").isTrue();

    open().doubt(file.sha256());

    assertThat(isFound()).isFalse();
    assertThat(warnings).hasSize(1).first().asString().contains(file.filename(), "damaged");
  }

  @Test
  void aWheelWithAnotherTimeIsHashedOnceAndRecordedAgain() throws IOException {
    Files.setLastModifiedTime(stored(), OTHER);
    assertThat(isFound()).isTrue();
    assertThat(mark()).content().contains(OTHER.toString());
    FileTime recorded = Files.getLastModifiedTime(mark());
    damage(stored());

    assertThat(isFound()).as("it was not hashed a second time").isTrue();
    assertThat(Files.getLastModifiedTime(mark())).isEqualTo(recorded);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDamagedWheelWithAnotherTimeIsRemovedAndToldOnce() throws IOException {
    Path stored = stored();
    damage(stored);
    Files.setLastModifiedTime(stored, OTHER);

    assertThat(isFound()).isFalse();
    assertThat(isFound()).isFalse();
    assertThat(open().all()).isEmpty();
    assertThat(open().use(List.of(file), OTHER.toInstant())).isEmpty();
    assertThat(stored).doesNotExist();
    assertThat(warnings).hasSize(1);

    add();
    assertThat(isFound()).isTrue();
  }

  @Test
  void aCutWheelIsRemoved() throws IOException {
    Files.setPosixFilePermissions(stored(), PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(stored(), new byte[] {'P', 'K'});
    assertThat(isFound()).isFalse();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aDamagedMetadataFileIsADamagedWheel() throws IOException {
    Path metadata = open().metadata(file.sha256(), file.filename()).orElseThrow();
    damage(metadata);
    Files.setLastModifiedTime(metadata, OTHER);
    assertThat(isFound()).isFalse();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void wheelsWithoutMarksAreHashedAndMarked() throws IOException {
    Files.delete(mark());
    assertThat(isFound()).isTrue();
    assertThat(mark()).exists();
  }
}
