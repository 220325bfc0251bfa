package io.github.wheelmirror.index;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pages on disk, one file each, under the digest of their URL.
 *
 * <p>A file is replaced by one rename and names the digest of its body, so any number of processes
 * may share the folder without a lock: a reader sees one whole page or another, and takes a damaged
 * one for missing.
 */
final class PageCache {

  private static final String FORMAT = "wheel-mirror page 1";
  private static final int MOST_HEADER_BYTES = 65_536;
  private static final Duration USED_AGAIN = Duration.ofDays(1);

  private final Path folder;

  PageCache(Path folder) {
    this.folder = folder;
  }

  /** The last page that was stored for the URL. */
  Optional<CachedPage> find(URI url) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file(url));
      use(file(url));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int end = headerEnd(content);
    if (end < 0) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(content, end, content.length);
    return parsed(new String(content, 0, end, StandardCharsets.UTF_8), url, body);
  }

  /** The file's time is the day of its last use, see goal clean-wheelhouse. */
  private static void use(Path file) throws IOException {
    Instant now = Instant.now();
    if (Files.getLastModifiedTime(file).toInstant().plus(USED_AGAIN).isBefore(now)) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }

  /** Stores the page in place of the one before. */
  void store(URI asked, CachedPage page) throws IOException {
    String header =
        FORMAT
            + "\nasked "
            + asked
            + "\nstatus "
            + page.status()
            + "\nurl "
            + page.url()
            + "\ntype "
            + page.contentType()
            + "\netag "
            + page.etag()
            + "\nmodified "
            + page.lastModified()
            + "\nbody "
            + Sha256.of(page.body())
            + "\n\n";
    ByteArrayOutputStream content = new ByteArrayOutputStream(header.length() + page.body().length);
    content.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    content.writeBytes(page.body());
    // not forced to disk: a reader checks the digest and takes a damaged page for missing
    AtomicFile.writeUnforced(file(asked), content.toByteArray());
  }

  private Path file(URI url) {
    String key = Sha256.of(url.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(key.substring(0, 2)).resolve(key);
  }

  private static int headerEnd(byte[] content) {
    for (int i = 1; i < Math.min(content.length, MOST_HEADER_BYTES); i++) {
      if (content[i] == '\n' && content[i - 1] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static Optional<CachedPage> parsed(String header, URI asked, byte[] body) {
    String[] lines = header.split("\n", -1);
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    String status = values.getOrDefault("status", "");
    boolean whole =
        lines[0].equals(FORMAT)
            && asked.toString().equals(values.get("asked"))
            && Sha256.of(body).equals(values.get("body"))
            && (status.equals("200") || status.equals("404"));
    if (!whole) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CachedPage(
              Integer.parseInt(status),
              new URI(values.getOrDefault("url", "")),
              values.getOrDefault("type", ""),
              values.getOrDefault("etag", ""),
              values.getOrDefault("modified", ""),
              body));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
