package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads pages: one that its server lets be used without asking again (RFC 9111, 4.2) is taken from
 * the cache, of any other the server is asked whether it is still right.
 */
final class PageFetcher {

  /** What pip asks for: JSON rather than HTML (PEP 691). */
  private static final String ACCEPT =
      "application/vnd.pypi.simple.v1+json,"
          + " application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01";

  private final HttpExchange exchange;
  private final RetryPolicy retries;
  private final PageCache cache;
  private final Limits limits;
  private final Counters counters;
  private final Consumer<String> warnings;
  private final Seen seen;

  /**
   * Bounds.
   *
   * @param total the longest time for one page
   * @param pageBytes the biggest page, packed or unpacked
   * @param offline whether only the cache may be used
   * @param anew whether servers are asked even when they said that they need not be
   */
  record Limits(Duration total, int pageBytes, boolean offline, boolean anew) {}

  PageFetcher(
      HttpExchange exchange,
      RetryPolicy retries,
      PageCache cache,
      Limits limits,
      Counters counters,
      Consumer<String> warnings,
      Seen seen) {
    this.exchange = exchange;
    this.retries = retries;
    this.cache = cache;
    this.limits = limits;
    this.counters = counters;
    this.warnings = warnings;
    this.seen = seen;
  }

  /** Makes something of a page; {@link MalformedPageException} if it is not what it says. */
  interface Reader<T> {
    T read(CachedPage page) throws MalformedPageException;
  }

  /**
   * What the reader makes of the page at the URL; a page that does not exist is read too. Only a
   * page that could be read is kept.
   *
   * @throws MirrorException if that cannot be found out
   */
  <T> T fetch(URI url, Reader<T> reader) {
    Optional<PageCache.Kept> known = find(url);
    if (limits.offline()) {
      PageCache.Kept kept = known.orElseThrow(() -> missing(url));
      useOffline(kept);
      seen.fact(kept.file(), kept.fact());
      return read(url, kept.page(), reader);
    }
    if (known.isPresent() && !limits.anew() && known.get().isFresh(Instant.now())) {
      seen.fact(known.get().file(), known.get().fact());
      seen.until(known.get().freshUntil());
      return read(url, known.get().page(), reader);
    }
    counters.pageRequest();
    return retries.run("reading " + SafeUrl.of(url), () -> attempt(url, known, reader));
  }

  private <T> T read(URI url, CachedPage page, Reader<T> reader) {
    try {
      return reader.read(page);
    } catch (MalformedPageException e) {
      throw NoProjectPage.of(url, e, exchange);
    }
  }

  private <T> T attempt(URI url, Optional<PageCache.Kept> known, Reader<T> reader)
      throws IOException, InterruptedException {
    Instant asked = Instant.now();
    Page page = ask(url, known.map(PageCache.Kept::page));
    try {
      T result = reader.read(page.content());
      store(url, known, page.content(), page.age().plus(Duration.between(asked, Instant.now())));
      return result;
    } catch (MalformedPageException e) {
      if (page.mayBeCut()) {
        throw e;
      }
      throw NoProjectPage.of(url, e, exchange);
    }
  }

  /**
   * A page.
   *
   * @param age how long ago the server knew that it was right
   * @param mayBeCut whether the server left open how long it is
   */
  private record Page(CachedPage content, Duration age, boolean mayBeCut) {}

