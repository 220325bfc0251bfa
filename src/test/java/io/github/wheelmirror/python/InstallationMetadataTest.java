package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallationMetadataTest {

  private static InstallationMetadata of(String... lines) {
    String text =
        "Metadata-Version: 2.1\nName: Foo_Bar\nVersion: 1.0\n" + String.join("\n", lines) + "\n";
    return new InstallationMetadata(CoreMetadata.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> differences(InstallationMetadata one, InstallationMetadata other) {
    return one.differences(other);
  }

  @Test
  void otherOrderSpellingAndDescriptionAreNoDifference() {
    InstallationMetadata old =
        of(
            "Requires-Dist: Six (>=1.10,<2)",
            "Requires-Dist: attrs ; extra == 'my_extra'",
            "Requires-Dist: pytest (>=3) ; (python_version<'3.9') and extra == 'my_extra'",
            "Requires-Python: >=3.6, !=3.7.*",
            "Provides-Extra: my_extra",
            "Summary: one");
    InstallationMetadata later =
        of(
            "Provides-Extra: my-extra",
            "Requires-Python: !=3.7.*,>=3.6",
            "Requires-Dist: pytest>=3; python_version < \"3.9\" and extra == \"my-extra\"",
            "Requires-Dist: six<2,>=1.10",
            "Requires-Dist: attrs; extra == \"my-extra\"",
            "Summary: other",
            "License-File: LICENSE");

    assertThat(differences(old, later)).isEmpty();
    assertThat(differences(later, old)).isEmpty();
  }

  @Test
  void whatDecidesTheInstallationIsToldFieldByField() {
    InstallationMetadata one =
        of("Requires-Dist: a", "Requires-Dist: b>=1", "Requires-Python: >=3.6");
    InstallationMetadata other = of("Requires-Dist: a", "Requires-Dist: b>=2", "Provides-Extra: X");

    assertThat(differences(one, other))
        .containsExactly(
            "Requires-Python: ->=3.6", "Requires-Dist: +b>=2, -b>=1", "Provides-Extra: +x");
  }

  @Test
  void aLongListIsCut() {
    InstallationMetadata many =
        of("Requires-Dist: a", "Requires-Dist: b", "Requires-Dist: c", "Requires-Dist: d");

    assertThat(differences(of(), many)).containsExactly("Requires-Dist: +a, +b, +c, …");
  }

  @Test
  void whatIsNoRequirementIsComparedAsItIsWritten() {
    assertThat(differences(of("Requires-Dist: a b c"), of("Requires-Dist: a b c"))).isEmpty();
    assertThat(differences(of("Requires-Dist: a b c"), of("Requires-Dist: a b d"))).hasSize(1);
    assertThat(differences(of("Requires-Python: >=3.6.*"), of("Requires-Python: >=3.6")))
        .hasSize(1);
  }
}
