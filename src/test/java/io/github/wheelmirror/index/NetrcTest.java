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
                + "machine one login u1 account x password \"p 1\"\n".replace(" 1\"", "1\"")
                + "machine two\n\tlogin u2\n\tpassword p#2\ndefault login any password thing\n");

    assertThat(netrc.of("one")).contains(new Credentials("", "u1", new Secret("p1")));
    assertThat(netrc.of("two")).contains(new Credentials("", "u2", new Secret("p#2")));
    assertThat(netrc.of("no")).contains(new Credentials("", "any", new Secret("thing")));
  }

  @Test
  void withoutADefaultOtherHostsHaveNone() {
    assertThat(Netrc.parse("machine one login a password b").of("two")).isEmpty();
    assertThat(Netrc.parse("").of("two")).isEmpty();
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
