package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A bucket in memory, and what clients see of it. */
final class TestBucket {
  static final String URL = "https://mirror.example/wheel/";
  static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private static final Pattern PROJECT = Pattern.compile("href=\"([^\"/]+)/\"");
  private static final Pattern LINK =
      Pattern.compile("href=\"\\.\\./\\.\\./\\.\\./(pool/[^#\"]+)#sha256=([0-9a-f]{64})\"");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final TestTree tree;

  TestBucket(TestTree tree) {
    this.tree = tree;
  }

  MemoryObjectStore store() {
    return store;
  }

  S3Region region() {
    return region(store);
  }

  S3Region region(ObjectStore through) {
    return new S3Region(context(through, Duration.ofMinutes(10)));
  }

  /** One whose operator configured commands. */
  S3Region region(ObjectStore through, RegionCommands commands) {
    return new S3Region(context(through, Duration.ofMinutes(10), commands));
  }

  BucketContext context(ObjectStore through, Duration lockWait) {
    return context(through, lockWait, RegionCommands.NONE);
  }

  private BucketContext context(ObjectStore through, Duration lockWait, RegionCommands commands) {
    return new BucketContext(
        "cloud",
        URL,
        lockWait,
        commands,
        Signing.NONE,
        through,
        Clock.fixed(NOW, ZoneOffset.UTC),
        store::advance);
  }

  Release release(Snapshot snapshot) {
    return release(region(), snapshot, NOW);
  }

  Release release(S3Region region, Snapshot snapshot, Instant now) {
    Optional<Release> base = region.current(snapshot.slug());
    return region.flip(stage(region, snapshot), base, now);
  }

  StagedRelease stage(S3Region region, Snapshot snapshot) {
    return region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
  }

  /**
   * The file names on all pages below a mount, each followed to an object with the content that the
   * link promises; every name in the list of projects must have its pages.
   *
   * @param mount a slug or {@code @<id>}
   */
  List<String> files(String mount) {
    Map<String, MemoryObjectStore.Entry> objects = store.objects();
    String root = text(objects, mount + "/simple/");
    assertThat(text(objects, mount + "/simple/index.html")).isNotEmpty();
    assertThat(text(objects, mount + "/simple/index.v1_json")).isNotEmpty();
    List<String> files = new ArrayList<>();
    for (MatchResult project : PROJECT.matcher(root).results().toList()) {
      String page = mount + "/simple/" + project.group(1) + "/";
      files.addAll(links(objects, page));
      links(objects, page + "index.html");
      assertThat(text(objects, page + "index.v1_json")).contains("files");
    }
    return files;
  }

  private static List<String> links(Map<String, MemoryObjectStore.Entry> objects, String page) {
    List<String> files = new ArrayList<>();
    for (MatchResult link : LINK.matcher(text(objects, page)).results().toList()) {
      String key = link.group(1);
      assertThat(objects).as(page).containsKeys(key, key + ".metadata");
      assertThat(Sha256.of(Objects.requireNonNull(objects.get(key)).bytes()))
          .isEqualTo(link.group(2));
      files.add(key.substring(key.lastIndexOf('/') + 1));
    }
    return files;
  }

  private static String text(Map<String, MemoryObjectStore.Entry> objects, String key) {
    assertThat(objects).containsKey(key);
    return new String(Objects.requireNonNull(objects.get(key)).bytes(), StandardCharsets.UTF_8);
  }

  String text(String key) {
    return text(store.objects(), key);
  }
}
