package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

  @TempDir Path root;

  @Test
  void aLinkIsRemovedAndNeverFollowed() throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "x");
    Path folder = Files.createDirectories(root.resolve("folder/deep"));
    Files.createSymbolicLink(folder.resolve("link"), outside);
    Files.createSymbolicLink(folder.resolve("dangling"), root.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Folders.remove(root.resolve("folder"));
    assertThat(root.resolve("folder")).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void aFolderThatIsItselfALinkLosesOnlyTheLink() throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "x");
    Path link = Files.createSymbolicLink(root.resolve("link"), outside);
    Folders.remove(link);
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(precious).exists();
  }

  @Test
  void readOnlyFoldersGoToo() throws IOException {
    Path inner = Files.createDirectories(root.resolve("folder/inner"));
    Files.writeString(inner.resolve("file"), "x");
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r-x------"));
    Folders.empty(root.resolve("folder"));
    assertThat(root.resolve("folder")).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereIsNoProblem() throws IOException {
    Folders.remove(root.resolve("nothing"));
    Folders.empty(root.resolve("nothing/new"));
    assertThat(root.resolve("nothing/new")).isEmptyDirectory();
  }
}
