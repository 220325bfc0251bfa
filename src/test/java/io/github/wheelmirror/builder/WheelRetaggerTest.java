package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.RecordFile;
import io.github.wheelmirror.tree.TestWheel;
import io.github.wheelmirror.tree.WheelInspection;
import io.github.wheelmirror.tree.WheelInspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelRetaggerTest {

  @TempDir Path folder;

  private static Path retag(Path wheel, String tag) throws IOException {
    return WheelRetagger.retag(wheel, BuildTag.parse(tag), Optional.empty());
  }

  private Path wheel() {
    byte[] big = new byte[300_000];
    new Random(5).nextBytes(big);
    return TestWheel.of("foo", "1.0")
        .file("foo/data.bin", big)
        .file("foo/text.txt", "line\n".repeat(10_000))
        .file("foo/empty", "")
        .write(folder);
  }

  /** Name → what the zip holds of it, compressed, and how. */
  private static Map<String, List<Object>> raw(Path wheel) throws IOException {
    Map<String, List<Object>> raw = new LinkedHashMap<>();
    try (ZipFile zip = ZipFile.builder().setPath(wheel).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        try (InputStream in = zip.getRawInputStream(entry)) {
          raw.put(
              entry.getName(),
              List.of(
                  java.util.HexFormat.of().formatHex(in.readAllBytes()),
                  entry.getMethod(),
                  entry.getCrc(),
                  entry.getTime(),
                  entry.getExternalAttributes()));
        }
      }
    }
    return raw;
  }

  private static String text(Path wheel, String name) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(wheel).get();
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void nameWheelAndRecordSayTheTagAndNothingElseChanges() throws IOException {
    Path wheel = wheel();
    Map<String, List<Object>> before = raw(wheel);
    Path tagged = retag(wheel, "2");
    assertThat(tagged).isEqualTo(folder.resolve("foo-1.0-2-py3-none-any.whl"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(tagged);
    }
    assertThat(text(tagged, "foo-1.0.dist-info/WHEEL")).endsWith("Tag: py3-none-any\nBuild: 2\n");
    Map<String, List<Object>> after = raw(tagged);
    assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
    for (String own : List.of("foo-1.0.dist-info/WHEEL", "foo-1.0.dist-info/RECORD")) {
      before.remove(own);
      after.remove(own);
    }
    assertThat(after).isEqualTo(before);
    byte[] record = text(tagged, "foo-1.0.dist-info/RECORD").getBytes(StandardCharsets.UTF_8);
    assertThat(RecordFile.parse(record).entries()).hasSize(7);
  }

  @Test
  void theResultPassesTheInspector() throws IOException {
    Path tagged = retag(wheel(), "12");
    WheelInspection inspection =
        new WheelInspector().inspect(tagged, String.valueOf(tagged.getFileName()));
    assertThat(inspection.problems()).isEmpty();
    assertThat(inspection.isSound()).isTrue();
  }

  @Test
  void aPureWheelCanBeForSomePythonsOnly() throws IOException {
    Path tagged =
        WheelRetagger.retagFor(wheel(), BuildTag.parse("3"), List.of("cp39", "cp310", "cp39"));

    assertThat(tagged).isEqualTo(folder.resolve("foo-1.0-3-cp310.cp39-none-any.whl"));
    assertThat(text(tagged, "foo-1.0.dist-info/WHEEL"))
        .endsWith("Tag: cp310-none-any\nTag: cp39-none-any\nBuild: 3\n")
        .doesNotContain("py3");
    assertThat(new WheelInspector().inspect(tagged).problems()).isEmpty();
  }

  @Test
  void pipInstallsTheResult() throws Exception {
    Interpreter python = Pythons.one();
    Path tagged = retag(wheel(), "3");
    Path target = folder.resolve("installed");
    Process pip =
        new ProcessBuilder(
                python.executable().toString(),
                "-m",
                "pip",
                "install",
                "--no-index",
                "--no-deps",
                "--disable-pip-version-check",
                "--target",
                target.toString(),
                tagged.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(pip.waitFor()).as(output).isZero();
    assertThat(target.resolve("foo/data.bin")).hasSize(300_000);
    assertThat(target.resolve("foo-1.0.dist-info/WHEEL")).content().contains("Build: 3");
  }

  @Test
  void theSameWheelGetsTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(retag(wheel(), "1"));
    assertThat(Files.readAllBytes(retag(wheel(), "1"))).isEqualTo(first);
  }

  @Test
  void aWheelThatHasTheTagAlreadyIsNotLost() throws IOException {
    Path wheel = TestWheel.of("foo", "1.0").buildTag("1").write(folder);
    Path tagged = retag(wheel, "1");
    assertThat(tagged).isEqualTo(wheel);
    assertThat(new WheelInspector().inspect(tagged, "foo-1.0-1-py3-none-any.whl").isSound())
        .isTrue();
  }

  @Test
  void anotherTagOfTheBackEndIsReplaced() throws IOException {
    Path wheel = TestWheel.of("foo", "1.0").buildTag("7a").write(folder);
    Path tagged = retag(wheel, "2");
    assertThat(tagged.getFileName()).hasToString("foo-1.0-2-py3-none-any.whl");
    assertThat(text(tagged, "foo-1.0.dist-info/WHEEL"))
        .containsOnlyOnce("Build: 2")
        .doesNotContain("7a");
  }

  @Test
  void aBuildLineIsKnownInAnyCase() throws IOException {
    Path wheel =
        zip(
            Map.of(
                "foo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\r\nbuild: 9\r\n\r\n",
                "foo-1.0.dist-info/RECORD", "foo-1.0.dist-info/WHEEL,,\n"));
    assertThat(text(retag(wheel, "2"), "foo-1.0.dist-info/WHEEL"))
        .isEqualTo("Wheel-Version: 1.0\nBuild: 2\n");
  }

  @Test
  void aFileThatIsNoWheelIsRefusedAndLeftAsItIs() throws IOException {
    Path none = zip(Map.of("foo.py", ""));
    byte[] before = Files.readAllBytes(none);
    assertThatThrownBy(() -> retag(none, "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0 members *.dist-info/WHEEL");
    assertThat(Files.readAllBytes(none)).isEqualTo(before);
    Path two =
        zip(Map.of("a.dist-info/WHEEL", "", "b.dist-info/WHEEL", "", "a.dist-info/RECORD", ""));
    assertThatThrownBy(() -> retag(two, "1")).hasMessageContaining("2 members");
    Path garbage = Files.writeString(folder.resolve("bar-1.0-py3-none-any.whl"), "garbage");
    assertThatThrownBy(() -> retag(garbage, "1")).isInstanceOf(IOException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(two, garbage);
    }
  }

  @Test
  void aBombInPlaceOfItsRecordIsNotReadToTheEnd() throws IOException {
    Path bomb = folder.resolve("foo-1.0-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("foo-1.0.dist-info/WHEEL"));
      zip.putNextEntry(new ZipEntry("foo-1.0.dist-info/RECORD"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        zip.write(zeros);
      }
    }
    assertThatThrownBy(() -> retag(bomb, "1")).hasMessageContaining("RECORD is bigger than");
  }

  private Path zip(Map<String, String> members) throws IOException {
    Path file = folder.resolve("foo-1.0-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> member : new java.util.TreeMap<>(members).entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
