package io.github.wheelmirror.index;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Pages on disk, one file each, under the digest of their URL.
 *
 * <p>A file is replaced by one rename and names the checksum of its body, so any number of
 * processes may share the folder without a lock: a reader sees one whole page or another, and takes
 * a damaged one for missing. A file's time is when its page was last known to be right; it is the
 * day of its last use too, see goal clean-wheelhouse.
 */
final class PageCache {

  /** No server is believed for longer, and no use noted more often. */
  static final Duration LONGEST_FRESH = Duration.ofDays(1);

  private static final String FORMAT = "wheel-mirror page 2";
  private static final int MOST_HEADER_BYTES = 65_536;

  private final Path folder;

  PageCache(Path folder) {
    this.folder = folder;
  }

  /**
   * A page that was stored.
   *
   * @param file where
   * @param fact its {@link FileFact} from before it was read
   * @param right when it was last known to be right
   */
  record Kept(CachedPage page, Path file, String fact, Instant right) {

    /** When its server has to be asked again. */
    Instant freshUntil() {
      return right.plus(page.freshFor());
    }

    /** A clock that was put back makes nothing fresh. */
    boolean isFresh(Instant now) {
      return !right.isAfter(now) && now.isBefore(freshUntil());
    }
  }

  /** The last page that was stored for the URL. */
  Optional<Kept> find(URI url) throws IOException {
    Path file = file(url);
    BasicFileAttributes found;
    byte[] content;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class);
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int end = headerEnd(content);
    if (end < 0) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(content, end, content.length);
    return parsed(new String(content, 0, end, StandardCharsets.UTF_8), url, body)
        .map(
            page -> new Kept(page, file, FileFact.of(found), found.lastModifiedTime().toInstant()));
  }

  /**
   * The page was right this long ago.
   *
   * @return the file's {@link FileFact} now, {@code ""} if another run replaced it meanwhile
   */
  String confirm(Kept kept, Duration ago) throws IOException {
    Instant right = Instant.now().minus(ago);
    if (kept.page().freshFor().isZero() && kept.right().plus(LONGEST_FRESH).isAfter(right)) {
      return kept.fact();
    }
    Files.setLastModifiedTime(kept.file(), FileTime.from(right));
    String fact = FileFact.of(kept.file());
    return FileFact.isSameFile(fact, kept.fact()) ? fact : "";
  }

  /** The page is used although nobody can say whether it is right still. */
  void useOffline(Kept kept) throws IOException {
    Instant longAgo = Instant.now().minus(LONGEST_FRESH);
    if (kept.right().isBefore(longAgo.minus(LONGEST_FRESH))) {
      Files.setLastModifiedTime(kept.file(), FileTime.from(longAgo));
    }
  }

  /**
   * Stores the page, which was right this long ago, in place of the one before.
   *
   * @return its {@link FileFact}
   */
  String store(URI asked, CachedPage page, Duration ago) throws IOException {
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
            + "\nfresh "
            + page.freshFor().toSeconds()
            + "\nbody "
            + checksum(page.body())
            + "\n\n";
    ByteArrayOutputStream content = new ByteArrayOutputStream(header.length() + page.body().length);
    content.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    content.writeBytes(page.body());
    // not forced to disk: a reader checks the checksum and takes a damaged page for missing
    return AtomicFile.replaceUnforced(
        file(asked), content.toByteArray(), FileTime.from(Instant.now().minus(ago)));
  }

  /** Where the page of the URL is or belongs. */
  Path file(URI url) {
    String key = Sha256.of(url.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(key.substring(0, 2)).resolve(key);
  }

  /** It finds what a broken disk or a crash did; whoever may write here may write a digest too. */
  private static String checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return body.length + " " + HexFormat.of().toHexDigits((int) crc.getValue());
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
    String fresh = values.getOrDefault("fresh", "0");
    boolean whole =
        lines[0].equals(FORMAT)
            && asked.toString().equals(values.get("asked"))
            && checksum(body).equals(values.get("body"))
            && (status.equals("200") || status.equals("404") || status.equals("403"))
            && fresh.matches("\\d{1,5}");
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
              Duration.ofSeconds(Integer.parseInt(fresh)),
              body));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
