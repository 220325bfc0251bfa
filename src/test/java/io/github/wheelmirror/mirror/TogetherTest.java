package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.MirrorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTest {

  @Test
  void eachReasonAndFixIsToldOnce() {
    MirrorException one = MirrorException.input("a", "why a", "fix");
    MirrorException two = MirrorException.input("b", "why b", "fix");
    MirrorException all = Together.of("2 failed", List.of(one, two, one));
    assertThat(all.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(all.what()).isEqualTo("2 failed");
    assertThat(all.why()).isEqualTo("a: why a\nb: why b");
    assertThat(all.fix()).isEqualTo("fix");
    assertThat(all.getCause()).isSameAs(one);
  }

  @Test
  void brokenMachineryAmongThemMakesItMachinery() {
    MirrorException input = MirrorException.input("a", "b", "c");
    MirrorException machinery = MirrorException.machinery("d", "e", "f", null);
    assertThat(Together.of("x", List.of(input, machinery)).kind())
        .isEqualTo(MirrorException.Kind.MACHINERY);
  }

  @Test
  void aLongListIsCutAndCounted() {
    List<MirrorException> many = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      many.add(MirrorException.input("page " + i, "down", "try later"));
    }
    assertThat(Together.of("x", many).why().lines().toList())
        .hasSize(21)
        .last()
        .isEqualTo("and 5 more");
  }
}
