package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptHintTest {

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
