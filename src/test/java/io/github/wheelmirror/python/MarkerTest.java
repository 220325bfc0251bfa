package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {

  private static final MarkerEnvironment ENVIRONMENT =
      new MarkerEnvironment(
          "cpython",
          "3.11.7",
          "posix",
          "x86_64",
          "CPython",
          "6.1.0-18-amd64",
          "Linux",
          "#1 SMP",
          "3.11.7+",
          "3.11",
          "linux");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "python_version >= '3.9' | true",
        "python_version < '3.9' | false",
        "'3.1' in python_version | true",
        "python_version not in '3.9,3.10' | true",
        "platform_release >= '4.0' | false",
        "sys_platform > 'a' | false",
        "sys_platform <= 'linux' | true",
        "sys_platform != 'win32' | true",
        "os.name == 'posix' and python_implementation == 'CPython' | true",
        "python_full_version == '3.11.7' | true",
        "os_name == 'nt' and os_name == 'nt' or os_name == 'posix' | true",
        "os_name == 'nt' and (os_name == 'nt' or os_name == 'posix') | false",
        "extra == 'x' | false",
        "'x' != extra | true",
        "os_name == os_name | false",
      })
  void evaluatesForCoreMetadata(String marker, boolean expected) {
    assertThat(Marker.parse(marker).evaluate(ENVIRONMENT)).isEqualTo(expected);
  }

  @Test
  void extrasAreComparedInTheirNormalForm() {
    assertThat(Marker.parse("extra == 'Foo.Bar'").evaluate(ENVIRONMENT, "foo_bar")).isTrue();
    assertThat(Marker.parse("'Foo.Bar' == extra")).hasToString("\"foo-bar\" == extra");
  }

  @ParameterizedTest
  @CsvSource({
    "in, true",
    "not in, false",
    "==, false",
    "!=, true",
    "<=, false",
    ">=, false",
    "<, false"
  })
  void lockFilesHaveSetsOfExtrasAndGroups(String operator, boolean expected) {
    MarkerContext context =
        MarkerContext.lockFile(ENVIRONMENT, Set.of("Foo.Bar"), Set.of("Foo_Bar"));

    assertThat(Marker.parse("'FOO-bar' " + operator + " extras").evaluate(context))
        .isEqualTo(expected);
    assertThat(Marker.parse("'FOO-bar' " + operator + " dependency_groups").evaluate(context))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"extras == 'x'", "'x' ~= extras", "os_name ~= 'posix'", "os_name === 'x'"})
  void whatCannotBeComparedIsAnErrorOfItsOwn(String text) {
    Marker marker = Marker.parse(text);
    MarkerContext context = MarkerContext.lockFile(ENVIRONMENT, Set.of("x"), Set.of());

    assertThatThrownBy(() -> marker.evaluate(context))
        .isInstanceOf(UndefinedComparisonException.class)
        .hasMessageStartingWith("undefined comparison ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"extra == 'x'", "'x' in extras", "'a' == 'b'", "os_name == 'x' or 'a' < ''"})
  void aNameThatTheContextLacksIsAnErrorOfItsOwn(String text) {
    Marker marker = Marker.parse(text);
    MarkerContext context = MarkerContext.requirement(ENVIRONMENT);

    assertThatThrownBy(() -> marker.evaluate(context))
        .isInstanceOf(UndefinedEnvironmentNameException.class)
        .hasMessageStartingWith("the environment does not define ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "( (os.name=='a') )|os_name == \"a\"",
        "(os_name=='a')and(os_name=='b' or os_name=='c')|"
            + "os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")",
        "((os_name=='a' and os_name=='b')) or os_name not  in 'c'|"
            + "(os_name == \"a\" and os_name == \"b\") or os_name not in \"c\"",
        "os_name == 'a\"b'|os_name == 'a\"b'",
        "os_name == '\\x41\\102\\u0043\\U00000044\\N{DIGIT ONE}'|os_name == \"ABCD1\"",
        "os_name == '\\d\\8'|os_name == \"\\d\\8\"",
        "os_name == '\\\\'|os_name == \"\\\\\"",
        "os_name == '\\n\\'|refused",
        "os_name == '\\n'|os_name == \"\\u000a\"",
        "os_name == '\"\\x27'|os_name == \"\\u0022'\"",
        "os_name == '\\ud800'|os_name == \"\\ud800\"",
        "os_name == '\\x4'|refused",
        "os_name == '\\x4g'|refused",
        "os_name == '\\u00e'|refused",
        "os_name == '\\U00110000'|refused",
        "os_name == '\\Uffffffff'|refused",
        "os_name == '\\N{NO SUCH NAME}'|refused",
        "os_name == '\\N{BASIC LATIN 41}'|refused",
        "os_name == '\\N'|refused",
        "os_name == '\\N{'|refused",
        "os_name == 'a|refused",
        "os_name = 'a'|refused",
        "os_name not 'a'|refused",
        "os_name notin 'a'|refused",
        "os_names == 'a'|refused",
        "(os_name == 'a'|refused",
        "os_name == 'a')|refused",
        "os_name == 'a' and|refused",
        "os_name == 'a' && os_name == 'b'|refused",
        "``|refused",
      })
  void printsOneSpellingOrRefuses(String text, String expected) {
    assertThat(printed(text)).isEqualTo(expected);
  }

  @Test
  void literalsAreOnOneLineUnlessTheBreakIsEscaped() {
    assertThat(printed("os_name == 'a\\\nb\\\r\nc\\\rd'")).isEqualTo("os_name == \"abcd\"");
    assertThat(printed("os_name == 'a\nb'")).isEqualTo("refused");
    assertThat(printed("os_name == 'a\rb'")).isEqualTo("refused");
    assertThat(printed("os_name == 'a\0b'")).isEqualTo("refused");
    assertThat(printed("os_name == '\uD800'")).isEqualTo("refused");
    assertThat(printed("os_name == '\uD83D\uDE00'")).isEqualTo("os_name == \"\uD83D\uDE00\"");
  }

  private static String printed(String text) {
    try {
      return Marker.parse(text).toString();
    } catch (InvalidMarkerException e) {
      return "refused";
    }
  }

  @Test
  void markersAreEqualIfTheyPrintAlike() {
    assertThat(Marker.parse("(os.name=='a')"))
        .isEqualTo(Marker.parse("os_name  == \"a\""))
        .hasSameHashCodeAs(Marker.parse("os_name  == \"a\""))
        .isNotEqualTo(Marker.parse("os_name == 'b'"))
        .isNotEqualTo("os_name == \"a\"");
  }

  @Test
  void aRefusalNamesTheTextAndThePlace() {
    assertThatThrownBy(() -> Marker.parse("os_name = 'a'"))
        .isInstanceOf(InvalidMarkerException.class)
        .hasMessage(
            "invalid environment marker \"os_name = 'a'\": expected one of <=, <, !=, ==, >=, >, ~=,"
                + " ===, in, not in at position 8, found \"= 'a'\"");
    assertThatThrownBy(() -> Marker.parse("os_name == 'a' and"))
        .hasMessageEndingWith(
            "expected a marker variable or a quoted text at position 18, found the end");
  }

  @Test
  void anEnvironmentIsMadeFromAllItsNames() {
    var values = new TreeMap<>(ENVIRONMENT.asMap());
    assertThat(ENVIRONMENT.asMap().keySet().stream()).hasSize(11).isSorted();
    assertThat(MarkerEnvironment.of(values)).isEqualTo(ENVIRONMENT);

    values.put("another", "");
    assertThat(MarkerEnvironment.of(values)).isEqualTo(ENVIRONMENT);

    values.remove("os_name");
    values.remove("sys_platform");
    assertThatThrownBy(() -> MarkerEnvironment.of(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the marker environment lacks [os_name, sys_platform]");
  }
}
