package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetrcTest {

  @Test
  void entriesAreFoundByHostElseTheDefault() {
    Netrc netrc =
        Netrc.parse(
            "# machine no login a password b\nmacdef init\n machine no login c password d\n\n"
                + "machine one login u1 account x password \"p 1\"\n"
                + "machine two\n\tlogin u2\n\tpassword p#2\ndefault login any password thing\n");

    assertThat(netrc.of("one")).contains(new Credentials("", "u1", new Secret("p 1")));
    assertThat(netrc.of("two")).contains(new Credentials("", "u2", new Secret("p#2")));
    assertThat(netrc.of("no")).contains(new Credentials("", "any", new Secret("thing")));
  }

  @Test
  void withoutADefaultOtherHostsHaveNone() {
    assertThat(Netrc.parse("machine one login a password b").of("two")).isEmpty();
    assertThat(Netrc.parse("").of("two")).isEmpty();
  }

  @Test
  void ofTwoEntriesOfAHostTheLastCounts() {
    Netrc netrc =
        Netrc.parse("machine one login a password b\nmachine one login c password d # not e\n");

    assertThat(netrc.of("one")).contains(new Credentials("", "c", new Secret("d")));
  }

  @Test
  void wordsMayBeInQuotesAndHaveBackslashes() {
    Netrc netrc =
        Netrc.parse(
            "machine one login \"a \\\"b\\\"\" password c\\\\d\\ e\"f\nmachine \"\" login g");

    assertThat(netrc.of("one")).contains(new Credentials("", "a \"b\"", new Secret("c\\d e\"f")));
  }

  @Test
  void commentsInsideEntriesEndWithTheirLine() {
    Netrc netrc =
        Netrc.parse("machine one login a # password no\n\n  # login no\n#x\n  password b\n");

    assertThat(netrc.of("one")).contains(new Credentials("", "a", new Secret("b")));
  }

  @Test
  void anAccountStandsInForAMissingLogin() {
    assertThat(Netrc.parse("machine one account a password b").of("one"))
        .contains(new Credentials("", "a", new Secret("b")));
  }

  @Test
  void hostsAreFoundInAnySpellingOfTheUrl() {
    Netrc netrc = Netrc.parse("machine one.example login a\nmachine ::1 login b");

    assertThat(netrc.of("One.Example")).contains(new Credentials("", "a", new Secret("")));
    assertThat(netrc.of("[::1]")).contains(new Credentials("", "b", new Secret("")));
  }

  @Test
  void nothingPrintsThePassword() {
    assertThat(Netrc.parse("machine one login a password secret").of("one").toString())
        .doesNotContain("secret");
  }

  @Test
  void anyTextIsSurvived() {
    String[] words = {
      "machine", "default", "login", "password", "macdef", "\n", "#", "\"", "h", ""
    };
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "\n");
      }
      assertThat(Netrc.parse(text.toString()).of("h")).isNotNull();
    }
  }
}
