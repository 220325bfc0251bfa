package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompatibleTagsTest {

  private static final Platform DEBIAN_12 = new Platform.Glibc(2, 36, "x86_64");

  @Test
  void nativeLinuxIsBestUnderNewRulesAndWorstUnderOld() {
    assertThat(DEBIAN_12.tags(TagRules.PACKAGING_26_3))
        .startsWith("linux_x86_64", "manylinux_2_36_x86_64")
        .endsWith("manylinux_2_5_x86_64", "manylinux1_x86_64");
    assertThat(DEBIAN_12.tags(TagRules.PACKAGING_26_2))
        .startsWith("manylinux_2_36_x86_64")
        .endsWith("manylinux1_x86_64", "linux_x86_64");
  }

  @Test
  void aGlibcOfTheFutureStillRunsTheLast2x() {
    assertThat(new Platform.Glibc(3, 1, "aarch64").tags(TagRules.PACKAGING_26_3))
        .startsWith(
            "linux_aarch64",
            "manylinux_3_1_aarch64",
            "manylinux_3_0_aarch64",
            "manylinux_2_50_aarch64")
        .endsWith("manylinux_2_17_aarch64", "manylinux2014_aarch64");
  }

  @Test
  void muslAndUnknownArchitecturesHaveNoManylinux() {
    assertThat(new Platform.Musl(1, 1, "riscv64").tags(TagRules.PACKAGING_26_3))
        .containsExactly("linux_riscv64", "musllinux_1_1_riscv64", "musllinux_1_0_riscv64");
    assertThat(new Platform.Glibc(2, 36, "mips64").tags(TagRules.PACKAGING_26_3))
        .containsExactly("linux_mips64");
  }

  @Test
  void a32BitPythonSeesTheArchitectureOfItsOwn() {
    assertThat(new Platform.Musl(1, 0, "x86_64").for32BitPython().tags(TagRules.PACKAGING_26_3))
        .containsExactly("linux_i686", "musllinux_1_0_i686");
    assertThat(new Platform.Musl(1, 0, "aarch64").for32BitPython().tags(TagRules.PACKAGING_26_3))
        .containsExactly(
            "linux_armv8l", "linux_armv7l", "musllinux_1_0_armv8l", "musllinux_1_0_armv7l");
    assertThat(new Platform.Glibc(2, 31, "ppc64le").for32BitPython().arch()).isEqualTo("ppc64le");
  }

  @Test
  void macOsKnowsOldBinaryFormats() {
    assertThat(new Platform.MacOs(10, 5, "ppc64").tags(TagRules.PACKAGING_26_3))
        .containsExactly(
            "macosx_10_5_ppc64",
            "macosx_10_5_fat64",
            "macosx_10_5_universal",
            "macosx_10_4_ppc64",
            "macosx_10_4_fat64",
            "macosx_10_4_universal");
    assertThat(new Platform.MacOs(10, 7, "ppc").tags(TagRules.PACKAGING_26_2))
        .startsWith("macosx_10_6_ppc", "macosx_10_6_fat32", "macosx_10_6_fat")
        .endsWith("macosx_10_0_universal");
    assertThat(new Platform.MacOs(10, 4, "i386").tags(TagRules.PACKAGING_26_3))
        .containsExactly(
            "macosx_10_4_i386",
            "macosx_10_4_intel",
            "macosx_10_4_fat3",
            "macosx_10_4_fat",
            "macosx_10_4_universal");
    assertThat(new Platform.MacOs(10, 0, "intel").tags(TagRules.PACKAGING_26_3))
        .containsExactly("macosx_10_0_intel", "macosx_10_0_universal");
    assertThat(new Platform.MacOs(10, 0, "other").tags(TagRules.PACKAGING_26_3))
        .containsExactly("macosx_10_0_other");
  }

  @Test
  void iosAndAndroidListOlderReleases() {
    assertThat(new Platform.Ios(13, 1, "arm64-iphoneos").tags(TagRules.PACKAGING_26_3))
        .hasSize(12)
        .startsWith("ios_13_1_arm64_iphoneos", "ios_13_0_arm64_iphoneos", "ios_12_9_arm64_iphoneos")
        .endsWith("ios_12_0_arm64_iphoneos");
    assertThat(new Platform.Android(17, "arm64-v8a").tags(TagRules.PACKAGING_26_3))
        .containsExactly("android_17_arm64_v8a", "android_16_arm64_v8a");
  }

  @Test
  void anotherPlatformHasTheTagsItSays() {
    assertThat(
            new Platform.Fixed(List.of("pyemscripten-2025_0-wasm32", "emscripten-4.0.9-wasm32"))
                .tags(TagRules.PACKAGING_26_3))
        .containsExactly("pyemscripten_2025_0_wasm32", "emscripten_4_0_9_wasm32");
  }

  @Test
  void descriptionsThatMakeNoTagAreRefused() {
    assertThatThrownBy(() -> new Platform.Glibc(2, Integer.MAX_VALUE, "x86_64"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Platform.Musl(1, 1, "x86-64"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Platform.Fixed(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interpreter("cp-3", 3, 12, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interpreter("cp311", 3, 12, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interpreter.cpython(3, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interpreter.cpython(3, 12, List.of("cp3.12")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDefaultAbiFollowsTheVersion() {
    assertThat(Interpreter.cpython(2, 7).abis()).containsExactly("cp27mu");
    assertThat(Interpreter.cpython(3, 7).abis()).containsExactly("cp37m");
    assertThat(Interpreter.cpython(3, 15).abis()).containsExactly("cp315");
  }

  @Test
  void aFreeThreadedPythonTakesItsOwnStableAbiOnly() {
    Interpreter python = Interpreter.freeThreaded(3, 15);
    CompatibleTags tags = CompatibleTags.of(python, DEBIAN_12, TagRules.PACKAGING_26_3);

    assertThat(python.isFreeThreaded()).isTrue();
    assertThat(tags.supports(Tag.parse("cp315-abi3t-linux_x86_64"))).isTrue();
    assertThat(tags.supports(Tag.parse("cp315-abi3-linux_x86_64"))).isFalse();
    assertThat(Interpreter.cpython(3, 15).isFreeThreaded()).isFalse();
    assertThat(Interpreter.cpython(3, 15, List.of()).isFreeThreaded()).isFalse();
    assertThat(Interpreter.cpython(3, 15, List.of("tea")).isFreeThreaded()).isFalse();
  }

  @Test
  void othersThanCPythonTakeNoStableAbi() {
    Interpreter pypy = new Interpreter("pp311", 3, 11, List.of("pypy311_pp73"));
    Interpreter graalpy = new Interpreter("graalpy311", 3, 11, List.of("none"));
    Platform windows = Platform.Fixed.of("win-amd64");

    assertThat(CompatibleTags.of(pypy, windows, TagRules.PACKAGING_26_3).tags())
        .extracting(Tag::toString)
        .startsWith("pp311-pypy311_pp73-win_amd64", "pp311-none-win_amd64", "py311-none-win_amd64")
        .contains("pp3-none-any")
        .noneMatch(tag -> tag.contains("abi3"));
    assertThat(CompatibleTags.of(graalpy, windows, TagRules.PACKAGING_26_3).tags())
        .extracting(Tag::toString)
        .startsWith("graalpy311-none-win_amd64", "py311-none-win_amd64")
        .doesNotContain("graalpy311-none-any");
  }

  @Test
  void thePriorityIsTheIndexOfTheBestTag() {
    Tag first = Tag.parse("cp311-cp311-linux_x86_64");
    Tag second = Tag.parse("py3-none-any");
    Tag other = Tag.parse("py2-none-any");
    CompatibleTags tags = CompatibleTags.of(List.of(first, second, first));

    assertThat(tags.priority(Set.of(other, second, first))).hasValue(0);
    assertThat(tags.priority(Set.of(other, second))).hasValue(1);
    assertThat(tags.priority(Set.of(other))).isEmpty();
    assertThat(tags.supports(other)).isFalse();
    assertThat(tags).hasToString("3 tags, best cp311-cp311-linux_x86_64");
  }

  @Test
  void listsAreEqualByTheirTags() {
    CompatibleTags tags = CompatibleTags.of(List.of(Tag.parse("py3-none-any")));

    assertThat(tags)
        .isEqualTo(CompatibleTags.of(tags.tags()))
        .hasSameHashCodeAs(CompatibleTags.of(tags.tags()))
        .isNotEqualTo(CompatibleTags.of(List.of()));
    assertThat(CompatibleTags.of(List.of())).hasToString("0 tags");
  }
}
