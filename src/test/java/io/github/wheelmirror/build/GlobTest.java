package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

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
    assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void withoutPatternsEverythingMatches() {
    assertThat(Glob.anyMatches(List.of(), "x")).isTrue();
    assertThat(Glob.anyMatches(List.of("y", "x*"), "x")).isTrue();
    assertThat(Glob.anyMatches(List.of("y"), "x")).isFalse();
  }

  @Test
  void itAgreesWithARegularExpression() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab*?", 6);
      String text = text(random, "ab", 8);
      String regex = pattern.replace("?", ".").replace("*", ".*");
      assertThat(Glob.matches(pattern, text))
          .as("%s on %s", pattern, text)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  private static String text(Random random, String alphabet, int longest) {
    var text = new StringBuilder();
    int length = random.nextInt(longest + 1);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
