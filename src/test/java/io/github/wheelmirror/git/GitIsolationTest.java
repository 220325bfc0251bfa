package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, as JGit looks at the home folder only once. */
class GitIsolationTest {

  /** What the other JVM does: read the repository, print the file. */
  static final class Main {
    public static void main(String[] arguments) {
      GitAccess access =
          GitAccess.anonymous(
              command -> {
                throw new IOException("no ssh here");
              });
      GitConstraintsSource source =
          new GitConstraintsSource(arguments[0], Path.of(arguments[1]), access);
      source.fetch(source.refs());
      GitRef ref = source.refs().get(0);
      System.out.print(
          new String(
              source.read(ref.commit(), GitFixture.FILE).orElseThrow(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void theUsersGitConfigurationIsNeitherReadNorWritten(@TempDir Path folder) throws Exception {
    Path repository = folder.resolve("r.git");
    try (GitFixture fixture = GitFixture.bare(repository)) {
      fixture.commit("refs/heads/master", "a===1\n");
    }
    Path home = Files.createDirectories(folder.resolve("home"));
    String poison = "[url \"file:///nowhere/\"]\n\tinsteadOf = " + folder + "/\n[core\nbroken";
    Files.writeString(home.resolve(".gitconfig"), poison);
    Files.createDirectories(home.resolve(".config/git"));
    Files.writeString(home.resolve(".config/git/config"), poison);
    Map<String, String> homeBefore = contents(home);
    Map<String, String> repositoryBefore = contents(repository);

    String output = runElsewhere(home, repository, folder.resolve("caches"));

    assertThat(output).isEqualTo("a===1\n");
    assertThat(contents(home)).isEqualTo(homeBefore);
    assertThat(contents(repository)).isEqualTo(repositoryBefore);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.toString().contains(".probe-"));
    }
  }

  private static String runElsewhere(Path home, Path repository, Path caches) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                repository.toString(),
                caches.toString()));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    builder.environment().put("GIT_SSH", "/nowhere/ssh");
    builder.environment().put("GIT_DIR", "/nowhere");
    Path errors = caches.resolveSibling("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output;
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            file.toString(),
            Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
