package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoWordsTest {

  @TempDir Path folder;

  @Test
  void aMissingFileIsNamedAsMissing() {
    Path file = folder.resolve("absent");
    IOException failure = catchThrowableOfType(IOException.class, () -> Files.readAllBytes(file));
    assertThat(IoWords.of(failure)).isEqualTo(file + ": there is no such file or folder");
  }

  @Test
  void aFileInTheWayOfAFolderIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    IOException failure =
        catchThrowableOfType(IOException.class, () -> Files.createDirectories(file));
    assertThat(IoWords.of(failure)).isEqualTo(file + ": something else is in the way");
  }

  @Test
  void aLinkToADiskThatIsNotMountedIsToldAsThat() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk").resolve("mirror"));
    IOException failure =
        catchThrowableOfType(IOException.class, () -> Files.createDirectories(link));
    assertThat(IoWords.of(failure)).isEqualTo(link + ": " + IoWords.LEADS_TO_NOTHING);
  }

  @Test
  void ofAMoveBothFilesAreNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path inTheWay = Files.createDirectories(folder.resolve("target/full")).getParent();
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> Files.move(file, inTheWay, StandardCopyOption.ATOMIC_MOVE));
    assertThat(IoWords.of(failure)).isEqualTo(file + " to " + inTheWay + ": Is a directory");
  }

  @Test
  void otherFailuresKeepTheWordsOfTheSystem() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    IOException failure =
        catchThrowableOfType(IOException.class, () -> Files.createFile(file.resolve("below")));
    assertThat(IoWords.of(failure)).isEqualTo(file.resolve("below") + ": Not a directory");
    assertThat(IoWords.of(new IOException("the disk is on fire"))).isEqualTo("the disk is on fire");
    assertThat(IoWords.of(new IOException())).isEqualTo("no reason is given (IOException)");
  }

  @Test
  void aServerThatIsDownOrUnknownIsToldWithoutAClassName() {
    assertThat(IoWords.of(new UnknownHostException("nowhere")))
        .isEqualTo("no host is called nowhere");
    ConnectException refused = new ConnectException();
    assertThat(IoWords.of(refused)).isEqualTo("nothing answers at this address");
    refused.initCause(new UnresolvedAddressException());
    assertThat(IoWords.of(refused)).isEqualTo("no host has this name");
  }
}
