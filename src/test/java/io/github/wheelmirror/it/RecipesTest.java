package io.github.wheelmirror.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.clients.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code src/recipes} has for schedulers, as far as it can be tried without them. */
class RecipesTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path TOOLS = BASE.resolve("target/tools/kubernetes");

  @TempDir Path folder;

  private record Answer(int exit, String said) {}

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), said);
  }

  /** A program that prints what it is called with. */
  private Map<String, String> stub(String name, String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new TreeMap<>(Map.of("PATH", bin + ":" + System.getenv("PATH")));
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(BASE.resolve("src/recipes/kubernetes"))) {
      return files.sorted().toList();
    }
  }

  private JsonNode manifest(Path file) throws IOException, InterruptedException {
    Programs.require(Files.isDirectory(TOOLS), "kubernetes-validate is not below target/tools");
    Answer json =
        run(
            Map.of("PYTHONPATH", TOOLS.toString()),
            "python3",
            "-c",
            "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
            file.toString());
    assertThat(json.exit()).as(json.said()).isZero();
    return Json.tree(json.said().getBytes(StandardCharsets.UTF_8), file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.29.0", "1.33.0", "1.37.0"})
  void theKubernetesManifestsFitTheSchema(String version) throws IOException, InterruptedException {
    Programs.require(Files.isDirectory(TOOLS), "kubernetes-validate is not below target/tools");
    for (Path each : manifests()) {
      Answer answer =
          run(
              Map.of("PYTHONPATH", TOOLS.toString()),
              "python3",
              "-m",
              "kubernetes_validate",
              "--strict",
              "-k",
              version,
              each.toString());
      assertThat(answer.exit()).as(answer.said()).isZero();
      assertThat(answer.said()).contains("passed for resource job/wheel-mirror-");
    }
    assertThat(manifests()).hasSize(3);
  }

  @Test
  void eachPodDoesItsOwnPartAndAllPartsAreDone() throws IOException, InterruptedException {
    JsonNode job = manifest(BASE.resolve("src/recipes/kubernetes/2-build.yaml")).path("spec");
    int parts = job.path("completions").asInt();
    JsonNode container = job.at("/template/spec/containers/0");
    Map<String, String> environment = stub("mvn", "echo \"$@\"\n");
    container
        .path("env")
        .forEach(each -> environment.put(each.path("name").asText(), each.path("value").asText()));
    assertThat(environment).containsEntry("SHARDS", String.valueOf(parts));
    for (int index : new int[] {0, 7, parts - 1}) {
      environment.put("JOB_COMPLETION_INDEX", String.valueOf(index));
      Answer answer = run(environment, "sh", "-c", container.at("/args/0").asText());
      assertThat(answer.said().strip().split(" "))
          .contains("wheel-mirror:build")
          .contains("-Dwheel-mirror.build.shard=" + (index + 1) + "/" + parts);
    }
  }

  @Test
  void theSlurmRecipePlansBuildsAndReleasesInThisOrder() throws IOException, InterruptedException {
    Answer answer = slurm("20");
    assertThat(answer.exit()).as(answer.said()).isZero();
    List<String> jobs = Files.readAllLines(folder.resolve("jobs"));
    assertThat(jobs).hasSize(3);
    assertThat(jobs.get(0)).contains("--wrap=exec mvn -B -ntp wheel-mirror:plan");
    assertThat(jobs.get(1))
        .contains("--dependency=afterok:101", "--array=1-20")
        .contains("-Dwheel-mirror.build.shard=$SLURM_ARRAY_TASK_ID/20");
    assertThat(jobs.get(2))
        .contains("--dependency=afterany:102", "--wait")
        .contains("wheel-mirror:gather wheel-mirror:snapshot wheel-mirror:verify")
        .contains("wheel-mirror:deploy");
    assertThat(answer.said()).contains("what gather said");
  }

  @Test
  void theSlurmRecipeDoesLostShardsAgainAndFailsAsGatherDoes()
      throws IOException, InterruptedException {
    Files.createFile(folder.resolve("fails"));
    Answer answer = slurm("20", "3,7");
    assertThat(answer.exit()).isEqualTo(7);
    List<String> jobs = Files.readAllLines(folder.resolve("jobs"));
    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(0)).contains("--array=3,7").doesNotContain("--dependency");
    assertThat(answer.said()).contains("what gather said");
  }

  @Test
  void theSlurmRecipeAsksForTheNumberOfShards() throws IOException, InterruptedException {
    assertThat(slurm().exit()).isNotZero();
    assertThat(folder.resolve("jobs")).doesNotExist();
  }

  private Answer slurm(String... arguments) throws IOException, InterruptedException {
    Map<String, String> environment =
        stub(
            "sbatch",
            """
            echo "$@" >>jobs
            id=$((100 + $(wc -l <jobs)))
            case "$*" in *:gather*) echo "what gather said" >target/wheel-mirror/slurm/gather-$id.log ;; esac
            echo $id
            case "$*" in *:gather*) [ ! -e fails ] || exit 7 ;; esac
            """);
    String[] command = new String[arguments.length + 2];
    command[0] = "sh";
    command[1] = BASE.resolve("src/recipes/slurm/wheel-mirror.sh").toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return run(environment, command);
  }
}
