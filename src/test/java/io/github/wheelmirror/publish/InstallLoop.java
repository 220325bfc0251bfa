package io.github.wheelmirror.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what pip does to install many projects, quickly: reads a page, takes the newest version,
 * downloads it and compares its digest; and so on with the next project.
 */
final class InstallLoop {
  private static final Pattern LINK =
      Pattern.compile("<a href=\"([^\"#]+)#sha256=([0-9a-f]{64})\"[^>]*>[^-<]+-([0-9.]+)-");

  /** A person's machine has something to do between two downloads. */
  private static final long PAUSE_MILLIS = 8;

  /** Where an install begins. */
  @FunctionalInterface
  interface Index {
    /** The URL of {@code simple/} for one install. */
    URI get() throws IOException, InterruptedException;
  }

  /**
   * What many installs saw.
   *
   * @param installs how many
   * @param failed those that could not read something, or read something else than promised
   * @param mixed those that got files of more than one release
   * @param firstFailure an example; {@code ""} for none
   */
  record Tally(int installs, int failed, int mixed, String firstFailure) {
    private Tally plus(Tally other) {
      return new Tally(
          installs + other.installs,
          failed + other.failed,
          mixed + other.mixed,
          firstFailure.isEmpty() ? other.firstFailure : firstFailure);
    }
  }

  /** A page or file that is not as it should be. */
  private static final class FailedInstall extends IOException {
    private static final long serialVersionUID = 1;

    FailedInstall(String message) {
      super(message);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> projects;

  InstallLoop(List<String> projects) {
    this.projects = projects;
  }

  /** Many clients at once, for a time. */
  Tally run(Index index, int clients, long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Tally>> work = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        work.add(() -> loop(index, end));
      }
      Tally all = new Tally(0, 0, 0, "");
      for (Future<Tally> one : pool.invokeAll(work)) {
        all = all.plus(one.get());
      }
      return all;
    } finally {
      pool.shutdownNow();
    }
  }

  private Tally loop(Index index, long end) throws InterruptedException {
    Tally all = new Tally(0, 0, 0, "");
    while (System.nanoTime() - end < 0) {
      try {
        boolean mixed = install(index.get()).size() > 1;
        all = all.plus(new Tally(1, 0, mixed ? 1 : 0, ""));
      } catch (IOException e) {
        all = all.plus(new Tally(1, 1, 0, String.valueOf(e)));
      }
    }
    return all;
  }

  /** The versions that it got. */
  private Set<String> install(URI index) throws IOException, InterruptedException {
    Set<String> versions = new TreeSet<>();
    for (String project : projects) {
      URI page = index.resolve(project + "/");
      Matcher link = LINK.matcher(new String(get(page), java.nio.charset.StandardCharsets.UTF_8));
      String url = "";
      String sha256 = "";
      String newest = "";
      while (link.find()) {
        if (link.group(3).compareTo(newest) > 0) {
          url = link.group(1);
          sha256 = link.group(2);
          newest = link.group(3);
        }
      }
      if (newest.isEmpty()) {
        throw new FailedInstall(page + " lists nothing");
      }
      Thread.sleep(PAUSE_MILLIS);
      if (!Sha256.of(get(page.resolve(url))).equals(sha256)) {
        throw new FailedInstall(page.resolve(url) + " has another digest");
      }
      versions.add(newest);
    }
    return versions;
  }

  /** The bytes at the URL. */
  byte[] get(URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new FailedInstall(url + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  /** The pinned index that a channel names now. */
  URI pinned(URI region, String slug) throws IOException, InterruptedException {
    URI file = region.resolve("channels/" + slug + "/current.json");
    JsonNode current = Json.tree(get(file), file.toString());
    return region.resolve("@" + current.path("snapshot").asText() + "/simple/");
  }
}
