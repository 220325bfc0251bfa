package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.RemoteFile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostilePagesTest {

  private static final URI URL = URI.create("https://h/simple/foo/");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\"files\":[",
          "\"filename\":",
          "\"url\":",
          "\"foo-1.0.zip\"",
          "\"../x.whl\"",
          "\"hashes\":{\"sha256\":\"",
          "null",
          "true",
          "1e999",
          "-0",
          "\"meta\":{\"api-version\":\"1.0\"}",
          "\"yanked\":",
          "\"size\":",
          "\u0000",
          "\ud800",
          "\\ud800",
          "<a href=\"",
          "\">",
          "</a>",
          "<base href=\"",
          "//",
          "http://",
          "%zz",
          "%2e%2e/",
          "#sha256=",
          "data-yanked",
          "<!--",
          "<script>",
          "<![CDATA[",
          "&#0;",
          "&#x110000;",
          "javascript:",
          "file:///etc/passwd",
          "foo-1.0.tar.gz",
          "\u202e",
          "?",
          "@",
          "[::1",
          " ");

  @Test
  void anyBytesGiveFilesOrTheParsersOwnException() {
    Random random = new Random(20_260_101);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = body(random);
      PageFiles files = new PageFiles("i", link -> Optional.of(link.toString()));
      try {
        if (random.nextBoolean()) {
          JsonProjectPage.read(body, URL, files);
        } else {
          HtmlProjectPage.read(body, "text/html", URL, files);
        }
      } catch (MalformedPageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      for (RemoteFile file : files.files()) {
        assertThat(RemoteFile.problemOf(file.filename())).isEmpty();
      }
    }
  }

  private static byte[] body(Random random) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      body.writeBytes("{\"files\":[{".getBytes(StandardCharsets.UTF_8));
    }
    int pieces = random.nextInt(30);
    for (int i = 0; i < pieces; i++) {
      if (random.nextInt(8) == 0) {
        body.write(random.nextInt(256));
      } else {
        body.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
      }
    }
    return body.toByteArray();
  }
}
