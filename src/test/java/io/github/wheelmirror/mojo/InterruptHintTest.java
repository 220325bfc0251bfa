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
        () -> {
          throw new AssertionError("nobody asked");
        },
        said::add,
        () -> done.add("work"));
    assertThatThrownBy(
            () ->
                InterruptHint.during(
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
          .containsExactly("interrupted: what is in the wheelhouse stays there, go on with mvn x");
      assertThat(process.waitFor()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void goalsThatTakeLongGoOnAndOthersDoNot() {
    ServerCredentials none =
        new ServerCredentials(
            request -> {
              throw new AssertionError("nothing is decrypted");
            });
    assertThat(new BuildMojo(none).fillsWheelhouse()).isTrue();
    assertThat(new GatherMojo(none).fillsWheelhouse()).isTrue();
    assertThat(new DeployMojo(none).fillsWheelhouse()).isTrue();
    assertThat(new ServeMojo(none).fillsWheelhouse()).as("Ctrl-C is how it ends").isFalse();
    assertThat(new StatusMojo(none).fillsWheelhouse()).isFalse();
  }
}
