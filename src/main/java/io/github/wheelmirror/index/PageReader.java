package io.github.wheelmirror.index;

import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads remote pages by their content type, whatever their URL looks like. */
final class PageReader {

  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final List<String> HTML =
      List.of("application/vnd.pypi.simple.v1+html", "text/html");
  private static final String SIMPLE_API = "application/vnd.pypi.simple.";

  private final PageFetcher fetcher;
  private final Consumer<String> warnings;

  PageReader(PageFetcher fetcher, Consumer<String> warnings) {
    this.fetcher = fetcher;
    this.warnings = warnings;
  }

  /**
   * The files of a page.
   *
   * @param exists whether the server says that it has the page
   * @param refused whether it does not say so, but answers 403
   */
  record Listing(
      boolean exists, boolean refused, List<RemoteFile> files, List<IgnoredFile> ignored) {}

  /**
   * The files of a find-links page, in its order.
   *
   * @param index the files' {@link RemoteFile#index}
   */
  Listing read(URI url, String index) {
    return read(url, index, false);
  }

  /** The same for the page of one project: what answers for a page without files is looked at. */
  Listing readProject(URI url, String index) {
    return read(url, index, true);
  }

  private Listing read(URI url, String index, boolean project) {
    return fetcher.fetch(
        url,
        page -> {
          PageFiles files = new PageFiles(index, PageReader::remote);
          Listing listing = listing(page, files);
          if (!files.newerVersion().isEmpty()) {
            warnings.accept(
                "%s speaks version %s of the Simple API, which is newer than this plugin: what is new in it is passed over"
                    .formatted(SafeUrl.of(index), files.newerVersion()));
          }
          if (project && page.exists() && listing.files().isEmpty() && isInteractive(page)) {
            throw new LoginPageException();
          }
          return listing;
        });
  }

  /** What a login page or a captive portal has, and no project page. */
  private static boolean isInteractive(CachedPage page) {
    if (!HTML.contains(type(page))) {
      return false;
    }
    String text = new String(page.body(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return text.contains("<form")
        || (text.contains("http-equiv") && text.contains("refresh"))
        || (text.contains("<script") && !text.contains("<a "));
  }

  private static String type(CachedPage page) {
    return page.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Listing listing(CachedPage page, PageFiles files) throws MalformedPageException {
    if (!page.exists()) {
      return new Listing(false, page.isRefused(), List.of(), List.of());
    }
    String type = type(page);
    if (type.equals(JSON)) {
      JsonProjectPage.read(page.body(), page.url(), files);
    } else if (HTML.contains(type)) {
      HtmlProjectPage.read(page.body(), page.contentType(), page.url(), files);
    } else if (type.startsWith(SIMPLE_API)) {
      throw NoProjectPage.of(
          page.url(), "it has the type '" + Printable.of(type) + "'; this plugin reads version 1");
    } else {
      throw NoProjectPage.of(
          page.url(),
          "it comes with "
              + (type.isEmpty() ? "no content type" : "the type '" + Printable.of(type) + "'")
              + "; only text/html and "
              + JSON
              + " are pages");
    }
    return new Listing(true, false, files.files(), files.ignored());
  }

  /** Only the web: a remote page may not point at files of this machine. */
  private static Optional<String> remote(URI url) {
    String scheme = url.getScheme();
    boolean web =
        url.getHost() != null
            && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
    return web ? Optional.of(url.toString()) : Optional.empty();
  }
}
