package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WheelFilenameTest {

  private static final ProjectName NAME = ProjectName.parse("oslo.config");

  @Test
  void aFileNameKeepsItsSpelling() {
    WheelFilename wheel = WheelFilename.parse("Oslo.Config-01.0-py2.py3-none-any.whl");

    assertThat(wheel.name()).isEqualTo(NAME);
    assertThat(wheel.version()).hasToString("1.0");
    assertThat(wheel.buildTag()).isEmpty();
    assertThat(wheel.filename()).isEqualTo("Oslo.Config-01.0-py2.py3-none-any.whl");
    assertThat(WheelFilename.parse(wheel.toString()))
        .isEqualTo(wheel)
        .hasSameHashCodeAs(wheel)
        .isNotEqualTo(WheelFilename.parse("oslo_config-1.0-py2.py3-none-any.whl"));
  }

  @Test
  void ownBuildsGetTheNormalForm() {
    assertThat(WheelFilename.of(NAME, Version.parse("v1.0-1"), BuildTag.of(2), "py3.py2-none-ANY"))
        .hasToString("oslo_config-1.0.post1-2-py2.py3-none-any.whl");
    assertThat(WheelFilename.of(NAME, Version.parse("1.0+a.b"), null, "py3-none-any"))
        .hasToString("oslo_config-1.0+a.b-py3-none-any.whl");
    assertThatThrownBy(() -> WheelFilename.of(NAME, Version.parse("1"), null, "py3-none"))
        .isInstanceOf(InvalidTagException.class);
  }

  @Test
  void aBuildTagReplacesTheOldOneAndNothingElse() {
    WheelFilename wheel = WheelFilename.parse("Foo.Bar-1.00-cp39.cp38-abi3-linux_x86_64.whl");

    WheelFilename built = wheel.withBuildTag(BuildTag.of(1));

    assertThat(built).hasToString("Foo.Bar-1.00-1-cp39.cp38-abi3-linux_x86_64.whl");
    assertThat(built.withBuildTag(BuildTag.parse("2_x")))
        .hasToString("Foo.Bar-1.00-2_x-cp39.cp38-abi3-linux_x86_64.whl");
  }

  @Test
  void noBuildTagIsLessThanAny() {
    WheelFilename none = WheelFilename.parse("a-1-py3-none-any.whl");
    WheelFilename zero = none.withBuildTag(BuildTag.of(0));
    WheelFilename ten = none.withBuildTag(BuildTag.of(10));

    assertThat(Stream.of(ten, none, zero).sorted(WheelFilename::compareBuildTag))
        .containsExactly(none, zero, ten);
    assertThat(none.compareBuildTag(none)).isZero();
  }

  @Test
  void kindsOfWheelsAreToldApartByTheirTags() {
    WheelFilename pure = WheelFilename.parse("a-1-py2.py3-none-any.whl");
    WheelFilename abi3 = WheelFilename.parse("a-1-cp39-abi3-win32.whl");
    WheelFilename mixed = WheelFilename.parse("a-1-py3-none-win32.any.whl");

    assertThat(pure.isPure()).isTrue();
    assertThat(pure.isAbi3()).isFalse();
    assertThat(abi3.isPure()).isFalse();
    assertThat(abi3.isAbi3()).isTrue();
    assertThat(mixed.isPure()).isFalse();
    assertThat(mixed.hasSortedTags()).isFalse();
    assertThat(pure.hasSortedTags()).isTrue();
  }

  @Test
  void aVariantWheelIsRefused() {
    assertThatThrownBy(() -> WheelFilename.parse("a-1-1-py3-none-any-x86_64_v3.whl"))
        .isInstanceOf(InvalidWheelFilenameException.class)
        .hasMessageContaining("7 parts");
  }

  @Test
  void hostileTextsGiveAWheelOrItsOwnException() {
    List<String> good =
        List.of("a-1-py3-none-any.whl", "Foo_Bar-1.0rc1-2_x-cp39.cp310-abi3-linux_x86_64.whl");

    HostileBytes.texts(3, 20_000, good)
        .forEach(
            text -> {
              try {
                WheelFilename wheel = WheelFilename.parse(text);
                assertThat(wheel).hasToString(text);
                assertThat(wheel.withBuildTag(BuildTag.of(7)).tags()).isEqualTo(wheel.tags());
              } catch (InvalidWheelFilenameException e) {
                assertThat(e.text()).isEqualTo(text);
              }
            });
  }
}
