package io.github.wheelmirror.publish;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a server as caches and lazy installers do (RFC 9110 §13 and §14): it may answer a condition
 * or a range with the whole content, but never say that something is unchanged which is not, nor
 * give another part than it says. Each method returns what is wrong, {@code ""} if nothing.
 */
final class ConditionalCheck {
  private static final int NOT_MODIFIED = 304;
  private static final int PART = 206;
  private static final int MOST_OF_A_PART = 64;

  private final HttpClient client;
  private final Function<String, HttpRequest.Builder> requests;

  /**
   * @param requests a request of an address, to which conditions are added
   */
  ConditionalCheck(HttpClient client, Function<String, HttpRequest.Builder> requests) {
    this.client = client;
    this.requests = requests;
  }

  /**
   * A page by its ETag and its time.
   *
   * @param forms what may be said to be accepted for HTML, and for JSON
   */
  String page(String address, ManifestPage page, Forms forms)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> html = get(requests.apply(address).header("Accept", forms.html()));
    if (html.statusCode() != 200) {
      return address + " answers " + html.statusCode();
    }
    Optional<String> tag = html.headers().firstValue("ETag");
    String right = page.htmlSha256();
    if (tag.isPresent()) {
      String problem =
          first(
              known(address, "If-None-Match", tag.get(), forms.html(), right),
              changed(address, "If-None-Match", "\"another\"", forms.html(), right),
              otherForm(address, tag.get(), page, forms));
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    Optional<String> time = html.headers().firstValue("Last-Modified");
    Optional<String> before = time.flatMap(ConditionalCheck::dayBefore);
    return before.isEmpty()
        ? ""
        : first(
            known(address, "If-Modified-Since", time.orElseThrow(), forms.html(), right),
            changed(address, "If-Modified-Since", before.get(), forms.html(), right));
  }

  /**
   * The {@code Accept} headers of the two forms of a page.
   *
   * @param html prefers HTML
   * @param json prefers JSON
   */
  record Forms(String html, String json) {}

  /** Not {@code 304} for the other form: a cache would give one for the other from then on. */
  private String otherForm(String address, String tag, ManifestPage page, Forms forms)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> json = get(requests.apply(address).header("Accept", forms.json()));
    return json.statusCode() == 200 && Sha256.of(json.body()).equals(page.jsonSha256())
        ? changed(address, "If-None-Match", tag, forms.json(), page.jsonSha256())
        : "";
  }

  private String known(String address, String condition, String value, String accept, String right)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = asked(address, condition, value, accept);
    return answer.statusCode() == NOT_MODIFIED ? "" : whole(address, condition, answer, right);
  }

  private String changed(
      String address, String condition, String value, String accept, String right)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = asked(address, condition, value, accept);
    return answer.statusCode() == NOT_MODIFIED
        ? address + " answers 304 to '" + condition + ": " + value + "', which it is not"
        : whole(address, condition, answer, right);
  }

  private HttpResponse<byte[]> asked(String address, String condition, String value, String accept)
      throws IOException, InterruptedException {
    return get(requests.apply(address).header("Accept", accept).header(condition, value));
  }

  private static String whole(
      String address, String condition, HttpResponse<byte[]> answer, String right) {
    if (answer.statusCode() != 200) {
      return address + " answers " + answer.statusCode() + " to '" + condition + "'";
    }
    return right.equals(Sha256.of(answer.body()))
        ? ""
        : address + " has another content when it is asked with '" + condition + "'";
  }

  private static Optional<String> dayBefore(String time) {
    try {
      ZonedDateTime parsed = ZonedDateTime.parse(time, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.format(parsed.minus(Duration.ofDays(1))));
    } catch (DateTimeException e) {
      // no date: no cache can ask by it
      return Optional.empty();
    }
  }

  /** A part of a wheel, as installers read its metadata from its end. */
  String range(String address, ManifestFile file) throws IOException, InterruptedException {
    HttpResponse<byte[]> all = get(requests.apply(address));
    if (all.statusCode() != 200 || !Sha256.of(all.body()).equals(file.sha256())) {
      return address + " has another content than the snapshot";
    }
    byte[] bytes = all.body();
    int from = bytes.length / 2;
    int to = Math.min(bytes.length, from + MOST_OF_A_PART);
    HttpResponse<byte[]> part =
        get(requests.apply(address).header("Range", "bytes=" + from + "-" + (to - 1)));
    if (part.statusCode() == 200) {
      // ranges may be ignored: installers then take the whole
      return Arrays.equals(part.body(), bytes)
          ? ""
          : address + " has another content when it is asked for a range";
    }
    if (part.statusCode() != PART) {
      return address + " answers " + part.statusCode() + " when it is asked for a range";
    }
    String said = part.headers().firstValue("Content-Range").orElse("");
    String right = "bytes " + from + "-" + (to - 1) + "/" + bytes.length;
    boolean same = Arrays.equals(part.body(), Arrays.copyOfRange(bytes, from, to));
    return same && (said.equals(right) || said.equals(right.replaceAll("/.*", "/*")))
        ? ""
        : address + " gives another part than it was asked for";
  }

  private static String first(String... problems) {
    return Arrays.stream(problems).filter(problem -> !problem.isEmpty()).findFirst().orElse("");
  }

  private HttpResponse<byte[]> get(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.GET().build(), BodyHandlers.ofByteArray());
  }
}
