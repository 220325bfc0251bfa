package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.ChildJvm;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptHintTest {
  /** What a shell started in the background ignores the signal, and so would all that it starts. */
  private static final String HEARS_INTERRUPTS =
      """
      import os, signal, sys
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  @Test
  void workThatEndsSaysNothingAndAsksForNoCommand() {
    List<String> said = new ArrayList<>();
    List<String> done = new ArrayList<>();
    InterruptHint.during(
        "all",
        () -> {
          throw new AssertionError("nobody asked");
        },
        said::add,
        () -> done.add("work"));
    assertThatThrownBy(
            () ->
                InterruptHint.during(
                    "all",
                    () -> "x",
                    said::add,
                    () -> {
                      throw new IllegalStateException("fails");
                    }))
        .hasMessage("fails");
    assertThat(done).containsExactly("work");
    assertThat(said).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "system"})
  void interruptedWorkTellsHowToGoOnWhoeverHasTheSignal(String owner) throws Exception {
    ProcessBuilder java = ChildJvm.of(InterruptedWork.class, List.of(owner));
    java.command().addAll(0, List.of("python3", "-c", HEARS_INTERRUPTS));
    Process process = java.start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("works");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(said.lines())
          .containsExactly("interrupted: what was made stays, go on with mvn x");
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void goalsThatTakeLongTellWhatStaysOfThemAndOthersDoNot() {
    ServerCredentials none =
        new ServerCredentials(
            request -> {
              throw new AssertionError("nothing is decrypted");
            });
    String wheelhouse = "what is in the wheelhouse stays there";
    String released = "each region serves its old release or the new one whole";
    assertThat(new ResolveMojo(none).keptIfInterrupted())
        .contains("what was fetched of the constraints stays in the cache");
    assertThat(new PlanMojo(none).keptIfInterrupted())
        .contains("index pages that were read stay in the cache");
    assertThat(new BuildMojo(none).keptIfInterrupted()).contains(wheelhouse);
    assertThat(new GatherMojo(none).keptIfInterrupted()).contains(wheelhouse);
    assertThat(new VerifyMojo(none).keptIfInterrupted()).contains(wheelhouse);
    assertThat(new DeployMojo(none).keptIfInterrupted()).contains(wheelhouse + ", and " + released);
    assertThat(new ImportMojo(none).keptIfInterrupted()).contains(released);
    assertThat(new ExportMojo(none).keptIfInterrupted())
        .contains("the file is written whole or not at all");
    assertThat(new ServeMojo(none).keptIfInterrupted()).as("Ctrl-C is how it ends").isEmpty();
    assertThat(new StatusMojo(none).keptIfInterrupted()).isEmpty();
  }
}
