package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReportsKept;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports beside releases, in a folder and in a bucket. */
class PublishedReportTest {
  private static final String SLUG = TestTree.SLUG;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TestTree tree;
  private final Path root;

  PublishedReportTest(@TempDir Path folder) {
    tree = new TestTree(folder);
    root = folder.resolve("region");
  }

  private static SortedMap<String, byte[]> report(String text) {
    SortedMap<String, byte[]> report = new TreeMap<>();
    for (String path : List.of("index.html", "report.css", "logs/a-1.0.txt")) {
      report.put(path, (path + text).getBytes(StandardCharsets.UTF_8));
    }
    return report;
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private Release release(Region region, int number) {
    Snapshot snapshot = tree.snapshot(SLUG, "r" + number, Map.of("alpha", List.of(number + ".0")));
    Optional<Release> base = region.current(SLUG);
    return region.flip(
        region.stage(
            TestTree.verified(snapshot),
            tree.wheelhouse(),
            io.github.wheelmirror.tree.Progress.NONE),
        base,
        day(number));
  }

  private static String text(Region region, long serial, String path) {
    return region
        .report(SLUG, serial, path)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("none");
  }

  /** What holds for each kind of region. */
  private void reportsComeAndGoWithTheirReleases(Region region) {
    List<Release> releases = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Release release = release(region, i);
      releases.add(release);
      if (i != 2) {
        region.publish(release, report(" of " + i));
      }
    }
    assertThat(text(region, 1, "index.html")).isEqualTo("index.html of 1");
    assertThat(text(region, 1, "logs/a-1.0.txt")).isEqualTo("logs/a-1.0.txt of 1");
    assertThat(text(region, 2, "index.html")).isEqualTo("none");
    region.publish(releases.get(0), report(" again"));
    assertThat(text(region, 1, "index.html")).isEqualTo("index.html of 1");

    Retention retention = new Retention(2, Duration.ZERO, List.of(), Duration.ofDays(7), 1);
    region.prune(retention, day(100), true);
    assertThat(text(region, 1, "index.html")).isEqualTo("index.html of 1");
    region.prune(retention, day(100), false);
    assertThat(text(region, 1, "index.html")).isEqualTo("none");
    assertThat(text(region, 1, "logs/a-1.0.txt")).isEqualTo("none");
    assertThat(text(region, 3, "index.html")).isEqualTo("index.html of 3");
    assertThat(text(region, 4, "index.html")).isEqualTo("index.html of 4");
  }

  @Test
  void inAFolder() throws IOException {
    reportsComeAndGoWithTheirReleases(ReleasingProcess.region(root, Faults.NONE));
    assertThat(root.resolve("reports/" + SLUG + "/4/logs/a-1.0.txt")).exists();
    assertThat(root.resolve("reports/" + SLUG + "/1")).doesNotExist();
  }

  @Test
  void inABucket() {
    TestBucket bucket = new TestBucket(tree);
    reportsComeAndGoWithTheirReleases(bucket.region());
    String folder = "reports/" + SLUG + "/4/";
    assertThat(bucket.text(folder)).isEqualTo("index.html of 4");
    assertThat(type(bucket, folder)).startsWith("text/html");
    assertThat(type(bucket, folder + "report.css")).isEqualTo("text/css; charset=utf-8");
  }

  private static String type(TestBucket bucket, String key) {
    return Objects.requireNonNull(bucket.store().objects().get(key)).mediaType();
  }

  @Test
  void aKilledRunLeavesNoHalfReport() throws IOException {
    Release release = release(ReleasingProcess.region(root, Faults.NONE), 1);
    Faults killed =
        step -> {
          if (step.equals("report: move")) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> ReleasingProcess.region(root, killed).publish(release, report("")))
        .hasMessage("killed");
    assertThat(root.resolve("reports/" + SLUG + "/1")).doesNotExist();
    ReleasingProcess.region(root, Faults.NONE).publish(release, report(""));
    assertThat(root.resolve("reports/" + SLUG + "/1/index.html")).exists();
    assertThat(WorkFolder.children(root.resolve(".tmp"))).isEmpty();
  }

  @Test
  void oneWithoutItsFrontPageIsMadeWhole() throws IOException {
    Region region = ReleasingProcess.region(root, Faults.NONE);
    Release release = release(region, 1);
    Path there = root.resolve("reports/" + SLUG + "/1");
    Files.createDirectories(there);
    Files.writeString(there.resolve("report.css"), "as a copy that was cut off left it");
    region.publish(release, report(" of 1"));
    assertThat(text(region, 1, "index.html")).isEqualTo("index.html of 1");
    assertThat(text(region, 1, "report.css")).isEqualTo("report.css of 1");
    assertThat(WorkFolder.children(root.resolve(".tmp"))).isEmpty();
    Map<String, String> before = new VisibleTree(root).stat();
    region.publish(release, report(" again"));
    assertThat(new VisibleTree(root).stat()).isEqualTo(before);
  }

  @Test
  void aReportThatCannotBeWrittenIsTold() throws IOException {
    Region region = ReleasingProcess.region(root, Faults.NONE);
    Release release = release(region, 1);
    Files.writeString(root.resolve("reports"), "in the way");
    assertThatThrownBy(() -> region.publish(release, report("")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the report of release 1 was not published");
    assertThat(region.current(SLUG)).contains(release);
  }

  @Test
  void noFileIsOutsideItsReport() {
    Region region = ReleasingProcess.region(root, Faults.NONE);
    Release release = release(region, 1);
    SortedMap<String, byte[]> report = report("");
    report.put("../../../channels/x", new byte[0]);
    assertThatThrownBy(() -> region.publish(release, report))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(root.resolve("reports/" + SLUG + "/1")).doesNotExist();
  }

  @Test
  void oneOfAReleaseThatNobodyRemembersStays() {
    String a = "a".repeat(64);
    String b = "b".repeat(64);
    List<Release> history =
        List.of(
            new Release(SLUG, a, 1, START.toString()),
            new Release(SLUG, b, 2, START.toString()),
            new Release(SLUG, a, 3, START.toString()));
    assertThat(ReportsKept.gone(List.of(1L, 2L, 3L, 9L), history, Set.of(a))).containsExactly(2L);
    assertThat(ReportsKept.serial("12")).contains(12L);
    for (String other : List.of("0", "01", "-1", "x", "", "1.tmp", "1".repeat(30))) {
      assertThat(ReportsKept.serial(other)).as(other).isEmpty();
    }
  }
}
