package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Shard;
import io.github.wheelmirror.build.ShardReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketHandOversTest {

  private static final String PLAN = "a".repeat(64);
  private static final String WHEEL = "wheels/" + "c".repeat(64) + "/six-1.0-py3-none-any.whl";
  private static final String REPORT = "build-report-1-of-2.json";

  @TempDir Path folder;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final BucketHandOvers bucket = new BucketHandOvers(store);

  private Path handOver(String name, String plan) throws IOException {
    Path handOver = folder.resolve("sent").resolve(name);
    Files.createDirectories(handOver.resolve("logs"));
    Files.createDirectories(handOver.resolve(WHEEL).getParent());
    Files.writeString(handOver.resolve("logs/six-1.0-cp312.log"), "a log");
    Files.writeString(handOver.resolve(WHEEL), "a wheel");
    Files.write(
        handOver.resolve(REPORT),
        Json.write(
            new ShardReport(
                ShardReport.SCHEMA_VERSION,
                plan,
                "debian-12-x86_64",
                new Shard(1, 2),
                List.of(),
                List.of(),
                List.of(),
                LockedRequirements.of("", List.of()),
                List.of())));
    return handOver;
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }

  private Path fetched() {
    return folder.resolve("fetched");
  }

  @Test
  void whatIsSentIsFetchedOnce() throws IOException {
    Path one = handOver("one", PLAN);
    bucket.send(one);
    int writes = store.writes();
    assertThat(writes).isEqualTo(3);
    bucket.send(one);
    assertThat(store.writes()).isEqualTo(writes);
    assertThat(bucket.fetch(PLAN, fetched())).isEmpty();
    assertThat(content(fetched().resolve("one"))).isEqualTo(content(one));
    Files.delete(fetched().resolve("one").resolve(WHEEL));
    assertThat(bucket.fetch(PLAN, fetched())).isEmpty();
    assertThat(content(fetched().resolve("one"))).as("not looked at again").hasSize(2);
  }

  @Test
  void theReportComesLast() throws IOException {
    Path one = handOver("one", PLAN);
    for (int which = 0; which < 6; which++) {
      MemoryObjectStore real = new MemoryObjectStore();
      FaultyStore faulty = new FaultyStore(real, which, FaultyStore.Kind.REFUSED);
      assertThatThrownBy(() -> new BucketHandOvers(faulty).send(one))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("cannot be handed over to memory://");
      assertThat(real.objects()).doesNotContainKey("one/" + REPORT);
      BucketHandOvers later = new BucketHandOvers(real);
      Path here = folder.resolve("fetched-" + which);
      assertThat(later.fetch(PLAN, here)).hasSize(real.objects().isEmpty() ? 0 : 1);
      assertThat(here).isEmptyDirectory();
      later.send(one);
      assertThat(later.fetch(PLAN, here)).isEmpty();
      assertThat(content(here.resolve("one"))).isEqualTo(content(one));
    }
  }

  @Test
  void thoseOfOtherPlansAndWhatNobodyHandedOverStay() throws IOException {
    bucket.send(handOver("mine", PLAN));
    bucket.send(handOver("other", "b".repeat(64)));
    store.write("readme.txt", "hello".getBytes(StandardCharsets.UTF_8));
    store.write("mine/../../escaped", "hello".getBytes(StandardCharsets.UTF_8));
    store.write("../logs/x.log", "hello".getBytes(StandardCharsets.UTF_8));
    store.write("mine/wheels/short/x.whl", "hello".getBytes(StandardCharsets.UTF_8));
    store.write("half/" + WHEEL, "hello".getBytes(StandardCharsets.UTF_8));
    store.write("torn/" + REPORT, "{\"schema".getBytes(StandardCharsets.UTF_8));
    List<String> wrong = bucket.fetch(PLAN, fetched());
    assertThat(wrong).hasSize(3);
    assertThat(wrong.get(0)).contains("4 objects below memory://");
    assertThat(wrong.get(1)).contains("memory://half is not whole yet");
    assertThat(wrong.get(2)).contains("torn");
    try (Stream<Path> there = Files.list(fetched())) {
      assertThat(there).extracting(each -> each.getFileName().toString()).containsExactly("mine");
    }
    assertThat(content(folder)).doesNotContainKey("escaped").doesNotContainKey("logs/x.log");
  }
}
