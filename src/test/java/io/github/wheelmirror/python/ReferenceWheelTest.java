package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceWheelTest {

  private static String chosen(String interpreter, String... tags) {
    List<WheelFilename> wheels =
        Arrays.stream(tags).map(tag -> WheelFilename.parse("foo-1.0-" + tag + ".whl")).toList();
    return ReferenceWheel.choose(interpreter, "x86_64", wheels)
        .map(wheel -> wheel.filename().substring("foo-1.0-".length()).replace(".whl", ""))
        .orElse("none");
  }

  @Test
  void thePlatformDecidesBeforeThePython() {
    String[] all = {
      "cp313-cp313-win_amd64",
      "cp313-cp313-macosx_11_0_arm64",
      "cp313-cp313-musllinux_1_2_x86_64",
      "cp310-cp310-manylinux_2_17_aarch64.manylinux2014_aarch64",
      "cp313-cp313-zos_1",
      "py3-none-any"
    };
    for (int i = 0; i < 3; i++) {
      List<String> rest = Arrays.asList(all).subList(0, 4 - i);
      assertThat(chosen("cp313", rest.toArray(String[]::new))).isEqualTo(all[3 - i]);
    }
    assertThat(chosen("cp313", all[4], all[5])).isEqualTo(all[5]);
  }

  @Test
  void theNearestPythonIsChosenAndTheOlderOfTwo() {
    String platform = "-manylinux_2_17_x86_64";
    String[] tags = {
      "cp39-cp39" + platform,
      "cp310-cp310" + platform,
      "cp312-cp312" + platform,
      "cp314-cp314" + platform
    };
    assertThat(chosen("cp313", tags)).startsWith("cp312-");
    assertThat(chosen("cp311", tags)).startsWith("cp310-");
    assertThat(chosen("cp38", tags)).startsWith("cp39-");
    assertThat(chosen("py3", tags)).startsWith("cp314-");
  }

  @Test
  void anotherImplementationIsFurtherThanAnyPython() {
    assertThat(
            chosen("cp311", "pp311-pypy311_pp73-manylinux_2_17_x86_64", "cp38-cp38-linux_x86_64"))
        .startsWith("cp38-");
  }

  @Test
  void theProcessorDecidesBetweenWheelsForOnePython() {
    assertThat(
            chosen(
                "cp313t",
                "cp312-cp312-manylinux_2_17_aarch64",
                "cp312-cp312-manylinux_2_17_x86_64",
                "cp311-cp311-manylinux_2_17_x86_64"))
        .isEqualTo("cp312-cp312-manylinux_2_17_x86_64");
  }

  @Test
  void anotherMajorVersionIsNoReference() {
    assertThat(chosen("cp311", "cp27-cp27mu-manylinux1_x86_64", "py2-none-any")).isEqualTo("none");
    assertThat(chosen("cp311", "py2.py3-none-any")).isEqualTo("py2.py3-none-any");
    assertThat(chosen("odd", "py3-none-any")).isEqualTo("none");
    assertThat(chosen("cp311")).isEqualTo("none");
  }

  @Test
  void theNewestInterpreterOfAWheelIsTaken() {
    assertThat(interpreter("cp310.cp39-none-any")).isEqualTo("cp310");
    assertThat(interpreter("py2.py3-none-any")).isEqualTo("py3");
    assertThat(interpreter("cp39-abi3-linux_x86_64")).isEqualTo("cp39");
  }

  private static String interpreter(String tags) {
    return ReferenceWheel.interpreter(WheelFilename.parse("foo-1.0-" + tags + ".whl"));
  }

  @Test
  void windowsAndMacosAreOtherSystems() {
    for (String other : List.of("win_amd64", "win32", "macosx_11_0_arm64", "ios_13_0_arm64")) {
      assertThat(isOther("cp311-cp311-" + other)).as(other).isTrue();
    }
    for (String linux : List.of("manylinux1_x86_64", "linux_x86_64", "musllinux_1_2_x86_64")) {
      assertThat(isOther("cp311-cp311-" + linux)).as(linux).isFalse();
    }
    assertThat(isOther("py3-none-any")).isFalse();
  }

  private static boolean isOther(String tags) {
    return ReferenceWheel.isForOtherSystem(WheelFilename.parse("foo-1.0-" + tags + ".whl"));
  }
}
