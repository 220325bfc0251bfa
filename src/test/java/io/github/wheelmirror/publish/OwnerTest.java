package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private final Owner self = Owner.self();

  private Owner started(long secondsLater) {
    return new Owner(
        self.host(),
        self.pid(),
        Instant.parse(self.started()).plusSeconds(secondsLater).toString());
  }

  @Test
  void aProcessIsTheSameAfterTheClockWasSet() {
    assertThat(self.mayRun()).isTrue();
    assertThat(started(2).mayRun()).isTrue();
    assertThat(started(-2).mayRun()).isTrue();
  }

  @Test
  void aProcessWithTheSameNumberThatBeganAtAnotherTimeIsAnother() {
    assertThat(started(-3600).mayRun()).isFalse();
    assertThat(new Owner(self.host(), self.pid(), "").mayRun()).isFalse();
  }

  @Test
  void aProcessOfAnotherMachineMayRun() {
    assertThat(new Owner(self.host() + "-other", 1, "").mayRun()).isTrue();
  }
}
