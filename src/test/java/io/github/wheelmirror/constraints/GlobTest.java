package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlobTest {

  @Test
  void agreesWithTheSamePatternAsARegularExpression() {
    Random random = new Random(5);
    for (int i = 0; i < 50_000; i++) {
      String pattern = text(random, "ab/*", 8);
      String name = text(random, "ab/", 10);
      String regex =
          Arrays.stream(pattern.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      assertThat(new Glob(pattern).matches(name))
          .as(pattern + " on " + name)
          .isEqualTo(name.matches(regex));
    }
  }

  @Test
  void manyStarsCostNothing() {
    assertThat(new Glob("*a".repeat(200) + "b").matches("a".repeat(5000))).isFalse();
  }

  @Test
  void onlyTheStarIsSpecial() {
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
