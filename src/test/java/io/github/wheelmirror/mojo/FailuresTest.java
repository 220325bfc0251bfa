package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import org.apache.maven.exception.DefaultExceptionHandler;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void badInputIsAFailureInTheHouseForm() {
    assertThatThrownBy(
            () -> Failures.rethrow(MirrorException.input("it is bad", "one\ntwo", "this\nthat")))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("it is bad\n  why: one\n       two\n  fix: this\n       that");
  }

  @Test
  void brokenMachineryIsAnExecutionErrorThatShowsItsCauseWithDashE() {
    MirrorException broken =
        MirrorException.machinery("no net", "down", "wait", new IOException("reset"));
    assertThatThrownBy(() -> Failures.rethrow(broken))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("no net\n  why: down\n  fix: wait")
        .hasSuppressedException(broken);
  }

  @Test
  void whatNobodyExpectedIsToldInTheSameForm() {
    RuntimeException defect = new UncheckedIOException(new IOException("odd"));
    assertThat(Failures.unexpected("plan", defect))
        .hasMessageStartingWith("goal plan ended unexpectedly\n  why: ")
        .hasMessageContaining("odd")
        .hasMessageContaining("\n  fix: run it again with -e")
        .hasCause(defect);
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
