package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wheelmirror.build.LockRequest;
import io.github.wheelmirror.build.LockResolver;
import io.github.wheelmirror.build.LockResult;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.mojo.ProductionWiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seeded sample of made-up indexes, locked here and by a real {@code uv pip compile}. Both answer
 * with versions that go together, or both find none; where nothing conflicts they are the same.
 * Without pre-releases, which the two treat each in its own way.
 */
@Timeout(300)
class LocksAgainstUvTest {

  private static final int SAMPLES = 40;
  private static final List<String> NAMES = List.of("aa", "bb", "cc", "dd", "ee");

  @TempDir Path folder;

  private static Optional<String> uv() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(part -> Path.of(part, "uv"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  @Test
  void locksAreThoseOfUv() throws IOException, InterruptedException {
    assumeTrue(uv().isPresent(), "uv is needed on the PATH");
    List<String> differences = new ArrayList<>();
    int same = 0;
    for (int seed = 0; seed < SAMPLES; seed++) {
      Random random = new Random(seed);
      try (LocalIndex index = LocalIndex.start()) {
        fill(index, random);
        List<String> wanted = List.of(requirement(random), requirement(random));
        List<String> ours = ours(index, wanted, seed);
        List<String> theirs = theirs(index, wanted, seed);
        if (ours.equals(theirs)) {
          same++;
        } else {
          differences.add(seed + " " + wanted + ": " + ours + " instead of " + theirs);
        }
        assertThat(ours.isEmpty())
            .as("%s %s: %s and %s", seed, wanted, ours, theirs)
            .isEqualTo(theirs.isEmpty());
      }
    }
    // after a step back there may be more than one good answer
    assertThat(same).as("%s", differences).isGreaterThanOrEqualTo(SAMPLES * 9 / 10);
  }

  private static String requirement(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    int version = 1 + random.nextInt(4);
    return name
        + List.of(
                "",
                ">=" + version,
                "<" + version + ".5",
                "!=" + version + ".0",
                "~=" + version + ".0")
            .get(random.nextInt(5));
  }

  private static void fill(LocalIndex index, Random random) {
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      for (int version = 1; version <= 4; version++) {
        List<String> requires = new ArrayList<>();
        for (int other = i + 1; other < NAMES.size(); other++) {
          if (random.nextInt(3) == 0) {
            String one = NAMES.get(other);
            int bound = 1 + random.nextInt(4);
            requires.add(one + List.of("", ">=" + bound, "<=" + bound).get(random.nextInt(3)));
          }
        }
        String text = version + ".0";
        String filename = name + "-" + text + "-py3-none-any.whl";
        index.file(
            name,
            filename,
            SyntheticFiles.wheelOf(name, text, Map.of(name + ".py", ""), requires),
            random.nextInt(6) == 0 ? ">=3.99" : "");
        index.uploaded(filename, "20" + (19 + version) + "-01-01T00:00:00Z");
      }
    }
    index.withMetadataFiles();
  }

  private static final String DAY = "2022-12-31";

  private List<String> ours(LocalIndex index, List<String> wanted, int seed) {
    MirrorScenario scenario = new MirrorScenario(folder.resolve("ours" + seed));
    try (scenario) {
      scenario.indexUrl = index.url();
      Outside outside = ProductionWiring.outside(scenario.request(), scenario.lines.log());
      Target target = TestTargets.cpython("cp311");
      try (Outside.OpenIndex open = outside.index().get()) {
        LockResult result =
            new LockResolver(
                    open.index()::project,
                    new IndexedDescriptions(
                        file ->
                            outside.locks().fetched(file, open.index(), outside.clock().instant())))
                .resolve(new LockRequest(wanted, false, List.of(), target, DAY, "", index.url()));
        if (!(result instanceof LockResult.Locked locked)) {
          return List.of();
        }
        // uv takes nothing that is later
        return locked.lock().pastAsOf().isEmpty()
            ? locked.lock().wheels().stream()
                .map(each -> each.project() + "==" + each.version())
                .toList()
            : List.of();
      }
    }
  }

  private List<String> theirs(LocalIndex index, List<String> wanted, int seed)
      throws IOException, InterruptedException {
    Path input = folder.resolve("wanted" + seed + ".in");
    Files.write(input, wanted);
    Process process =
        new ProcessBuilder(
                uv().orElseThrow(),
                "pip",
                "compile",
                "--quiet",
                "--no-config",
                "--no-header",
                "--no-annotate",
                "--no-cache",
                "--exclude-newer",
                DAY + "T23:59:59Z",
                "--python-version",
                "3.11",
                "--only-binary",
                ":all:",
                "--default-index",
                index.url(),
                input.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0
        ? List.copyOf(new TreeSet<>(text.lines().filter(line -> line.contains("==")).toList()))
        : List.of();
  }
}
