package io.github.wheelmirror.index;

import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.PythonTime;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the entries of one page that are files a Python installer could take. */
final class PageFiles {

  private static final List<String> ARCHIVES =
      List.of(
          ".whl",
          ".tar.gz",
          ".zip",
          ".tgz",
          ".tar",
          ".tar.bz2",
          ".tbz",
          ".tar.xz",
          ".txz",
          ".tlz",
          ".tar.lz",
          ".tar.lzma");
  private static final Pattern FRAGMENT_HASH =
      Pattern.compile("(?:^|&)(sha512|sha384|sha256|sha224|sha1|md5)=([^&]*)");
  private static final int MOST_IGNORED = 1000;

  private final String index;
  private final Function<URI, Optional<String>> portable;
  private final List<RemoteFile> files = new ArrayList<>();
  private final List<IgnoredFile> ignored = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private String newerVersion = "";

  /**
   * An empty page.
   *
   * @param index what {@link RemoteFile#index} says
   * @param portable the form in which a link may travel; empty for a link that may not be followed
   */
  PageFiles(String index, Function<URI, Optional<String>> portable) {
    this.index = index;
    this.portable = portable;
  }

  /** Whether installers know the file's kind by its name. */
  static boolean isArchive(String filename) {
    for (String archive : ARCHIVES) {
      if (filename.endsWith(archive)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the entry, or notes why not; the same URL counts once, as in pip. */
  void add(URI base, PageEntry entry) {
    String shown = entry.filename().isEmpty() ? entry.link() : entry.filename();
    try {
      addChecked(LinkResolver.resolve(base, entry.link()), entry);
    } catch (URISyntaxException e) {
      ignore(shown, "its link is no URL");
    } catch (IllegalArgumentException e) {
      ignore(shown, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks the page's version.
   *
   * @throws MalformedPageException if pages of this version may mean something else
   */
  void version(String version) throws MalformedPageException {
    newerVersion = ApiVersion.isNewer(version) ? version : "";
  }

  /** The page's version if it is newer than all that are known, else empty. */
  String newerVersion() {
    return newerVersion;
  }

  /** Notes an entry that is not even one. */
  void ignore(String entry, String reason) {
    if (ignored.size() < MOST_IGNORED) {
      String shown = entry.contains("://") ? SafeUrl.of(entry) : Printable.of(entry);
      ignored.add(new IgnoredFile(shown, Printable.of(reason)));
    }
  }

  List<RemoteFile> files() {
    return List.copyOf(files);
  }

  /** At most the first thousand. */
  List<IgnoredFile> ignored() {
    return List.copyOf(ignored);
  }

  private void addChecked(URI url, PageEntry entry) throws URISyntaxException {
    String filename = entry.filename().isEmpty() ? LinkResolver.lastPart(url) : entry.filename();
    String problem = RemoteFile.problemOf(filename);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("its file name " + problem);
    }
    if (!isArchive(filename)) {
      throw new IllegalArgumentException("it is neither a wheel nor a source archive");
    }
    Map<String, String> hashes = new TreeMap<>(entry.hashes());
    hashes.putAll(fragmentHash(url));
    String link =
        portable
            .apply(LinkResolver.withoutSecrets(url))
            .orElseThrow(() -> new IllegalArgumentException("its link leads elsewhere than http"));
    if (!seen.add(link)) {
      return;
    }
    files.add(
        new RemoteFile(
            filename,
            link,
            strong(hashes),
            entry.requiresPython().strip(),
            entry.yanked(),
            entry.yanked() ? entry.yankedReason() : "",
            instant(entry.uploadTime()),
            entry.size(),
            entry.hasMetadata() ? strong(entry.metadataHashes()) : Map.of(),
            entry.hasMetadata(),
            index));
  }

  private static Map<String, String> fragmentHash(URI url) {
    Matcher matcher = FRAGMENT_HASH.matcher(String.valueOf(url.getRawFragment()));
    return matcher.find() ? Map.of(matcher.group(1), matcher.group(2)) : Map.of();
  }

  private static Map<String, String> strong(Map<String, String> hashes) {
    Map<String, String> strong = new TreeMap<>();
    hashes.forEach(
        (algorithm, value) -> {
          if (RemoteFile.isStrong(algorithm)) {
            strong.put(algorithm, value.toLowerCase(Locale.ROOT));
          }
        });
    return strong;
  }

  /**
   * Whether {@link java.time.Instant} prints the text as it is: in UTC, with none, three or six
   * digits of a second that do not end in a group of zeros. So most indexes write it, and the
   * general reader is slow; what is not sure is left to it.
   */
  private static boolean isNormalInstant(String text) {
    int length = text.length();
    if ((length != 20 && length != 24 && length != 27) || text.startsWith("0000")) {
      return false;
    }
    String form = "dddd-dd-ddTdd:dd:dd.dddddd";
    for (int i = 0; i < length - 1; i++) {
      char character = text.charAt(i);
      boolean digit = character >= '0' && character <= '9';
      if (form.charAt(i) == 'd' ? !digit : character != form.charAt(i)) {
        return false;
      }
    }
    return text.charAt(length - 1) == 'Z'
        && isBetween(text, 5, 1, 12)
        && isBetween(text, 8, 1, 28)
        && isBetween(text, 11, 0, 23)
        && isBetween(text, 14, 0, 59)
        && isBetween(text, 17, 0, 59)
        && (length == 20 || !text.regionMatches(length - 4, "000", 0, 3));
  }

  private static boolean isBetween(String text, int at, int least, int most) {
    int number = 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    return number >= least && number <= most;
  }

  /** The time as pages tell it; empty for what is none. */
  static String instant(String text) {
    if (text.isEmpty() || isNormalInstant(text)) {
      return text;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      // PEP 700 has at most microseconds, and older pips read no page that has more
      return PythonTime.hasYear(time.getYear())
          ? time.toInstant().truncatedTo(ChronoUnit.MICROS).toString()
          : "";
    } catch (DateTimeException e) {
      // The time is only shown, so a wrong one is an unknown one.
      return "";
    }
  }
}
