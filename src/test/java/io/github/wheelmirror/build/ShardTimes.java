package io.github.wheelmirror.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What {@code src/bench/shards} computes: the product's own {@link ShardSplit} of many builds over
 * many hosts, and what each host then takes. Prints one JSON array.
 *
 * <p>Arguments: a file with recorded seconds, how many pins, how many Pythons, how many builds a
 * host does at once, the seconds that a host takes for itself, and the numbers of hosts. A pin
 * takes one of the recorded times, drawn with a fixed seed; one in five is compiled, and takes it
 * once for each Python.
 */
public final class ShardTimes {

  private static final String SLUG = "debian-12-x86_64";
  private static final int COMPILED_ONE_IN = 5;

  private ShardTimes() {}

  record Result(int agents, double longest, double bound, double faster) {}

  public static void main(String[] arguments) throws Exception {
    List<Double> recorded = new ArrayList<>();
    JsonNode file = Json.tree(Files.readAllBytes(Path.of(arguments[0])), arguments[0]);
    file.forEach(each -> recorded.add(each.asDouble()));
    int pins = Integer.parseInt(arguments[1]);
    int pythons = Integer.parseInt(arguments[2]);
    int atOnce = Integer.parseInt(arguments[3]);
    double start = Double.parseDouble(arguments[4]);

    Map<String, Double> seconds = new HashMap<>();
    BuildPlan plan = plan(recorded, pins, pythons, seconds);
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    double longestBuild =
        seconds.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double alone = start + host(ShardSplit.parts(plan, SLUG, 1).get(0), seconds, atOnce);
    List<Result> results = new ArrayList<>();
    for (String number : arguments[5].split(",", -1)) {
      int agents = Integer.parseInt(number);
      double longest =
          ShardSplit.parts(plan, SLUG, agents).stream()
              .mapToDouble(part -> start + host(part, seconds, atOnce))
              .max()
              .orElseThrow();
      double bound = start + Math.max(longestBuild, all / agents / atOnce);
      results.add(new Result(agents, longest, bound, alone / longest));
    }
    System.out.print(new String(Json.write(results), StandardCharsets.UTF_8));
  }

  private static BuildPlan plan(
      List<Double> recorded, int pins, int pythons, Map<String, Double> seconds) {
    Random random = new Random(20261127);
    List<TargetId> targets =
        IntStream.range(0, pythons)
            .mapToObj(each -> new TargetId(SLUG, "cp3" + (9 + each)))
            .toList();
    List<TargetId> sorted = targets.stream().sorted().toList();
    Map<String, String> keys = new HashMap<>();
    Map<String, String> asOf = new HashMap<>();
    targets.forEach(target -> keys.put(target.toString(), "0".repeat(64)));
    targets.forEach(target -> asOf.put(target.toString(), ""));
    List<BuildWork> builds = new ArrayList<>();
    List<PlannedDuration> durations = new ArrayList<>();
    for (int number = 0; number < pins; number++) {
      Pin pin = new Pin(ProjectName.parse("project-" + number), Version.parse("1.0"));
      String id = "project-" + number + "-1.0-" + SLUG;
      double once = recorded.get(random.nextInt(recorded.size()));
      double taken = random.nextInt(COMPILED_ONE_IN) == 0 ? once * pythons : once;
      seconds.put(id, taken);
      durations.add(PlannedDuration.rounded(id, taken));
      builds.add(
          new BuildWork(
              id,
              pin,
              PlanScenario.remote("project_" + number + "-1.0.tar.gz"),
              SLUG,
              sorted,
              keys,
              List.of(),
              asOf,
              "",
              "1",
              315532800,
              CompiledUpstream.ALL,
              List.of()));
    }
    builds.sort(Comparator.comparing(BuildWork::id));
    durations.sort(Comparator.comparing(PlannedDuration::build));
    return new BuildPlan(
        BuildPlan.SCHEMA_VERSION,
        "0".repeat(64),
        UpstreamWheels.REBUILD,
        List.of(),
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        builds,
        List.of(),
        List.of(),
        durations);
  }

  /** What a host takes that does the longest first, several at once. */
  private static double host(ShardSplit.Part part, Map<String, Double> seconds, int atOnce) {
    PriorityQueue<Double> slots = new PriorityQueue<>();
    IntStream.range(0, atOnce).forEach(each -> slots.add(0.0));
    part.builds().stream()
        .map(work -> seconds.get(work.id()))
        .sorted(Comparator.reverseOrder())
        .forEach(each -> slots.add(slots.remove() + each));
    return slots.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
