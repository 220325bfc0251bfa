package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.net.ConnectException;
import org.apache.maven.exception.DefaultExceptionHandler;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void badInputBecomesAMojoFailureInTheHouseForm() {
    assertThatThrownBy(() -> Failures.rethrow(MirrorException.input("what", "one\ntwo", "fix it")))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("what\n  why: one\n       two\n  fix: fix it");
  }

  @Test
  void brokenMachineryBecomesAMojoExecutionException() {
    assertThatThrownBy(() -> Failures.rethrow(MirrorException.machinery("w", "y", "f", null)))
        .isInstanceOf(MojoExecutionException.class);
  }

  @Test
  void mavenTellsAFailureOnceAndTheStackTraceKeepsItsCauses() {
    MirrorException failure =
        MirrorException.machinery("what", "why", "fix", new ConnectException("refused by peer"));
    assertThatThrownBy(() -> Failures.rethrow(failure))
        .satisfies(
            thrown -> {
              assertThat(new DefaultExceptionHandler().handleException(thrown).getMessage())
                  .isEqualTo("what\n  why: why\n  fix: fix");
              assertThat(thrown).hasSuppressedException(failure);
            });
  }
}
