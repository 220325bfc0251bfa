package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MirrorExceptionTest {

  @Test
  void messageSaysWhatHappenedAndWhy() {
    var failure = MirrorException.input("bad pin", "no version", "write one");

    assertThat(failure).hasMessage("bad pin: no version");
    assertThat(failure.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(failure.fix()).isEqualTo("write one");
  }
}