  private Page ask(URI url, Optional<CachedPage> known) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    HttpExchange.Question question =
        new HttpExchange.Question(
            url, step -> headers(step, known), HttpExchange.Patience.upTo(limits.total()));
    HttpExchange.Answer answer =
        exchange.get(
            question,
            info -> {
              body.reset();
              return bytes -> collect(url, bytes, body);
            });
    counters.bytes(body.size());
    Duration age = Freshness.age(answer);
    Duration freshFor = Freshness.of(url, answer);
    return switch (answer.status()) {
      case 304 -> {
        counters.notModified();
        CachedPage page = known.orElseThrow(() -> unexpected(answer));
        boolean told = !answer.header("Cache-Control").isEmpty();
        yield new Page(told ? page.withFreshFor(freshFor) : page, age, false);
      }
      case 404, 410 -> new Page(absent(404, answer, freshFor), age, false);
      case 403 -> {
        warnings.accept(
            SafeUrl.of(answer.url().resolve("/"))
                + " answers 403, as S3 does for what it does not have: projects are taken for"
                + " absent there");
        yield new Page(absent(403, answer, Duration.ZERO), age, false);
      }
      case 200 -> page(answer, freshFor, age, body.toByteArray());
      default -> throw unexpected(answer);
    };
  }

  private static CachedPage absent(int status, HttpExchange.Answer answer, Duration freshFor) {
    return new CachedPage(status, answer.url(), "", "", "", freshFor, new byte[0]);
  }

  private Page page(HttpExchange.Answer answer, Duration freshFor, Duration age, byte[] body)
      throws IOException {
    CachedPage page =
        new CachedPage(
            200,
            answer.url(),
            answer.header("Content-Type"),
            answer.header("ETag"),
            answer.header("Last-Modified"),
            freshFor,
            unpacked(answer, body));
    boolean endsKnown =
        !answer.header("Content-Length").isEmpty() || !answer.header("Transfer-Encoding").isEmpty();
    if (!endsKnown && isCutHtml(page)) {
      throw new IOException("the page ends before its </html>");
    }
    return new Page(page, age, !endsKnown);
  }

  /** What is left of a page without its end would be a page with fewer files. */
  private static boolean isCutHtml(CachedPage page) {
    if (!page.contentType().toLowerCase(Locale.ROOT).contains("html")) {
      return false;
    }
    String text = new String(page.body(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return text.contains("<html") && !text.contains("</html");
  }

  private static Map<String, String> headers(URI step, Optional<CachedPage> known) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", ACCEPT);
    headers.put("Accept-Encoding", "gzip");
    headers.put("Cache-Control", "max-age=0");
    known
        .filter(page -> page.canBeRevalidated() && page.url().equals(step))
        .ifPresent(
            page -> {
              if (!page.etag().isEmpty()) {
                headers.put("If-None-Match", page.etag());
              }
              if (!page.lastModified().isEmpty()) {
                headers.put("If-Modified-Since", page.lastModified());
              }
            });
    return headers;
  }

  private void collect(URI url, ByteBuffer bytes, ByteArrayOutputStream body) {
    if ((long) body.size() + bytes.remaining() > limits.pageBytes()) {
      throw tooBig(url);
    }
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    body.write(piece, 0, piece.length);
  }

  private byte[] unpacked(HttpExchange.Answer answer, byte[] body) throws IOException {
    String encoding = answer.header("Content-Encoding").strip().toLowerCase(Locale.ROOT);
    if (encoding.isEmpty() || encoding.equals("identity")) {
      return body;
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      throw NoProjectPage.of(
          answer.url(), "it comes in the encoding '" + Printable.of(encoding) + "'");
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(limits.pageBytes());
      if (in.read() >= 0) {
        throw tooBig(answer.url());
      }
      return plain;
    }
  }

  private Optional<PageCache.Kept> find(URI url) {
    try {
      return cache.find(url);
    } catch (IOException e) {
      warnings.accept(
          "the page cache cannot be read, so pages are asked for again: " + IoWords.of(e));
      return Optional.empty();
    }
  }

  private void useOffline(PageCache.Kept kept) {
    try {
      cache.useOffline(kept);
    } catch (IOException e) {
      // a cache that cannot be written serves all the same
      seen.doubt("the page cache cannot be written");
    }
  }

  /** Keeps what was read; what is kept already is only right once more. */
  private void store(URI url, Optional<PageCache.Kept> known, CachedPage page, Duration age) {
    try {
      if (known.isPresent() && page.isSameAs(known.get().page())) {
        note(url, page, age, cache.confirm(known.get(), age));
      } else {
        note(url, page, age, cache.store(url, page, age));
      }
    } catch (IOException e) {
      seen.doubt("the page cache cannot be written");
      warnings.accept(
          "the page cache cannot be written, so the next run asks again: " + IoWords.of(e));
    }
  }

  private void note(URI url, CachedPage page, Duration age, String fact) {
    if (fact.isEmpty() || page.freshFor().isZero()) {
      seen.doubt(SafeUrl.of(url) + " has to be asked for each time");
    } else {
      seen.touched(cache.file(url), fact);
      seen.until(Instant.now().minus(age).plus(page.freshFor()));
    }
  }

  private MirrorException tooBig(URI url) {
    return NoProjectPage.of(url, "it is bigger than " + limits.pageBytes() + " bytes");
  }

  private static MirrorException unexpected(HttpExchange.Answer answer) {
    return NoProjectPage.of(answer.url(), "the server answered " + answer.status());
  }

  private static MirrorException missing(URI url) {
    return MirrorException.input(
        SafeUrl.of(url) + " is not in the cache",
        "Maven is offline and the page was never read from here",
        "run once without -o");
  }
}
