package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.build.SourcePatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SourcePatcherTest {

  private static final Instant TIME = Instant.parse("2020-05-05T00:00:00Z");
  private static final String CHANGE =
      """
      --- a/setup.py
      +++ b/setup.py
      @@ -1,3 +1,3 @@
       one
      -two
      +TWO
       three
      """;

  @TempDir Path folder;
  private Path top;

  @BeforeEach
  void tree() throws IOException {
    top = Files.createDirectory(folder.resolve("demo-1.0"));
    write("setup.py", "one\ntwo\nthree\n");
  }

  private void write(String path, String content) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private String read(String path) throws IOException {
    return Files.readString(top.resolve(path), StandardCharsets.UTF_8);
  }

  private void apply(String patch) throws IOException, PatchMisfitException {
    new SourcePatcher(top, TIME).apply(new SourcePatch("fix.patch", patch));
  }

  private void assertMisfit(String patch, String... words) {
    assertThatThrownBy(() -> apply(patch))
        .isInstanceOf(PatchMisfitException.class)
        .message()
        .startsWith("patch fix.patch does not apply to ")
        .contains(words);
  }

  @Test
  void lineTakesThePlaceOfAnother() throws Exception {
    apply(CHANGE);

    assertThat(read("setup.py")).isEqualTo("one\nTWO\nthree\n");
  }

  @Test
  void wordsAndSignatureAroundAPatchOfGitAreNoMatter() throws Exception {
    apply(
        "From 1234 Mon Sep 17\nSubject: fix\n\nIt - really +\n---\n setup.py | 2 +-\n\n"
            + "diff --git a/setup.py b/setup.py\nindex 1..2 100644\n"
            + CHANGE
            + "-- \n2.39.5\n\n");

    assertThat(read("setup.py")).isEqualTo("one\nTWO\nthree\n");
  }

  @Test
  void filesAreMadeDeletedAndMadePrograms() throws Exception {
    write("old.py", "gone\n");
    write("tool", "#!/bin/sh\n");
    apply(
        """
        diff --git a/old.py b/old.py
        deleted file mode 100644
        index 1..0
        --- a/old.py
        +++ /dev/null
        @@ -1 +0,0 @@
        -gone
        diff --git a/new/deep/er.py b/new/deep/er.py
        new file mode 100755
        index 0..1
        --- /dev/null
        +++ b/new/deep/er.py
        @@ -0,0 +1,2 @@
        +a
        +b
        \\ No newline at end of file
        diff --git a/empty.py b/empty.py
        new file mode 100644
        index 0..e69
        diff --git a/tool b/tool
        old mode 100644
        new mode 100755
        diff -Nru a/plain.py b/plain.py
        --- a/plain.py\t1970-01-01 00:00:00.000000000 +0000
        +++ b/plain.py\t2020-01-01 00:00:00.000000000 +0000
        @@ -0,0 +1 @@
        +plain
        """);

    assertThat(top.resolve("old.py")).doesNotExist();
    assertThat(read("new/deep/er.py")).isEqualTo("a\nb");
    assertThat(Files.isExecutable(top.resolve("new/deep/er.py"))).isTrue();
    assertThat(read("empty.py")).isEmpty();
    assertThat(Files.isExecutable(top.resolve("tool"))).isTrue();
    assertThat(read("tool")).isEqualTo("#!/bin/sh\n");
    assertThat(read("plain.py")).isEqualTo("plain\n");
  }

  @Test
  void hunksMayHaveMovedTogetherButEachNeedsAllItsLines() throws Exception {
    List<String> lines = new ArrayList<>(IntStream.range(0, 40).mapToObj(i -> "l" + i).toList());
    lines.addAll(0, List.of("new", "new"));
    write("a.py", String.join("\n", lines) + "\n");
    String patch =
        """
        --- a/a.py
        +++ b/a.py
        @@ -3,3 +3,4 @@
         l2
         l3
        +added
         l4
        @@ -30,3 +31,2 @@
         l29
        -l30
         l31
        """;
    apply(patch);

    assertThat(read("a.py")).contains("l3\nadded\nl4\n").doesNotContain("l30\n").contains("l31\n");
    assertMisfit(patch, "a.py", "hunk 1 of 2 (line 3 of the patch)", "'l0', not 'l2'");
  }

  @Test
  void changeThatIsThereAlreadyAndLinesThatDifferAreTold() throws Exception {
    apply(CHANGE);
    assertMisfit(CHANGE, "setup.py: hunk 1 of 1 (line 3 of the patch)", "are there already");
    write("setup.py", "one\n2\nthree\n");
    assertMisfit(CHANGE, "line 2 of the file is '2', not 'two'");
    write("setup.py", "one\n");
    assertMisfit(CHANGE, "the file ends before line 2");
    Files.delete(top.resolve("setup.py"));
    assertMisfit(CHANGE, "the source has no such file");
  }

  @Test
  void lineEndsAreLinesToo() throws Exception {
    write("setup.py", "one\r\ntwo\r\nthree\r\n");
    assertMisfit(CHANGE, "another line end (CR LF or none)");
    apply(
        "--- a/setup.py\r\n+++ b/setup.py\r\n@@ -1,3 +1,3 @@\r\n one\r\n-two\r\n+TWO\r\n three\r\n");
    assertThat(read("setup.py")).isEqualTo("one\r\nTWO\r\nthree\r\n");

    write("setup.py", "one\ntwo\nthree");
    assertMisfit(CHANGE, "line 3 of the file", "another line end");
    apply(CHANGE.replace(" three\n", " three\n\\ No newline at end of file\n"));
    assertThat(read("setup.py")).isEqualTo("one\nTWO\nthree");
  }

  @Test
  void endOfAFileIsNotLookedForInItsMiddle() throws Exception {
    write("a.py", "x\ny\nx\ny\nz\n");
    String append = "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n x\n y\n+last\n";
    assertMisfit(append, "its last line is not the last one of the file");
    assertMisfit(
        "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,1 @@\n-y\n x\n", "line 1 of the file is 'x', not 'y'");
    assertMisfit("--- a/a.py\n+++ b/a.py\n@@ -1 +0,0 @@\n-y\n", "'x', not 'y'");
  }

  @Test
  void bytesThatAreNoUtf8Stay() throws Exception {
    byte[] latin = "# caf\u00e9\none\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(top.resolve("a.py"), latin);
    apply("--- a/a.py\n+++ b/a.py\n@@ -2 +2 @@\n-one\n+\u00fcber\n");

    byte[] there = Files.readAllBytes(top.resolve("a.py"));
    assertThat(there).startsWith("# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(there).endsWith("\u00fcber\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void patchedFileHasTheTimeOfTheSdistUnlessItIsNewer() throws Exception {
    Path file = top.resolve("setup.py");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2019-01-01T00:00:00Z")));
    apply(CHANGE);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);

    write("setup.py", "one\ntwo\nthree\n");
    Instant later = Instant.parse("2021-01-01T00:00:00Z");
    Files.setLastModifiedTime(file, FileTime.from(later));
    apply(CHANGE);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(later);
  }

  @Test
  void linksOfTheSourceAreNotFollowed() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.py"), "one\ntwo\nthree\n");
    Path inside = top.resolve("inside.py");
    Files.createSymbolicLink(inside, outside);
    Files.createSymbolicLink(top.resolve("out"), folder);
    Files.createSymbolicLink(top.resolve("dangling"), folder.resolve("absent"));

    assertMisfit(CHANGE.replace("setup.py", "inside.py"), "'inside.py' is no plain file");
    assertMisfit(CHANGE.replace("setup.py", "out/outside.py"), "'out' is no plain folder");
    assertMisfit(CHANGE.replace("setup.py", "setup.py/x"), "'setup.py' is no plain folder");
    assertMisfit(
        "--- /dev/null\n+++ b/dangling\n@@ -0,0 +1 @@\n+x\n", "'dangling' is no plain file");
    assertMisfit(
        "--- /dev/null\n+++ b/out/new.py\n@@ -0,0 +1 @@\n+x\n", "'out' is no plain folder");
    assertMisfit("--- a/out\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n", "'out' is no plain file");
    assertThat(outside).hasContent("one\ntwo\nthree\n");
    assertThat(folder.resolve("absent")).doesNotExist();
    assertThat(folder.resolve("new.py")).doesNotExist();
  }

  @Test
  void fileIsNeitherMadeTwiceNorDeletedInPart() throws Exception {
    assertMisfit("--- /dev/null\n+++ b/setup.py\n@@ -0,0 +1 @@\n+x\n", "is there already");
    assertMisfit("--- a/setup.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n", "has more lines");
    assertThat(read("setup.py")).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void hugeFilesAndFarHunksEndSoon() throws Exception {
    write("a.txt", "\n".repeat(1_000_001));
    assertMisfit(CHANGE.replace("setup.py", "a.txt"), "more than 1000000 lines");
    write("a.txt", "x\n".repeat(300_000));
    assertMisfit(
        "--- a/a.txt\n+++ b/a.txt\n@@ -999999999,2 +1,2 @@\n x\n-y\n+z\n", "finds no place");
    assertMisfit(
        "--- a/a.txt\n+++ b/a.txt\n@@ -999999999,2 +1,2 @@\n-y\n+z\n x\n", "finds no place");
  }

  /** Whatever a patch says: it is refused, misfits or stays inside. */
  @Test
  void mutilatedPatchesChangeNothingOutside() throws IOException {
    Random random = new Random(20261122);
    Path outside = Files.writeString(folder.resolve("outside.py"), "one\ntwo\nthree\n");
    String[] pieces = {
      "../",
      "/",
      "a/../../",
      "\0",
      "\r\n",
      "\n",
      "\\ ",
      "@@ -1,3 +1,3 @@\n",
      "@@ -0,0 +1 @@\n",
      "--- ",
      "+++ ",
      "/dev/null",
      "diff --git ",
      "new file mode 120000\n",
      "deleted file mode 100644\n",
      "-",
      "+",
      " ",
      "999999999",
      "outside.py",
      "\"",
      "\t"
    };
    for (int i = 0; i < 1000; i++) {
      StringBuilder patch = new StringBuilder(CHANGE);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(patch.length());
        int end = Math.min(patch.length(), at + random.nextInt(8));
        patch.replace(at, end, pieces[random.nextInt(pieces.length)]);
      }
      write("setup.py", "one\ntwo\nthree\n");
      try {
        apply(patch.toString());
      } catch (IllegalArgumentException | PatchMisfitException refused) {
        assertThat(refused.getMessage()).contains("patch fix.patch");
      }
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactlyInAnyOrder(top, outside);
      }
      assertThat(outside).hasContent("one\ntwo\nthree\n");
    }
  }
}
