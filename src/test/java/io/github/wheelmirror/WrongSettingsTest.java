package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongSettingsTest {

  private final WrongSettings wrong = new WrongSettings();

  private static MirrorException bad(String name) {
    return MirrorException.input("<" + name + "> is bad", "why " + name, "fix " + name);
  }

  private static String refused(String name) {
    throw bad(name);
  }

  @Test
  void whatIsRightCanBeUsed() {
    Supplier<String> one = wrong.read(() -> "one");
    List<Integer> lengths = wrong.readEach(List.of("a", "bb"), String::length);
    wrong.refuse();
    assertThat(one.get()).isEqualTo("one");
    assertThat(lengths).containsExactly(1, 2);
  }

  @Test
  void aSingleWrongOneIsToldAsItIsThoughOthersNeedIt() {
    MirrorException only = bad("only");
    Supplier<String> part =
        wrong.read(
            () -> {
              throw only;
            });
    wrong.read(() -> part.get() + " in a whole");
    assertThatThrownBy(wrong::refuse).isSameAs(only);
  }

  @Test
  void allAreToldOnceEachWithItsFixBeItThatAPartToldSeveral() {
    WrongSettings part = new WrongSettings();
    part.check(() -> refused("a"));
    part.readEach(List.of("b", "c"), WrongSettingsTest::refused);
    wrong.check(part::refuse);
    wrong.read(() -> refused("d"));
    wrong.read(() -> refused("d"));
    MirrorException all = catchThrowableOfType(MirrorException.class, wrong::refuse);
    assertThat(all.kind()).isEqualTo(MirrorException.Kind.INPUT);
    assertThat(all.what()).isEqualTo("4 settings cannot be used");
    assertThat(all.why())
        .isEqualTo(
            """
            <a> is bad: why a
              fix: fix a
            <b> is bad: why b
              fix: fix b
            <c> is bad: why c
              fix: fix c
            <d> is bad: why d
              fix: fix d""");
    assertThat(all.fix()).isNotBlank();
  }

  @Test
  void aLongListIsCutAndCountedAndBrokenMachineryMakesItMachinery() {
    wrong.readEach(IntStream.range(0, 24).boxed().toList(), number -> refused("n" + number));
    wrong.check(
        () -> {
          throw MirrorException.machinery("disk", "full", "make room", null);
        });
    MirrorException all = catchThrowableOfType(MirrorException.class, wrong::refuse);
    assertThat(all.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
    assertThat(all.what()).isEqualTo("25 settings cannot be used");
    assertThat(all.why().lines().toList()).hasSize(41).last().isEqualTo("and 5 more");
  }
}
