package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.InvalidPathException;
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
  void wordsOfStrangersCommandNoTerminal() {
    assertThatThrownBy(
            () ->
                Failures.rethrow(
                    MirrorException.input(
                        "a\u001b[31m", "its line is \u001b]0;b\u0007\r\nand \u202ec", "d\u200b")))
        .hasMessage(
            "a\\x1b[31m\n  why: its line is \\x1b]0;b\\x07\n       and \\u202ec"
                + "\n  fix: d\\u200b");
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
  void aPathThatTheProcessCannotNameIsNoDefect() {
    InvalidPathException letters =
        new InvalidPathException(
            "/srv/m??rror", "Malformed input or input contains unmappable characters");
    MirrorException failure = Failures.badPath(letters);
    assertThat(failure.what()).isEqualTo("the path /srv/m??rror cannot be used");
    assertThat(failure.fix()).contains("LC_ALL=C.UTF-8");
    assertThat(Failures.badPath(new InvalidPathException("a", "Nul character not allowed")))
        .hasMessage("the path a cannot be used: Nul character not allowed");
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
