package io.github.wheelmirror.index;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One GET with its redirects: each step gets only its own host's credentials, none goes from https
 * to http, and neither a silent nor an endless server holds the run up.
 */
final class HttpExchange {

  private static final int MOST_REDIRECTS = 20;
  private static final long LOOK_EVERY_MILLIS = 50;

  private final HttpClientFactory clients;
  private final Authorizations authorizations;
  private final RetryPolicy retries;
  private final Semaphore permits;
  private final Duration idle;

  /**
   * Makes the exchange.
   *
   * @param permits one for each request that may run at once
   * @param idle the longest silence of a server
   */
  HttpExchange(
      HttpClientFactory clients,
      Authorizations authorizations,
      RetryPolicy retries,
      Semaphore permits,
      Duration idle) {
    this.clients = clients;
    this.authorizations = authorizations;
    this.retries = retries;
    this.permits = permits;
    this.idle = idle;
  }

  /** What to ask for: headers by URL, as a redirect may need others, and how long it may take. */
  record Question(URI url, Function<URI, Map<String, String>> headers, Patience patience) {}

  /**
   * When a server is left that still sends something.
   *
   * @param total the longest duration
   * @param grace how long it may be slower than {@code leastRate}
   * @param leastRate bytes per second, on average since the request
   */
  record Patience(Duration total, Duration grace, long leastRate) {

    /** Any rate is good enough. */
    static Patience upTo(Duration total) {
      return new Patience(total, total, 0);
    }
  }

  /** The end of the redirects. */
  record Answer(URI url, int status, HttpHeaders headers) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /**
   * Asks, and gives the body to the target that {@code body} chooses by status and headers.
   *
   * @return an answer that is neither a redirect, nor "later", nor about credentials; 403 is that
   *     of a bucket which lacks the file
   * @throws IOException if it is worth to try again
   * @throws MirrorException if it is not
   */
  Answer get(Question question, Function<HttpResponse.ResponseInfo, BodySink.Target> body)
      throws IOException, InterruptedException {
    permits.acquire();
    try {
      long start = System.nanoTime();
      URI url = question.url();
      for (int step = 0; step <= MOST_REDIRECTS; step++) {
        HttpResponse<Boolean> response = send(question, url, start, body);
        if (!isRedirect(response)) {
          return judged(url, response);
        }
        url = redirected(question.url(), url, response);
      }
      throw MirrorException.machinery(
          SafeUrl.of(question.url()) + " cannot be read",
          "more than " + MOST_REDIRECTS + " redirects, the last one to " + SafeUrl.of(url),
          "correct the URL of the index, or tell its operator",
          null);
    } finally {
      permits.release();
    }
  }

