package io.github.wheelmirror.publish;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;

/**
 * Looks at a region as its clients do, through its own URL: whatever lies between (a web server, a
 * cache, another mount of the same volume) must show the same bytes.
 */
final class PublicUrlCheck {

  /** Pauses before another look: a server may take its time to see what is new. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MOST_PROBLEMS = 10;

  /** Pages and wheels that are asked for in the less common ways: a server does all alike. */
  private static final int SOME = 3;

  private static final String HTML = "text/html";
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  private final String url;
  private final List<Duration> pauses;
  private final HostNetwork network;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /**
   * Looks below the URL, which ends with a slash.
   *
   * @param url where clients see the region's root
   * @param network how it is reached from here
   */
  PublicUrlCheck(String url, HostNetwork network) {
    this(url, network, PAUSES);
  }

  PublicUrlCheck(String url, HostNetwork network, List<Duration> pauses) {
    this.url = url;
    this.network = network;
    this.pauses = pauses;
  }

  /** What is wrong with an answer; empty if nothing. */
  @FunctionalInterface
  private interface Look {
    String problem() throws IOException, InterruptedException;
  }

  /**
   * What clients would find wrong with a snapshot under its pinned URL: the manifest, both forms of
   * every page, every file that the channel does not list yet.
   *
   * @param current what the channel serves now
   * @return at most some; empty if it may be released
   */
  List<String> staged(Manifest manifest, Optional<Manifest> current) throws IOException {
    Set<String> listed = new HashSet<>();
    current.ifPresent(now -> now.files().forEach(file -> listed.add(file.sha256())));
    String id = manifest.id();
    String root = url + TreeLayout.pinnedLink(id) + "/";
    look(() -> content(root + "manifest.json", id));
    if (!problems.isEmpty()) {
      // nothing else will be right
      return List.copyOf(problems);
    }
    SyncBatch.each(manifest.pages(), page -> page(root + "simple/" + page.project() + "/", page));
    List<ManifestFile> fresh =
        manifest.files().stream().filter(file -> !listed.contains(file.sha256())).toList();
    SyncBatch.each(fresh, this::file);
    if (!problems.isEmpty()) {
      return problems.stream().sorted().toList();
    }
    manifest.pages().stream()
        .limit(SOME)
        .forEach(page -> look(() -> conditional(root + "simple/" + page.project() + "/", page)));
    fresh.stream().limit(SOME).forEach(file -> look(() -> range(url + wheel(file), file.size())));
    return List.copyOf(problems);
  }

  /** What clients would find wrong under the moving URL. */
  List<String> served(String slug, String snapshot) {
    look(() -> content(url + TreeLayout.movingLink(slug) + "/manifest.json", snapshot));
    return List.copyOf(problems);
  }

  private void page(String address, ManifestPage page) {
    look(() -> negotiated(address, HTML, page.htmlSha256(), page.jsonSha256()));
    look(
        () ->
            negotiated(address, JSON + ", text/html;q=0.1", page.jsonSha256(), page.htmlSha256()));
    look(() -> content(address + TreeLayout.JSON_PAGE, page.jsonSha256()));
  }

