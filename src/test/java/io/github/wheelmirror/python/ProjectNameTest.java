package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProjectNameTest {

  @Test
  void spellingsOfOneNameAreEqual() {
    assertThat(Stream.of("Oslo.Config", "oslo_config", "OSLO-._config").map(ProjectName::parse))
        .containsOnly(new ProjectName("oslo-config"));
  }

  @Test
  void namesAreOrderedByTheirNormalForm() {
    assertThat(Stream.of("b", "A_c", "a.b").map(ProjectName::parse).sorted())
        .extracting(ProjectName::toString)
        .containsExactly("a-b", "a-c", "b");
  }

  @Test
  void aRefusalNamesTheTextAndTheReason() {
    assertThatThrownBy(() -> ProjectName.parse("na\u00EFve"))
        .isInstanceOf(InvalidProjectNameException.class)
        .hasMessageStartingWith("invalid project name \"na\u00EFve\": only ASCII letters");
    assertThatThrownBy(() -> ProjectName.parse("")).hasMessageEndingWith("\"\": it is empty");
    assertThatThrownBy(() -> new ProjectName("")).hasMessageEndingWith("\"\": it is empty");
    assertThatThrownBy(() -> new ProjectName("Foo"))
        .isInstanceOf(InvalidProjectNameException.class)
        .hasMessageEndingWith("the normal form is foo");
  }

  @Test
  void aNameThatNobodyCouldRegisterStillHasANormalForm() {
    assertThat(ProjectName.normalized("Foo_")).hasToString("foo-");
    assertThatThrownBy(() -> ProjectName.parse("Foo_"))
        .isInstanceOf(InvalidProjectNameException.class);
    assertThatThrownBy(() -> ProjectName.normalized(""))
        .isInstanceOf(InvalidProjectNameException.class);
  }

  @Test
  void lowerCaseIsThatOfPython() {
    assertThat(ProjectName.normalize("A\u03A3")).isEqualTo("a\u03C2");
    assertThat(ProjectName.normalize("A\u03A3.B")).isEqualTo("a\u03C3-b");
    assertThat(ProjectName.normalize("A\u03A3-B")).isEqualTo("a\u03C2-b");
    assertThat(ProjectName.normalize("A\u0300\u03A3\u0300")).isEqualTo("a\u0300\u03C2\u0300");
    assertThat(ProjectName.normalize("\u03A3")).isEqualTo("\u03C3");
    assertThat(ProjectName.normalize("\u0130\uD801\uDC00")).isEqualTo("i\u0307\uD801\uDC28");
  }
}
