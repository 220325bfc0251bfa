package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.build.UnifiedDiff.FileDiff;
import io.github.wheelmirror.build.UnifiedDiff.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnifiedDiffTest {

  private static final String HUNK = "@@ -1 +1 @@ def f():\n-a\n+b\n";

  private static FileDiff only(String text) {
    List<FileDiff> files = UnifiedDiff.parse(text).files();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  @Test
  void firstPartOfAPathIsLeftOut() {
    FileDiff file = only("--- lxml-5.0.orig/src/x.py\t2020\n+++ lxml-5.0/src/x.py\t2021\n" + HUNK);

    assertThat(file.kind()).isEqualTo(Kind.CHANGE);
    assertThat(file.path()).isEqualTo("src/x.py");
    assertThat(file.hunks().get(0).before()).containsExactly("a\n");
    assertThat(file.hunks().get(0).after()).containsExactly("b\n");
    assertThat(file.hunks().get(0).line()).isEqualTo(3);
  }

  @Test
  void lineThatLooksLikeAHeaderBelongsToItsHunk() {
    FileDiff file = only("--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,1 @@\n--- a/comment\n x\n");

    assertThat(file.hunks().get(0).before()).containsExactly("-- a/comment\n", "x\n");
  }

  @Test
  void lastLineNeedsNoLineEndInThePatch() {
    FileDiff file = only("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c");

    assertThat(file.hunks().get(0).after()).containsExactly("b\n", "c\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "a/../x",
        "a/x/../../y",
        "a//etc/passwd",
        "a/./x",
        "a/",
        "x",
        "a/x\\y",
        "a/x\u0001",
        "../x",
        "\"a/\\303\\274\""
      })
  void pathThatIsNotInsideIsRefusedWithItsLine(String path) {
    String text = "--- " + path + "\n+++ " + path + "\n" + HUNK;
    if (path.equals("../x")) {
      // its first part is left out as any other
      assertThat(only(text).path()).isEqualTo("x");
      return;
    }
    assertThatThrownBy(() -> UnifiedDiff.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 1: ");
  }

  static List<Arguments> wrong() {
    String head = "--- a/x\n+++ b/x\n";
    return List.of(
        Arguments.of("", "no change in the form"),
        Arguments.of("hello\n", "no change in the form"),
        Arguments.of(HUNK, "line 1: a hunk without the file"),
        Arguments.of(head, "line 2: a hunk like"),
        Arguments.of(head + "@@ -1,2 +1,2 @@\n-a\n+b\n", "line 5: the patch ends in the middle"),
        Arguments.of(head + "@@ -1 +1 @@\n-a\n+b\n+c\n", "line 6: the hunk has more lines"),
        Arguments.of(head + "@@ -1 +1,2 @@\n-a\n-b\n", "line 5: the hunk has other lines"),
        Arguments.of(head + "@@ -1,2 +1,2 @@\n-a\nb\n", "line 5: a line of a hunk begins with"),
        Arguments.of(head + "@@ -0 +1 @@\n-a\n+b\n", "line 3: there is no line 0"),
        Arguments.of(head + "@@ -1 +1 @@\n\\ No newline\n-a\n+b\n", "line 4: no line before"),
        Arguments.of("--- /dev/null\n+++ /dev/null\n" + HUNK, "neither an old nor a new file"),
        Arguments.of(
            "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n",
            "line 3: it renames"),
        Arguments.of("diff --git a/x b/x\nnew file mode 120000\n", "line 2: it makes or changes"),
        Arguments.of("diff --git a/x b/x\nindex 1..2\nGIT binary patch\n", "line 3: it changes a"),
        Arguments.of("diff --git a/../x b/../x\nnew file mode 100644\n", "no path inside"),
        Arguments.of("diff --git a/x b/y\nnew file mode 100644\n", "two names for one file"),
        Arguments.of("diff --git a/x b/x\nindex 1..2\n", "line 1: a file without a change"),
        Arguments.of("Binary files a/x and b/x differ\n", "line 1: it changes a binary file"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeDoneIsRefusedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> UnifiedDiff.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void patchThatIsTooBigIsRefused() {
    assertThatThrownBy(
            () -> new SourcePatch("x.patch", "--- a/x\n+++ b/x\n" + HUNK + "#".repeat(1 << 20)))
        .hasMessage("the patch x.patch is bigger than 1024 KiB");
    assertThatThrownBy(() -> new SourcePatch("../x.patch", "--- a/x\n+++ b/x\n" + HUNK))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
