package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Follows the pages of a region by HTTP as an installer does, and knows nothing of the product.
 *
 * @param base the region's URL, with a slash at its end
 */
record BucketLook(URI base) {
  private static final Pattern PROJECT = Pattern.compile("href=\"([^\"/]+)/\"");
  private static final Pattern LINK = Pattern.compile("href=\"([^#\"]+)#sha256=([0-9a-f]{64})\"");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * The file names on all pages below a mount, sorted; each file and its metadata must be there,
   * the file with the content that its link promises.
   *
   * @param mount a slug or {@code @<id>}
   */
  List<String> files(String mount) throws IOException, InterruptedException {
    URI root = base.resolve(mount + "/simple/");
    List<String> files = new ArrayList<>();
    for (MatchResult project : PROJECT.matcher(text(root)).results().toList()) {
      URI page = root.resolve(project.group(1) + "/");
      for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
        URI file = page.resolve(link.group(1));
        assertThat(Sha256.of(get(file)))
            .as("%s, listed by %s", file, page)
            .isEqualTo(link.group(2));
        get(URI.create(file + ".metadata"));
        files.add(file.getPath().substring(file.getPath().lastIndexOf('/') + 1));
      }
    }
    files.sort(null);
    return files;
  }

  /** Whether there is anything of a channel yet. */
  boolean isThere(String mount) throws IOException, InterruptedException {
    return answer(base.resolve(mount + "/simple/")).statusCode() == 200;
  }

  private static String text(URI url) throws IOException, InterruptedException {
    return new String(get(url), StandardCharsets.UTF_8);
  }

  private static byte[] get(URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = answer(url);
    assertThat(answer.statusCode()).as(url.toString()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<byte[]> answer(URI url) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