  private HttpResponse<Boolean> send(
      Question question,
      URI url,
      long start,
      Function<HttpResponse.ResponseInfo, BodySink.Target> body)
      throws IOException, InterruptedException {
    BodySink.Progress progress = new BodySink.Progress();
    AtomicReference<@Nullable BodySink> current = new AtomicReference<>();
    CompletableFuture<HttpResponse<Boolean>> future =
        clients
            .clientFor(url)
            .sendAsync(
                request(url, question.headers().apply(url)),
                info -> {
                  progress.received(0);
                  boolean wanted = info.statusCode() == 200 || info.statusCode() == 206;
                  BodySink sink =
                      new BodySink(wanted ? body.apply(info) : BodySink.nowhere(), progress);
                  current.set(sink);
                  return sink;
                });
    boolean complete = false;
    try {
      while (true) {
        try {
          HttpResponse<Boolean> response = future.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
          complete = true;
          return response;
        } catch (TimeoutException e) {
          checkTime(progress, start, question.patience());
        }
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      BodySink sink = current.get();
      if (!complete && sink != null) {
        sink.abort(new IOException("the transfer was given up"));
      }
      if (!complete) {
        future.cancel(true);
      }
    }
  }

  private void checkTime(BodySink.Progress progress, long start, Patience patience)
      throws HttpTimeoutException {
    long now = System.nanoTime();
    if (now - progress.last() > idle.toNanos()) {
      throw new HttpTimeoutException("no byte came for " + idle.toMillis() / 1000.0 + " seconds");
    }
    long nanos = now - start;
    if (nanos > patience.total().toNanos()) {
      throw new HttpTimeoutException(
          "the answer was not complete after " + patience.total().toMillis() / 1000.0 + " seconds");
    }
    double rate = progress.bytes() / (nanos / 1e9);
    if (nanos > patience.grace().toNanos() && rate < patience.leastRate()) {
      throw new HttpTimeoutException(
          "it came too slowly, %d bytes in %d seconds"
              .formatted(progress.bytes(), TimeUnit.NANOSECONDS.toSeconds(nanos)));
    }
  }

  private HttpRequest request(URI url, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
    headers.forEach(request::header);
    request.header("User-Agent", "wheel-mirror-maven-plugin");
    Credentials credentials = authorizations.of(url);
    if (credentials.isPresent()) {
      request.header("Authorization", Authorizations.basic(credentials));
    }
    clients.proxyHeaders(url).forEach(request::header);
    return request.build();
  }

  private Answer judged(URI url, HttpResponse<Boolean> response) throws TransientFailure {
    int status = response.statusCode();
    if (status == 401 || (status == 403 && !isAbsentInBucket(url, response))) {
      throw refused(url, status);
    }
    if (status == 407) {
      throw MirrorException.machinery(
          SafeUrl.of(url) + " cannot be read",
          "the proxy wants other credentials (status 407)",
          "correct https_proxy or PIP_PROXY (http://<user>:<password>@<host>:<port>), or the <proxy>"
              + " of settings.xml",
          null);
    }
    if (RetryPolicy.isPassing(status)) {
      throw retries.busy(response);
    }
    return new Answer(url, status, response.headers());
  }

  /** S3 answers so for what it does not have to whoever may not list a bucket. */
  private boolean isAbsentInBucket(URI url, HttpResponse<Boolean> response) {
    return !authorizations.of(url).isPresent()
        && response.headers().firstValue("Server").orElse("").equalsIgnoreCase("AmazonS3");
  }

  private MirrorException refused(URI url, int status) {
    Credentials used = authorizations.of(url);
    String why;
    if (!used.isPresent()) {
      why = "the server wants credentials and there are none";
    } else if (used.serverId().isEmpty()) {
      why = "the server refuses the credentials of pip's configuration";
    } else {
      why = "the server refuses the credentials of the serverId '" + used.serverId() + "'";
    }
    return new AccessRefusedException(
        SafeUrl.of(url) + " cannot be read", why + " (status " + status + ")", fix(used));
  }

  /** What to do if the server at the URL wants a login, or another one than it was given. */
  String loginFix(URI url) {
    Credentials used = authorizations.of(url);
    return used.isPresent()
        ? "if it wants another login, " + fix(used)
        : "if it wants a login, put name and password into a <server> of settings.xml and name its"
            + " id as the index's <serverId> (-Dwheel-mirror.indexServerId=ID for"
            + " -Dwheel-mirror.index=URL)";
  }

  private static String fix(Credentials used) {
    if (!used.isPresent()) {
      return "put them into a <server> of settings.xml and name its id as the index's <serverId>";
    }
    return used.serverId().isEmpty()
        ? "correct them in pip's index URL or in .netrc, or name a <serverId> for the index"
        : "correct the <server> with the id '" + used.serverId() + "' in settings.xml";
  }

  static boolean isRedirect(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI redirected(URI first, URI from, HttpResponse<Boolean> response) {
    String location = response.headers().firstValue("Location").orElse("");
    URI to;
    try {
      to = LinkResolver.withoutSecrets(LinkResolver.resolve(from, location));
    } catch (URISyntaxException e) {
      throw badRedirect(first, "it redirects to '" + Printable.of(location) + "'");
    }
    String scheme = String.valueOf(to.getScheme());
    if (location.isEmpty() || to.getHost() == null || !scheme.matches("(?i)https?")) {
      throw badRedirect(first, "it redirects to '" + SafeUrl.of(location) + "'");
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && !scheme.equalsIgnoreCase("https")) {
      throw badRedirect(first, "it redirects from https to " + SafeUrl.of(to));
    }
    return to;
  }

  private static MirrorException badRedirect(URI url, String why) {
    return MirrorException.machinery(
        SafeUrl.of(url) + " cannot be read",
        why,
        "correct the URL of the index, or tell its operator",
        null);
  }

  private static IOException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof MirrorException known) {
      throw known;
    }
    String words = cause == null ? "" : String.valueOf(cause.getMessage());
    if (words.startsWith("Tunnel failed")) {
      return new IOException("the proxy makes no connection to the server: " + words, cause);
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