  /** One form or the other, said to be what it is; where there are both, caches must know it. */
  private String negotiated(String address, String accept, String wanted, String other)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request(address).header("Accept", accept));
    if (answer.statusCode() != 200) {
      return status(address, answer);
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String sha256 = Sha256.of(answer.body());
    boolean html = type.startsWith(HTML);
    boolean json = type.startsWith(JSON);
    boolean wantsHtml = accept.startsWith(HTML);
    if (!html && !json) {
      return address + " comes as '" + type + "', which no installer takes for a page";
    }
    if (wantsHtml && !html) {
      return address + " comes as " + type + " although HTML is asked for";
    }
    String expected = html == wantsHtml ? wanted : other;
    if (!sha256.equals(expected)) {
      return address + " has another content than the snapshot";
    }
    boolean varies =
        answer.headers().allValues("Vary").stream()
            .anyMatch(names -> names.toLowerCase(Locale.ROOT).contains("accept"));
    return json && !varies
        ? address + " has more than one form and no 'Vary: Accept', so caches mix them"
        : "";
  }

  /** A cache that has the page is told so, one that has another is not (RFC 9110, 13). */
  private String conditional(String address, ManifestPage page)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> first = get(request(address).header("Accept", HTML));
    String etag = first.headers().firstValue("ETag").orElse("");
    if (etag.isEmpty()) {
      return "";
    }
    HttpResponse<byte[]> same = asked(address, etag);
    if (same.statusCode() != 304 && same.statusCode() != 200) {
      return status(address, same) + " if a cache asks whether its page is still good";
    }
    HttpResponse<byte[]> other = asked(address, "\"" + page.sha256() + "\"");
    return other.statusCode() == 304
        ? address + " answers 304 to a cache that has another page, so clients would see an old one"
        : "";
  }

  private HttpResponse<byte[]> asked(String address, String etag)
      throws IOException, InterruptedException {
    return get(request(address).header("Accept", HTML).header("If-None-Match", etag));
  }

  /**
   * The beginning of a wheel, which pip and uv may ask for; the whole one is an answer, too (RFC
   * 9110, 14).
   */
  private String range(String address, long size) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(address).header("Range", "bytes=0-1");
    HttpResponse<InputStream> answer =
        network.sender().send(request.GET().build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 200) {
        return "";
      }
      String told = answer.headers().firstValue("Content-Range").orElse("");
      boolean right =
          answer.statusCode() == 206
              && told.equals("bytes 0-1/" + size)
              && body.readNBytes(3).length == 2;
      return right
          ? ""
          : address
              + " answers "
              + answer.statusCode()
              + " '"
              + told
              + "' if two of its "
              + size
              + " bytes are asked for";
    }
  }

  private void file(ManifestFile file) {
    String address = url + wheel(file);
    look(() -> size(address, file.size()));
    look(() -> content(address + ".metadata", file.metadataSha256()));
  }

  /** The wheel's path with what has a meaning in URLs escaped. */
  private static String wheel(ManifestFile file) {
    String relative = TreeLayout.wheelUrl(file.sha256(), file.filename());
    return relative.substring(relative.indexOf(TreeLayout.POOL));
  }

  private String size(String address, long size) throws IOException, InterruptedException {
    HttpRequest request =
        request(address).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<Void> answer = network.sender().send(request, BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      return status(address, answer);
    }
    long told = answer.headers().firstValueAsLong("Content-Length").orElse(size);
    return told == size ? "" : address + " has " + told + " bytes instead of " + size;
  }

  private String content(String address, String sha256) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request(address));
    if (answer.statusCode() != 200) {
      return status(address, answer);
    }
    return Sha256.of(answer.body()).equals(sha256)
        ? ""
        : address + " has another content than the snapshot";
  }

  private HttpResponse<byte[]> get(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return network.sender().send(request.GET().build(), BodyHandlers.ofByteArray());
  }

  /** A cache on the way is told to ask the server: what it kept is not what was published. */
  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(LIMIT)
        .header("Cache-Control", "no-cache");
  }

  private static String status(String address, HttpResponse<?> answer) {
    String login = answer.statusCode() == 401 ? " (a login goes into ~/.netrc, as for pip)" : "";
    return address + " answers " + answer.statusCode() + login;
  }

  private void look(Look look) {
    if (problems.size() >= MOST_PROBLEMS) {
      return;
    }
    String problem = once(look);
    for (Duration pause : pauses) {
      if (problem.isEmpty() || Thread.currentThread().isInterrupted()) {
        break;
      }
      sleep(pause);
      problem = once(look);
    }
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
  }

  private String once(Look look) {
    try {
      return look.problem();
    } catch (SSLException e) {
      return url
          + " cannot be reached safely: "
          + IoWords.of(e)
          + " (whose certificates to believe beside Java's is told as to pip, by PIP_CERT or its cert)";
    } catch (IOException e) {
      return url + " cannot be reached: " + IoWords.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return url + " was not looked at: the run was told to end";
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
