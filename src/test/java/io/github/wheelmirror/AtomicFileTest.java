package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void whatIsNoFileIsNotReplacedByOne() throws IOException {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> AtomicFile.write(socket, new byte[1]))
          .hasMessageContaining("socket: it is a device, a pipe or a socket, and no file");
      assertThatThrownBy(() -> AtomicFile.writeStream(socket, out -> out.write(1)))
          .hasMessageContaining("no file");
      assertThat(Files.readAttributes(socket, BasicFileAttributes.class).isOther()).isTrue();
      assertThat(folder.toFile().list()).containsExactly("socket");
    }
  }
}
