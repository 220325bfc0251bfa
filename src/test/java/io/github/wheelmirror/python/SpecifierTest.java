package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecifierTest {

  @Test
  void whatIsWrittenIsKeptVerbatim() {
    Specifier specifier = Specifier.parse(" ==\t01.0.* ");

    assertThat(specifier.operator()).isEqualTo(Specifier.Operator.EQUAL).hasToString("==");
    assertThat(specifier.versionText()).isEqualTo("01.0.*");
    assertThat(specifier).hasToString("==01.0.*");
  }

  @Test
  void specifiersAreEqualIfTheirVersionsAre() {
    assertThat(Specifier.parse(">=1.0"))
        .isEqualTo(Specifier.parse(">= v1"))
        .hasSameHashCodeAs(Specifier.parse(">= v1"))
        .isNotEqualTo(Specifier.parse("<=1.0"))
        .isNotEqualTo(">=1.0");
    assertThat(Specifier.parse("~=1.0")).isNotEqualTo(Specifier.parse("~=1.0.0"));
    assertThat(Specifier.parse("===1.0")).isNotEqualTo(Specifier.parse("===1"));
  }

  @Test
  void identityComparesTextsWithTextsAndNormalFormsWithVersions() {
    Specifier specifier = Specifier.parse("===2013B");

    assertThat(specifier.contains("2013b")).isTrue();
    assertThat(specifier.contains(Version.parse("2013b"))).isFalse();
    assertThat(Specifier.parse("===1.0").contains(Version.parse("1.0.0"))).isFalse();
    assertThat(Specifier.parse("===1.0").contains(Version.parse("v1.0"))).isTrue();
  }

  @Test
  void greaterThanLeavesOutWhatBelongsToTheVersion() {
    Specifier specifier = Specifier.parse(">1.0");

    assertThat(List.of("1.0", "1.0+local", "1.0.post1", "1.0.0.post1.dev1"))
        .noneMatch(specifier::contains);
    assertThat(List.of("1.0.1", "1.1.dev0", "1!0")).allMatch(specifier::contains);
    assertThat(Specifier.parse(">1.0.post1").contains("1.0.post2")).isTrue();
    assertThat(Specifier.parse(">1.0.dev1").contains("1.0.dev1+local")).isFalse();
  }

  @Test
  void lessThanLeavesOutPreReleasesOfTheVersion() {
    assertThat(Specifier.parse("<1.0").contains("1.0a1")).isFalse();
    assertThat(Specifier.parse("<1.0rc1").contains("1.0a1")).isTrue();
    assertThat(Specifier.parse("<1.0.post1").contains("1.0.post1.dev1")).isFalse();
    assertThat(Specifier.parse("<1.0.post1").contains("1.0")).isTrue();
  }

  @Test
  void onlyIdentityAcceptsWhatIsNoVersion() {
    assertThat(Specifier.parse("!=1.0").contains("latest")).isFalse();
    assertThat(Specifier.parse("===latest").contains("LATEST")).isTrue();
  }

  @Test
  void aRefusalNamesTheTextAndThePlace() {
    assertThatThrownBy(() -> Specifier.parse("=>1"))
        .isInstanceOf(InvalidSpecifierException.class)
        .hasMessage(
            "invalid version specifier \"=>1\": expected one of ~=, ==, !=, <=, >=, <, >, === at"
                + " position 0");
    assertThatThrownBy(() -> Specifier.parse("~=1"))
        .hasMessageEndingWith("~= needs a version of at least two numbers at position 2");
    assertThatThrownBy(() -> Specifier.parse(">=1.*"))
        .hasMessageEndingWith("unexpected \".*\" at position 3");
    assertThatThrownBy(() -> Specifier.parse("==" + "1".repeat(5000)))
        .hasMessageEndingWith("a number has 5000 digits");
    assertThat(Specifier.tryParse("==x")).isEmpty();
    assertThat(Specifier.tryParse("==1 x")).isEmpty();
  }

  @Test
  void aSetIsSortedAndHasNoDuplicates() {
    SpecifierSet set = SpecifierSet.parse(" >=1.0, ,!=1.5 ,>=1.0.0,");

    assertThat(set).hasToString("!=1.5,>=1.0").isEqualTo(SpecifierSet.parse(">=1,!=1.5.0"));
    assertThat(set.specifiers()).hasSize(2);
    assertThat(set.contains(Version.parse("1.4"))).isTrue();
    assertThat(set.contains(Version.parse("1.5"))).isFalse();
  }

  @Test
  void theEmptySetAcceptsEverything() {
    SpecifierSet set = SpecifierSet.parse(" , ");

    assertThat(set.isEmpty()).isTrue();
    assertThat(set).hasToString("");
    assertThat(set.contains("anything", PreReleases.FORBID)).isTrue();
    assertThat(set.contains("1.0a1", PreReleases.FORBID)).isFalse();
  }

  @Test
  void aRefusedSetNamesTheWholeText() {
    assertThatThrownBy(() -> SpecifierSet.parse(">=1,<"))
        .isInstanceOf(InvalidSpecifierException.class)
        .hasMessage("invalid version specifier \">=1,<\": expected a number at position 1")
        .hasCauseInstanceOf(InvalidSpecifierException.class);
  }

  @Test
  void preReleasesAreKeptOnlyIfNamedOrAlone() {
    List<String> candidates = List.of("1.0", "2.0rc1", "1.1");

    assertThat(filter(">=1", candidates)).containsExactly("1.0", "1.1");
    assertThat(filter(">=1.5", candidates)).containsExactly("2.0rc1");
    assertThat(filter(">=1.0rc0", candidates)).isEqualTo(candidates);
    assertThat(filter("!=1.0rc0", candidates)).containsExactly("1.0", "1.1");
    assertThat(filter("===2.0RC1", candidates)).containsExactly("2.0rc1");
  }

  private static List<String> filter(String set, List<String> candidates) {
    return SpecifierSet.parse(set).filter(candidates, Version::parse, PreReleases.DEFAULT);
  }
}
