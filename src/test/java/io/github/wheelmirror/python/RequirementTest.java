package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {

  @Test
  void partsAreWhatIsWritten() {
    Requirement requirement =
        Requirement.parse(" Oslo.Config [ b,A ] ( >=1.0, !=1.5, ) ; python_version<'3'");

    assertThat(requirement.name()).isEqualTo("Oslo.Config");
    assertThat(requirement.projectName()).isEqualTo(ProjectName.parse("oslo-config"));
    assertThat(requirement.extras()).containsExactly("A", "b");
    assertThat(requirement.specifiers()).isEqualTo(SpecifierSet.parse(">=1.0,!=1.5"));
    assertThat(requirement.url()).isEmpty();
    assertThat(requirement.marker()).contains(Marker.parse("python_version < '3'"));
    assertThat(requirement).hasToString("Oslo.Config[A,b]!=1.5,>=1.0; python_version < \"3\"");
  }

  @Test
  void aUrlRunsToTheNextSpace() {
    Requirement requirement = Requirement.parse("a @ file:///x;y ; os_name == 'nt'");

    assertThat(requirement.url()).contains("file:///x;y");
    assertThat(requirement.specifiers().isEmpty()).isTrue();
    assertThat(requirement).hasToString("a @ file:///x;y ; os_name == \"nt\"");
    assertThat(Requirement.parse("a@x ")).hasToString("a @ x");
  }

  @Test
  void requirementsAreEqualIfTheyAskForTheSame() {
    Requirement requirement = Requirement.parse("A_b[X.y]==1.0; os.name=='nt'");

    assertThat(requirement)
        .isEqualTo(Requirement.parse("a-b[x_y] == 1; os_name == \"nt\""))
        .hasSameHashCodeAs(Requirement.parse("a-b[x_y] == 1; os_name == \"nt\""))
        .isNotEqualTo(Requirement.parse("a[x-y]==1.0; os.name=='nt'"))
        .isNotEqualTo(Requirement.parse("a-b==1.0; os.name=='nt'"))
        .isNotEqualTo(Requirement.parse("a-b[x-y]==1.1; os.name=='nt'"))
        .isNotEqualTo(Requirement.parse("a-b[x-y]==1.0"))
        .isNotEqualTo("a-b");
    assertThat(Requirement.parse("a @ x")).isNotEqualTo(Requirement.parse("a @ y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|expected a project name at position 0, found the end",
        "a[b|expected a comma or a closing bracket at position 3, found the end",
        "a[b c]|expected a comma or a closing bracket at position 4, found \"c]\"",
        "a[b,]|expected the name of an extra at position 4, found \"]\"",
        "a @ |expected a URL at position 3, found the end",
        "a @ x y|expected a semicolon at position 6, found \"y\"",
        "a (>=1|expected a comma or a closing parenthesis at position 6, found the end",
        "a 1|expected a version specifier or a semicolon at position 2, found \"1\"",
        "a >=1 <2|expected a comma or a semicolon at position 6, found \"<2\"",
        "a- >=1|expected a version specifier or a semicolon at position 1, found \"- >=1\"",
        "a; os_name|expected one of <=, <, !=, ==, >=, >, ~=, ===, in, not in at position 10, found"
            + " the end",
        "a; os_name == 'x' y|expected the end at position 18, found \"y\"",
        "a===1,2|expected one of ~=, ==, !=, <=, >=, <, >, === at position 0",
      })
  void aRefusalSaysWhatWasExpectedWhere(String text, String reason) {
    assertThatThrownBy(() -> Requirement.parse(text))
        .isInstanceOfSatisfying(
            InvalidRequirementException.class,
            e -> {
              assertThat(e.text()).isEqualTo(text);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }
}
