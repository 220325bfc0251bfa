package io.github.wheelmirror.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitAccessTest {

  private static final GitAccess ACCESS =
      GitAccess.anonymous(
          command -> {
            throw new IOException("no ssh here");
          });

  @Test
  void printsNoSecret() {
    GitAccess access =
        ACCESS
            .withCredentials(new Credentials("", "reader", new Secret("hunter2")))
            .withEnvironment(Map.of("DEPLOY_TOKEN", "hunter2"));

    assertThat(access.toString()).doesNotContain("hunter2", "reader").contains("****");
    assertThat(ACCESS.toString()).contains("credentials=none");
  }

  @Test
  void refusesATimeoutThatWouldMeanForever() {
    assertThatThrownBy(() -> ACCESS.withTimeout(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
