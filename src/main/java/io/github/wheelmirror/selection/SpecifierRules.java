package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Specifier.Operator;
import io.github.wheelmirror.python.Version;
import java.util.function.Predicate;

/**
 * What version specifiers accept in the releases of {@code packaging} inside pip, and in uv (PEP
 * 440, "Version specifiers" and "Handling of pre-releases"). {@link Specifier} has the rules of
 * packaging 26.1 and later; here is how others differ.
 */
enum SpecifierRules {
  /** pip 23.0 to 24.0: prefixes are compared as texts. */
  PACKAGING_21_3(false, false, true, true, false),
  /** pip 24.1 to 24.3. */
  PACKAGING_24_1(false, false, true, false, false),
  /** pip 25: {@code <} and {@code >} can ask for pre-releases too. */
  PACKAGING_24_2(true, false, true, false, false),
  /** pip 26.0: pre-releases if nothing else is accepted. */
  PACKAGING_26_0(true, true, true, false, false),
  /** pip 26.1 and later: bounds that exclude only what PEP 440 says. */
  PACKAGING_26_1(true, true, false, false, false),
  /** uv: as the last, but {@code ===} is equality of versions, the local part included. */
  UV(true, true, false, false, true);

  private static final String WILDCARD = ".*";

  private final boolean boundsAskForPreReleases;
  private final boolean fallsBackToPreReleases;
  private final boolean boundsExcludeWholeBase;
  private final boolean prefixesAreTexts;
  private final boolean arbitraryIsEqual;

  SpecifierRules(
      boolean boundsAskForPreReleases,
      boolean fallsBackToPreReleases,
      boolean boundsExcludeWholeBase,
      boolean prefixesAreTexts,
      boolean arbitraryIsEqual) {
    this.boundsAskForPreReleases = boundsAskForPreReleases;
    this.fallsBackToPreReleases = fallsBackToPreReleases;
    this.boundsExcludeWholeBase = boundsExcludeWholeBase;
    this.prefixesAreTexts = prefixesAreTexts;
    this.arbitraryIsEqual = arbitraryIsEqual;
  }

  /** Whether pre-releases are used where specifiers accept nothing else. */
  boolean fallsBackToPreReleases() {
    return fallsBackToPreReleases;
  }

  /** Whether the specifier asks for pre-releases by naming one. */
  boolean namesPreRelease(Specifier specifier) {
    boolean bound =
        specifier.operator() == Operator.LESS || specifier.operator() == Operator.GREATER;
    return specifier.namesPreRelease() && (boundsAskForPreReleases || !bound);
  }

  /** What the specifier accepts, pre-releases apart. */
  Predicate<Version> accepted(Specifier specifier) {
    String text = specifier.versionText();
    return switch (specifier.operator()) {
      case LESS -> boundsExcludeWholeBase ? below(Version.parse(text)) : specifier::contains;
      case GREATER -> boundsExcludeWholeBase ? above(Version.parse(text)) : specifier::contains;
      case ARBITRARY -> arbitraryIsEqual ? equalTo(text) : specifier::contains;
      case EQUAL ->
          prefixesAreTexts && text.endsWith(WILDCARD)
              ? TextPrefix.ofWildcard(text)
              : specifier::contains;
      case NOT_EQUAL ->
          prefixesAreTexts && text.endsWith(WILDCARD)
              ? TextPrefix.ofWildcard(text).negate()
              : specifier::contains;
      case COMPATIBLE ->
          prefixesAreTexts ? compatible(Version.parse(text), text) : specifier::contains;
      case LESS_OR_EQUAL, GREATER_OR_EQUAL -> specifier::contains;
    };
  }

  private static Predicate<Version> equalTo(String text) {
    return Version.tryParse(text)
        .<Predicate<Version>>map(version -> version::equals)
        .orElse(version -> false);
  }

  /** No pre-release of the bound's base version, unless the bound is a pre-release. */
  private static Predicate<Version> below(Version bound) {
    return version ->
        version.compareTo(bound) < 0
            && (bound.isPreRelease() || !version.isPreRelease() || !sameBase(version, bound));
  }

  /** No local version of the bound's base version, and no post-release unless the bound is one. */
  private static Predicate<Version> above(Version bound) {
    return version ->
        version.compareTo(bound) > 0
            && (bound.isPostRelease() || !version.isPostRelease() || !sameBase(version, bound))
            && (!version.hasLocal() || !sameBase(version, bound));
  }

  private static boolean sameBase(Version one, Version other) {
    return one.baseVersion().equals(other.baseVersion());
  }

  private static Predicate<Version> compatible(Version bound, String text) {
    Predicate<Version> prefix = TextPrefix.ofCompatible(text);
    return version -> version.publicVersion().compareTo(bound) >= 0 && prefix.test(version);
  }
}
