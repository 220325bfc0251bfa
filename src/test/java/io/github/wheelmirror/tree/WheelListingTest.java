package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.FileTail;
import io.github.wheelmirror.build.MissingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WheelListingTest {

  @TempDir private Path folder = Path.of("");
  private final List<Integer> asked = new ArrayList<>();

  private byte[] wheel(int modules) throws IOException {
    TestWheel wheel = TestWheel.of("foo", "1.0");
    for (int i = 0; i < modules; i++) {
      wheel.file("foo/a_module_with_a_name_of_some_length_" + i + ".py", "");
    }
    return Files.readAllBytes(wheel.write(folder));
  }

  private Optional<FileTail> tail(byte[] file, int length) {
    asked.add(length);
    int from = Math.max(0, file.length - length);
    return Optional.of(new FileTail(file.length, Arrays.copyOfRange(file, from, file.length)));
  }

  private Optional<WheelFiles> read(byte[] file) {
    return WheelFiles.read(length -> tail(file, length));
  }

  private static int modules(Optional<WheelFiles> files) {
    MissingFiles all = WheelFiles.of(List.of()).missing(files.orElseThrow(), "foo.whl");
    return all.modules();
  }

  @Test
  void aListIsReadFromTheEndInOneQuestion() throws IOException {
    assertThat(modules(read(wheel(3)))).isEqualTo(4);
    assertThat(asked).containsExactly(WheelListing.FIRST);
  }

  @Test
  void aLongListNeedsASecondQuestionForJustIt() throws IOException {
    byte[] wheel = wheel(2000);
    assertThat(modules(read(wheel))).isEqualTo(2001);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).isBetween(WheelListing.FIRST + 1, wheel.length);
  }

  @Test
  void aFileOnDiskGivesTheSame() throws IOException {
    wheel(3);
    Path file = folder.resolve("foo-1.0-py3-none-any.whl");
    assertThat(modules(WheelFiles.read(file))).isEqualTo(4);
    Files.write(file, new byte[100]);
    assertThat(WheelFiles.read(file)).isEmpty();
    assertThat(WheelFiles.read(folder.resolve("gone.whl"))).isEmpty();
  }

  @Test
  void whatCannotBeHadOrIsNoArchiveIsNothing() throws IOException {
    byte[] wheel = wheel(3);
    assertThat(WheelFiles.read(length -> Optional.empty())).isEmpty();
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[500_000])).isEmpty();
    assertThat(read(Arrays.copyOf(wheel, wheel.length - 5))).isEmpty();
    assertThat(read(Arrays.copyOf(wheel, wheel.length + 5))).isEmpty();
    // fewer bytes than were asked for
    assertThat(
            WheelFiles.read(
                length ->
                    Optional.of(
                        new FileTail(
                            wheel.length,
                            Arrays.copyOfRange(wheel, wheel.length - 22, wheel.length)))))
        .isEmpty();
  }

  @Test
  void aDirectoryThatSaysItIsHugeIsNotAskedFor() {
    long size = 1L << 30;
    byte[] end = new byte[WheelListing.FIRST];
    ByteBuffer buffer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    int at = end.length - 22;
    buffer.putInt(at, 0x06054b50);
    buffer.putShort(at + 8, (short) 1);
    buffer.putShort(at + 10, (short) 1);
    buffer.putInt(at + 12, (int) (size - 22));
    assertThat(
            WheelFiles.read(
                length -> {
                  asked.add(length);
                  return Optional.of(new FileTail(size, end));
                }))
        .isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void anEndThatIsAnotherTheSecondTimeIsNoFailure() throws IOException {
    byte[] wheel = wheel(2000);
    assertThat(WheelFiles.read(length -> tail(asked.isEmpty() ? wheel : new byte[300_000], length)))
        .isEmpty();
    assertThat(asked).hasSize(2);
  }

  @Test
  void noDamageIsMoreThanNothing() throws IOException {
    byte[] wheel = wheel(5);
    Random random = new Random(20261126);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = wheel.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        damaged[damaged.length - 1 - random.nextInt(700)] = (byte) random.nextInt();
      }
      // a list or none, and no exception
      assertThat(read(damaged)).isNotNull();
    }
  }
}
