package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it fetches, then another run on what it left. */
class GitKillTest {

  private static final int RUNS = 8;

  @Test
  @Timeout(180)
  void whatAKilledRunLeftIsUsedOrReplaced(@TempDir Path folder) throws Exception {
    Random random = new Random(9);
    Path caches = folder.resolve("caches");
    try (GitFixture repository = GitFixture.bare(folder.resolve("r.git"))) {
      for (int run = 0; run < RUNS; run++) {
        String content = "a===" + run + "\n# " + noise(random);
        String commit = repository.commit("refs/heads/master", content);
        killedRun(repository.directory(), caches, 150 + random.nextInt(700));

        GitAccess access =
            GitAccess.anonymous(
                command -> {
                  throw new IOException("no ssh here");
                });
        GitConstraintsSource next =
            new GitConstraintsSource(repository.directory().toString(), caches, access);
        next.fetch(next.refs());

        assertThat(next.read(commit, GitFixture.FILE))
            .contains(content.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void killedRun(Path repository, Path caches, int afterMillis) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GitIsolationTest.Main.class.getName(),
                    repository.toString(),
                    caches.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Text that does not compress, so that a fetch takes its time. */
  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
    }
    return text.toString();
  }
}
