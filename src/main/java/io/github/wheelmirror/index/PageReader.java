package io.github.wheelmirror.index;

import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.RemoteFile;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads remote pages by their content type, whatever their URL looks like. */
final class PageReader {

  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final List<String> HTML =
      List.of("application/vnd.pypi.simple.v1+html", "text/html");
  private static final String SIMPLE_API = "application/vnd.pypi.simple.";

  private final PageFetcher fetcher;

  PageReader(PageFetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** The files of a page; {@code exists} is false if the server says that it has none. */
  record Listing(boolean exists, List<RemoteFile> files, List<IgnoredFile> ignored) {}

  /**
   * The page's files, in its order.
   *
   * @param index the files' {@link RemoteFile#index}
   */
  Listing read(URI url, String index) {
    Supplier<PageFiles> empty = () -> new PageFiles(index, PageReader::remote);
    return fetcher.fetch(url, page -> listing(page, empty.get()));
  }

  private static Listing listing(CachedPage page, PageFiles files) throws MalformedPageException {
    if (!page.exists()) {
      return new Listing(false, List.of(), List.of());
    }
    String type = page.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals(JSON)) {
      JsonProjectPage.read(page.body(), page.url(), files);
    } else if (HTML.contains(type)) {
      HtmlProjectPage.read(page.body(), page.contentType(), page.url(), files);
    } else if (type.startsWith(SIMPLE_API)) {
      throw PageFetcher.notAPage(
          page.url(), "it has the type '" + Printable.of(type) + "'; this plugin reads version 1");
    } else {
      throw PageFetcher.notAPage(
          page.url(),
          "it comes with "
              + (type.isEmpty() ? "no content type" : "the type '" + Printable.of(type) + "'")
              + "; only text/html and "
              + JSON
              + " are pages");
    }
    return new Listing(true, files.files(), files.ignored());
  }

  /** Only the web: a remote page may not point at files of this machine. */
  private static Optional<String> remote(URI url) {
    boolean web = url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?");
    return web ? Optional.of(url.toString()) : Optional.empty();
  }
}
