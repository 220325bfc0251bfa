package io.github.wheelmirror.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessRunnerTest {

  private static final Limits ROOMY = new Limits(Duration.ofSeconds(60), 50_000_000);

  private final Path folder;
  private final ProcessRunner runner = ProcessRunner.create();

  ProcessRunnerTest(@TempDir Path folder) {
    HostPrograms.require("sh", "setsid", "sleep", "env", "head");
    this.folder = folder;
  }

  @Test
  void exitCodeAndOutputOfBothStreamsAreKept() throws IOException {
    Path log = folder.resolve("logs/one.log");

    ProcessOutcome outcome = runner.run(shell("echo out; echo err >&2; exit 3"), ROOMY, log);

    assertThat(outcome).isInstanceOf(ProcessOutcome.Exited.class);
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.describe()).isEqualTo("exit code 3");
    assertThat(outcome.transcript().output()).isEqualTo("out\nerr\n");
    assertThat(outcome.transcript().leftovers()).isZero();
    assertThat(log).hasContent("out\nerr\n");
  }

  @Test
  void logIsAppendedTo() {
    Path log = folder.resolve("one.log");

    runner.run(shell("echo first"), ROOMY, log);
    ProcessOutcome outcome = runner.run(shell("echo second"), ROOMY, log);

    assertThat(outcome.succeeded()).isTrue();
    assertThat(log).hasContent("first\nsecond\n");
  }

  @Test
  void standardOutputIsKeptApartWhole() {
    ProcessOutcome outcome =
        runner.run(
            shell("head -c 300000 /dev/zero | tr '\\0' a; echo noise >&2")
                .withStandardOutputApart(),
            ROOMY);

    assertThat(outcome.transcript().standardOutput())
        .hasSize(300_000)
        .containsOnlyOnce("a".repeat(300_000));
    assertThat(outcome.transcript().output()).isEqualTo("noise\n");
  }

  @Test
  void bigOutputIsWhollyInTheLogAndItsEndInMemory() throws IOException {
    Path log = folder.resolve("big.log");

    ProcessOutcome outcome =
        runner.run(
            shell("i=0; while [ $i -lt 200000 ]; do echo line $i; i=$((i+1)); done"), ROOMY, log);

    assertThat(outcome.succeeded()).isTrue();
    assertThat(Files.readAllLines(log)).hasSize(200_000).endsWith("line 199999");
    assertThat(outcome.transcript().output())
        .hasSizeLessThanOrEqualTo(64 * 1024)
        .endsWith("line 199998\nline 199999\n");
  }

  @Test
  void outputThatIsNotUtf8IsShownAndLoggedAsItIs() throws IOException {
    Path log = folder.resolve("bytes.log");

    ProcessOutcome outcome = runner.run(shell("printf 'caf\\351 \\303\\251'"), ROOMY, log);

    assertThat(outcome.transcript().output()).isEqualTo("caf\uFFFD é");
    assertThat(Files.readAllBytes(log))
        .isEqualTo("caf\u00e9 \u00c3\u00a9".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void environmentIsExactlyWhatWasGivenAndTheMarker() {
    Map<String, String> given = Map.of("PATH", "/usr/bin:/bin", "ONE", "a b\nc", "TWO", "");

    ProcessOutcome outcome =
        runner.run(
            Command.of(List.of("env", "-0"), folder, given).withStandardOutputApart(), ROOMY);

    assertThat(outcome.transcript().standardOutput().split("\0"))
        .hasSize(4)
        .contains("PATH=/usr/bin:/bin", "ONE=a b\nc", "TWO=")
        .anyMatch(line -> line.startsWith(ProcessRunner.MARKER + "="));
  }

  @Test
  void inputIsEmptyAndUmaskIsFixed() {
    ProcessOutcome outcome = runner.run(shell("cat; umask; pwd"), ROOMY);

    assertThat(outcome.transcript().output()).isEqualTo("0022\n" + folder + "\n");
  }

  @Test
  void argumentsAreNotInterpreted() {
    List<String> argv = List.of("printf", "%s|", "$HOME", "a b", "\"'`id`", "*", "");

    ProcessOutcome outcome = runner.run(Command.of(argv, folder, environment()), ROOMY);

    assertThat(outcome.transcript().output()).isEqualTo("$HOME|a b|\"'`id`|*||");
  }

  @ParameterizedTest
  @MethodSource("runners")
  void timeoutKillsTheWholeTreeAndItsDaemons(ProcessRunner any) throws Exception {
    String script =
        """
        setsid sh -c 'sh -c "echo \\$\\$ >> pids; exec sleep 600" & exit 0' &
        sh -c 'echo $$ >> pids; sleep 600' &
        setsid sh -c 'echo $$ >> pids; sleep 600' > /dev/null 2>&1 < /dev/null &
        echo $$ >> pids
        while [ $(wc -l < pids) -lt 4 ]; do sleep 0.05; done
        echo ready
        sleep 600
        """;

    ProcessOutcome outcome = any.run(shell(script), new Limits(Duration.ofSeconds(3), 1000));

    assertThat(outcome).isInstanceOf(ProcessOutcome.TimedOut.class);
    assertThat(outcome.describe()).isEqualTo("no end after 3 s");
    assertThat(outcome.transcript().output()).isEqualTo("ready\n");
    assertThat(pids()).hasSize(4).noneMatch(HostPrograms::isRunning);
  }

  static Stream<ProcessRunner> runners() throws IOException {
    Path bare = Files.createTempDirectory("bare");
    Files.createSymbolicLink(bare.resolve("sh"), Path.of("/bin/sh"));
    return Stream.of(
        ProcessRunner.create(), ProcessRunner.using(SearchPath.parse(bare.toString())));
  }

  @Test
  void outputFloodIsCutAndKilled() throws IOException {
    Path log = folder.resolve("flood.log");

    ProcessOutcome outcome =
        runner.run(
            shell("echo $$ > pids; while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done"),
            new Limits(Duration.ofSeconds(60), 100_000),
            log);

    assertThat(outcome).isInstanceOf(ProcessOutcome.OutputLimitExceeded.class);
    assertThat(log).hasSize(100_000);
    assertThat(pids()).hasSize(1).noneMatch(HostPrograms::isRunning);
  }

  @Test
  void outputOverTheLimitCountsEvenWhenTheProgramEndsFirst() {
    ProcessOutcome outcome =
        runner.run(shell("echo 12345678901"), new Limits(Duration.ofSeconds(60), 10));

    assertThat(outcome).isInstanceOf(ProcessOutcome.OutputLimitExceeded.class);
    assertThat(outcome.transcript().output()).isEqualTo("1234567890");
  }

  @Test
  void interruptKillsTheTreeAndKeepsTheFlag() throws Exception {
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<ProcessOutcome> outcome = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              outcome.complete(
                  runner.run(
                      shell("(setsid sleep 600) & echo hello; echo $$ > pids; sleep 600"),
                      ROOMY,
                      folder.resolve("log")));
              flag.complete(Thread.currentThread().isInterrupted());
            });

    caller.start();
    HostPrograms.awaitFile(folder.resolve("pids"));
    caller.interrupt();

    assertThat(outcome.get()).isInstanceOf(ProcessOutcome.Interrupted.class);
    assertThat(folder.resolve("log")).hasContent("hello\n");
    assertThat(flag.get()).isTrue();
    assertThat(pids()).hasSize(1).noneMatch(HostPrograms::isRunning);
  }

  @Test
  void backgroundChildThatKeepsTheOutputOpenDoesNotHoldTheCaller() throws IOException {
    ProcessOutcome outcome =
        runner.run(
            shell(
                "setsid sh -c 'echo $$ > pids; sleep 600' & "
                    + "while [ ! -s pids ]; do sleep 0.05; done; echo done"),
            ROOMY);

    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.transcript().output()).isEqualTo("done\n");
    assertThat(outcome.transcript().leftovers()).isPositive();
    assertThat(pids()).hasSize(1).noneMatch(HostPrograms::isRunning);
  }

  @Test
  void unknownProgramIsAnErrorWithAFix() {
    assertThatThrownBy(
            () -> runner.run(Command.of(List.of("no-such-program"), folder, environment()), ROOMY))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.what()).isEqualTo("cannot start no-such-program");
              assertThat(e.fix()).contains("install it");
            });
  }

  @Test
  void fileThatIsNotExecutableIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("tool"), "x");

    assertThatThrownBy(
            () -> runner.run(Command.of(List.of(file.toString()), folder, environment()), ROOMY))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("no such executable file");
  }

  @Test
  void workingFolderThatIsNotThereIsAnError() {
    Command command = Command.of(List.of("sh"), folder.resolve("gone"), environment());

    assertThatThrownBy(() -> runner.run(command, ROOMY))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("is not there");
  }

  @Test
  void logThatCannotBeWrittenIsAnError() {
    HostPrograms.requireFile("/dev/full");

    assertThatThrownBy(
            () ->
                runner.run(shell("head -c 100000 /dev/zero; sleep 1"), ROOMY, Path.of("/dev/full")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("/dev/full");
  }

  @ParameterizedTest
  @MethodSource("signals")
  void nothingSurvivesTheEndOfTheJvm(String signal) throws Exception {
    HostPrograms.require("setpriv");
    Path pids = folder.resolve("pids");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RunForEver.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    try {
      HostPrograms.awaitFile(pids);
      runner.run(shell("kill -s " + signal + " " + jvm.pid()), ROOMY);
      assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      jvm.destroyForcibly();
    }
    assertThat(pids()).hasSize(1);
    HostPrograms.awaitEnd(pids().get(0));
  }

  static Stream<String> signals() {
    return Stream.of("TERM", "KILL");
  }

  @Test
  void manyAtOnceDoNotTouchEachOther() throws InterruptedException, ExecutionException {
    List<CompletableFuture<ProcessOutcome>> running =
        Stream.iterate(0, i -> i + 1)
            .limit(6)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> runner.run(shell("sleep 0." + i + "; sleep 600 & echo " + i), ROOMY)))
            .toList();

    for (int i = 0; i < running.size(); i++) {
      ProcessOutcome outcome = running.get(i).get();
      assertThat(outcome.succeeded()).isTrue();
      assertThat(outcome.transcript().output()).isEqualTo(i + "\n");
      assertThat(outcome.transcript().leftovers()).isEqualTo(1);
    }
  }

  private Command shell(String script) {
    return Command.of(List.of("sh", "-c", script), folder, environment());
  }

  private Map<String, String> environment() {
    return CleanEnvironment.at(folder).variables();
  }

  private List<Long> pids() throws IOException {
    return Files.readAllLines(folder.resolve("pids")).stream().map(Long::parseLong).toList();
  }
}
