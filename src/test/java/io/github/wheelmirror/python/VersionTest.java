package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionTest {

  /** PEP 440, "Summary of permitted suffixes and relative ordering", with epochs and locals. */
  private static final List<String> ASCENDING =
      List.of(
          "0.dev0",
          "0",
          "1.dev0",
          "1.0.dev456",
          "1.0a1.dev1",
          "1.0a1",
          "1.0a1.post1.dev1",
          "1.0a1.post1",
          "1.0a2.dev456",
          "1.0a12",
          "1.0b1.dev456",
          "1.0b2",
          "1.0rc1.dev456",
          "1.0rc1",
          "1.0",
          "1.0+abc",
          "1.0+abc.5",
          "1.0+abc.7",
          "1.0+b",
          "1.0+5",
          "1.0+5.a",
          "1.0+10",
          "1.0.post0.dev1",
          "1.0.post456.dev34",
          "1.0.post456",
          "1.0.1",
          "1.1.dev1",
          "1.1",
          "1.10",
          "1.255",
          "1.256",
          "1.65535",
          "1.65536",
          "2024.1",
          "99999999999999999999",
          "1!0.1",
          "99999999999999999999!0");

  @Test
  void versionsAreOrderedAsPep440Says() {
    List<Version> versions = ASCENDING.stream().map(Version::parse).toList();
    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
            .as("%s against %s", versions.get(i), versions.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void trailingZerosMatterForTheTextOnly() {
    Version longer = Version.parse("1.0.0");
    Version shorter = Version.parse("1");

    assertThat(longer).isEqualTo(shorter).hasSameHashCodeAs(shorter).hasToString("1.0.0");
    assertThat(longer.compareTo(shorter)).isZero();
    assertThat(longer.withoutTrailingZeros()).hasToString("1");
    assertThat(shorter).isNotEqualTo("1");
    assertThat(Version.parse("0.0").withoutTrailingZeros()).hasToString("0");
    assertThat(Version.parse("1.0.0a0.post1.dev2+l").withoutTrailingZeros())
        .hasToString("1a0.post1.dev2+l");
  }

  @Test
  void everySpellingHasOneNormalForm() {
    assertThat(Version.parse(" \u00A0V01!02.0-ALPHA_3.Rev-4_DEV.5+Deb_012-X\u001F"))
        .hasToString("1!2.0a3.post4.dev5+deb.12.x");
    assertThat(Version.parse("1.0-1")).hasToString("1.0.post1");
    assertThat(Version.parse("1.0c")).hasToString("1.0rc0");
    assertThat(Version.parse("2013b")).hasToString("2013b0");
  }

  @Test
  void partsAreWhatIsWritten() {
    Version version = Version.parse("1!2.0rc3.post4.dev5+local.6");

    assertThat(version.epoch()).isEqualTo(BigInteger.ONE);
    assertThat(version.release()).containsExactly(BigInteger.TWO, BigInteger.ZERO);
    assertThat(version.pre()).hasToString("Optional[rc3]");
    assertThat(version.post()).contains(BigInteger.valueOf(4));
    assertThat(version.dev()).contains(BigInteger.valueOf(5));
    assertThat(version.local()).contains("local.6");
    assertThat(version.hasLocal()).isTrue();
    assertThat(version.publicVersion()).hasToString("1!2.0rc3.post4.dev5");
    assertThat(version.baseVersion()).hasToString("1!2.0");
  }

  @Test
  void aVersionWithoutSuffixesIsItsOwnBase() {
    Version version = Version.parse("1.2");

    assertThat(version.baseVersion()).isSameAs(version);
    assertThat(version.publicVersion()).isSameAs(version);
    assertThat(version.hasLocal() || version.isPreRelease() || version.isPostRelease()).isFalse();
  }

  @Test
  void aRefusalNamesTheTextAndThePlace() {
    assertThatThrownBy(() -> Version.parse("1.0_1"))
        .isInstanceOf(InvalidVersionException.class)
        .hasMessage("invalid version \"1.0_1\": unexpected \"_1\" at position 3");
    assertThatThrownBy(() -> Version.parse(" latest"))
        .hasMessage("invalid version \" latest\": expected a number at position 1");
    assertThatThrownBy(() -> Version.parse("1".repeat(4301)))
        .hasMessageEndingWith("a number has 4301 digits");
    assertThat(Version.tryParse("1".repeat(4301))).isEmpty();
    assertThat(Version.tryParse("1.0po\u017Ft1")).isEmpty();
  }

  @Test
  void numbersHaveAnyLengthUpToTheLimit() {
    String most = "9".repeat(4300);

    assertThat(Version.parse("1." + most)).hasToString("1." + most);
    assertThat(Version.parse("1." + most)).isGreaterThan(Version.parse("1." + most.substring(1)));
  }

  @Test
  void aPreReleaseHasAKnownLetterAndANumber() {
    assertThat(new Version.PreRelease("rc", BigInteger.TEN)).hasToString("rc10");
    assertThatThrownBy(() -> new Version.PreRelease("c", BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Version.PreRelease("a", BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOrderIsTotalAndAgreesWithEquality() {
    var random = new Random(20261122);
    List<Version> versions = IntStream.range(0, 300).mapToObj(i -> random(random)).toList();
    var sorted = new ArrayList<>(versions);
    sorted.sort(null);
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = i; j < sorted.size(); j++) {
        Version left = sorted.get(i);
        Version right = sorted.get(j);
        int compared = left.compareTo(right);
        assertThat(compared).as("%s against %s", left, right).isNotPositive();
        assertThat(Integer.signum(right.compareTo(left))).isEqualTo(-Integer.signum(compared));
        assertThat(left.equals(right)).isEqualTo(compared == 0);
        assertThat(compared != 0 || left.hashCode() == right.hashCode()).isTrue();
      }
    }
  }

  private static Version random(Random random) {
    var text = new StringBuilder();
    text.append(random.nextInt(6) == 0 ? random.nextInt(2) + "!" : "").append(random.nextInt(3));
    for (int parts = random.nextInt(3); parts > 0; parts--) {
      text.append('.').append(random.nextInt(2) * random.nextInt(300));
    }
    text.append(random.nextInt(3) == 0 ? List.of("a1", "b0", "rc2").get(random.nextInt(3)) : "");
    text.append(random.nextInt(3) == 0 ? ".post" + random.nextInt(2) : "");
    text.append(random.nextInt(3) == 0 ? ".dev" + random.nextInt(2) : "");
    text.append(random.nextInt(3) == 0 ? List.of("+1", "+a", "+a.1").get(random.nextInt(3)) : "");
    return Version.parse(text.toString());
  }
}
