package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardSplitTest {

  private static final String HERE = "debian-12-x86_64";
  private static final String THERE = "ubuntu-24.04-aarch64";
  private static final String HASH = "0".repeat(64);

  private static Pin pin(int number) {
    return new Pin(ProjectName.parse("project-" + number), Version.parse("1.0"));
  }

  private static BuildWork build(int number, String slug) {
    TargetId target = new TargetId(slug, "cp312");
    return new BuildWork(
        pin(number).name() + "-1.0-" + slug,
        pin(number),
        PlanScenario.remote("project_" + number + "-1.0.tar.gz"),
        slug,
        List.of(target),
        Map.of(target.toString(), HASH),
        List.of(),
        Map.of(target.toString(), ""),
        "",
        "1",
        315532800,
        CompiledUpstream.ALL,
        List.of());
  }

  private static DownloadWork download(int number, List<String> slugs) {
    return new DownloadWork(
        PlanScenario.remote("wheel_" + number + "-1.0-py3-none-any.whl"),
        pin(number),
        slugs.stream().map(slug -> new TargetId(slug, "cp312")).toList());
  }

  private static BuildPlan plan(
      List<DownloadWork> downloads, List<BuildWork> builds, List<PlannedDuration> durations) {
    return new BuildPlan(
            BuildPlan.SCHEMA_VERSION,
            HASH,
            UpstreamWheels.MIRROR,
            List.of(),
            "",
            List.of(),
            List.of(),
            List.of(),
            downloads,
            builds,
            List.of(),
            List.of(),
            List.of())
        .with(durations);
  }

  private static BuildPlan random(Random random) {
    List<DownloadWork> downloads = new ArrayList<>();
    List<BuildWork> builds = new ArrayList<>();
    List<PlannedDuration> durations = new ArrayList<>();
    int number = random.nextInt(60);
    for (int each = 0; each < number; each++) {
      String slug = random.nextInt(4) == 0 ? THERE : HERE;
      if (random.nextBoolean()) {
        downloads.add(download(each, random.nextBoolean() ? List.of(slug) : List.of(THERE, HERE)));
      } else {
        BuildWork work = build(each, slug);
        builds.add(work);
        if (random.nextInt(3) > 0) {
          durations.add(PlannedDuration.rounded(work.id(), Math.exp(random.nextDouble() * 8)));
        }
      }
    }
    durations.sort(Comparator.comparing(PlannedDuration::build));
    return plan(downloads, builds, durations);
  }

  @ParameterizedTest
  @ValueSource(longs = {20261127, 1, 2, 3, 4, 5, 6, 7})
  void allWorkOfAPlatformIsInExactlyOnePartAndNoPartIsMuchLonger(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 40; run++) {
      BuildPlan plan = random(random);
      int count = 1 + random.nextInt(25);
      List<ShardSplit.Part> here = ShardSplit.parts(plan, HERE, count);
      List<ShardSplit.Part> there = ShardSplit.parts(plan, THERE, count);

      List<String> done = new ArrayList<>();
      for (List<ShardSplit.Part> parts : List.of(here, there)) {
        assertThat(parts)
            .extracting(part -> part.shard().index())
            .containsExactlyElementsOf(IntStream.rangeClosed(1, count).boxed().toList());
        for (ShardSplit.Part part : parts) {
          part.builds().forEach(work -> done.add(work.id()));
          part.downloads().forEach(work -> done.add(work.id()));
        }
      }
      List<String> wanted = new ArrayList<>();
      plan.builds().forEach(work -> wanted.add(work.id()));
      plan.downloads().forEach(work -> wanted.add(work.id()));
      assertThat(done).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(here)
          .allSatisfy(part -> assertThat(part.builds()).allMatch(work -> work.slug().equals(HERE)));

      long all = here.stream().mapToLong(ShardSplit.Part::millis).sum();
      assertThat(longest(here)).isLessThanOrEqualTo(all / count + longestPiece(plan));
      assertThat(ShardSplit.parts(plan, HERE, count)).isEqualTo(here);
    }
  }

  /** With more parts than work, each piece is alone. */
  private static long longestPiece(BuildPlan plan) {
    return longest(ShardSplit.parts(plan, HERE, 200));
  }

  private static long longest(List<ShardSplit.Part> parts) {
    return parts.stream().mapToLong(ShardSplit.Part::millis).max().orElseThrow();
  }

  @Test
  void theLongestIsAloneAndTheRestShared() {
    List<BuildWork> builds =
        List.of(build(1, HERE), build(2, HERE), build(3, HERE), build(4, HERE));
    BuildPlan plan =
        plan(
            List.of(),
            builds,
            List.of(
                new PlannedDuration(builds.get(0).id(), 10),
                new PlannedDuration(builds.get(1).id(), 100),
                new PlannedDuration(builds.get(2).id(), 20),
                new PlannedDuration(builds.get(3).id(), 30)));
    assertThat(ShardSplit.parts(plan, HERE, 2))
        .extracting(ShardSplit.Part::millis)
        .containsExactly(100_000L, 60_000L);
  }

  @Test
  void moreHostsThanWorkLeaveSomeWithNothingToDo() {
    assertThat(ShardSplit.parts(plan(List.of(), List.of(build(1, HERE)), List.of()), HERE, 3))
        .extracting(part -> part.builds().size())
        .containsExactly(1, 0, 0);
    assertThat(ShardSplit.parts(plan(List.of(), List.of(), List.of()), HERE, 2)).hasSize(2);
  }

  @Test
  void aPartIsReadAndWrittenAsText() {
    assertThat(Shard.parse("3/20")).isEqualTo(new Shard(3, 20)).hasToString("3/20");
    assertThat(new String(Json.write(new Shard(3, 20)), StandardCharsets.UTF_8).strip())
        .isEqualTo("\"3/20\"");
    assertThat(Json.read(Json.write(new Shard(3, 20)), Shard.class, "x"))
        .isEqualTo(new Shard(3, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "3", "0/4", "5/4", "1/0", "-1/4", "1/10001", "1/4 ", "1/99999999999", "1/4/2"})
  void whatIsNoPartIsRefused(String text) {
    assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
