package io.github.wheelmirror.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A project page or a find-links page in HTML (PEP 503 with 592, 629, 658 and 714). */
final class HtmlProjectPage {

  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([a-z0-9._:-]+)");
  private static final Pattern HASH = Pattern.compile("(sha256|sha384|sha512)=([0-9A-Fa-f]+)");

  /** A tree of more elements than that fills the memory; a page has up to four for each file. */
  private static final int MOST_TAGS = 1_000_000;

  private HtmlProjectPage() {}

  /**
   * Adds the files that the page's anchors lead to.
   *
   * @param contentType the header, for its charset
   * @param url what links are relative to, unless the page has a {@code <base href>}
   * @throws MalformedPageException if it says to be of a version other than 1, or has more than a
   *     million tags
   */
  static void read(byte[] body, String contentType, URI url, PageFiles files)
      throws MalformedPageException {
    checkTags(body);
    Document page;
    try {
      page =
          Jsoup.parse(
              new ByteArrayInputStream(body), charset(contentType).name(), url.toASCIIString());
    } catch (IOException e) {
      throw new MalformedPageException("it is no HTML: " + e.getMessage(), e);
    }
    for (Element meta : page.select("meta[name=pypi:repository-version]")) {
      files.version(meta.attr("content").strip());
    }
    URI base = base(page, url);
    for (Element anchor : page.select("a[href]")) {
      if (!anchor.attr("href").isBlank()) {
        files.add(base, entry(anchor));
      }
    }
  }

  private static PageEntry entry(Element anchor) {
    String metadata = anchor.attr("data-core-metadata");
    if (!anchor.hasAttr("data-core-metadata")) {
      metadata = anchor.attr("data-dist-info-metadata");
    }
    Matcher hash = HASH.matcher(metadata.strip());
    return new PageEntry(
        "",
        anchor.attr("href"),
        Map.of(),
        anchor.attr("data-requires-python"),
        anchor.hasAttr("data-yanked"),
        anchor.attr("data-yanked"),
        "",
        -1,
        hash.matches() ? Map.of(hash.group(1), hash.group(2)) : Map.of(),
        !metadata.isBlank() && !metadata.strip().equalsIgnoreCase("false"));
  }

  private static void checkTags(byte[] body) throws MalformedPageException {
    int tags = 0;
    for (byte character : body) {
      tags += character == '<' ? 1 : 0;
    }
    if (tags > MOST_TAGS) {
      throw new MalformedPageException("it has more than " + MOST_TAGS + " tags", null);
    }
  }

  private static URI base(Document page, URI url) throws MalformedPageException {
    Element base = page.selectFirst("base[href]");
    if (base == null) {
      return url;
    }
    try {
      return LinkResolver.resolve(url, base.attr("href"));
    } catch (URISyntaxException e) {
      throw new MalformedPageException("its <base href> is no URL", e);
    }
  }

  private static Charset charset(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    if (!matcher.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(matcher.group(1));
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
