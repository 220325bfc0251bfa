package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @Test
  void agreesWithTheSamePatternAsARegularExpression() {
    Random random = new Random(5);
    for (int i = 0; i < 50_000; i++) {
      String pattern = text(random, "ab/*?", 8);
      String name = text(random, "ab/", 10);
      String regex = pattern.replace("?", ".").replace("*", ".*");
      assertThat(new Glob(pattern).matches(name))
          .as(pattern + " on " + name)
          .isEqualTo(name.matches(regex));
    }
  }

  @Test
  void manyStarsCostNothing() {
    assertThat(new Glob("*a".repeat(200) + "b").matches("a".repeat(5000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "stable/*,stable/2025.1,true",
    "*,anything/at/all,true",
    "cp31?,cp312,true",
    "cp31?,cp31,false",
    "stable/2025.*,stable/2026.1,false",
    "a*b*c,aXbYbc,true",
    "master,Master,false",
  })
  void starAndQuestionMarkMatch(String pattern, String text, boolean expected) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void withoutPatternsEverythingMatches() {
    assertThat(Glob.anyMatches(List.of(), "x")).isTrue();
    assertThat(Glob.anyMatches(List.of("y", "x*"), "x")).isTrue();
    assertThat(Glob.anyMatches(List.of("y"), "x")).isFalse();
  }

  @Test
  void onlyStarAndQuestionMarkAreSpecial() {
    assertThat(new Glob("a.[b]\\").matches("a.[b]\\")).isTrue();
    assertThat(new Glob("a.[b]\\").isLiteral()).isTrue();
    assertThat(new Glob("a.?[b]").matches("a.?[b]")).isTrue();
    assertThat(new Glob("a.c").matches("abc")).isFalse();
  }

  private static String text(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(longest); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
