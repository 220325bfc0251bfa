package io.github.wheelmirror.index;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/**
 * A page as a server gave it.
 *
 * @param status 200, 404 for "there is no such page", or 403, which may mean the same
 * @param url the final URL after redirects
 * @param contentType the header; empty if there was none
 * @param etag the header; empty if there was none
 * @param lastModified the header; empty if there was none
 * @param freshFor for how long its server says that it need not be asked again (RFC 9111, 4.2)
 * @param body decoded from gzip; empty unless the status is 200
 */
record CachedPage(
    int status,
    URI url,
    String contentType,
    String etag,
    String lastModified,
    Duration freshFor,
    byte[] body) {

  CachedPage {
    Objects.requireNonNull(url);
    Objects.requireNonNull(freshFor);
    if (status != 200 && status != 404 && status != 403) {
      throw new IllegalArgumentException("status " + status);
    }
  }

  boolean exists() {
    return status == 200;
  }

  boolean isRefused() {
    return status == 403;
  }

  boolean canBeRevalidated() {
    return exists() && !(etag.isEmpty() && lastModified.isEmpty());
  }

  /** The same page, about which a server said something else now. */
  CachedPage withFreshFor(Duration duration) {
    return new CachedPage(status, url, contentType, etag, lastModified, duration, body);
  }

  /** Whether storing the one in place of the other would change nothing. */
  boolean isSameAs(CachedPage other) {
    return status == other.status
        && url.equals(other.url)
        && contentType.equals(other.contentType)
        && etag.equals(other.etag)
        && lastModified.equals(other.lastModified)
        && freshFor.equals(other.freshFor)
        && Arrays.equals(body, other.body);
  }
}
