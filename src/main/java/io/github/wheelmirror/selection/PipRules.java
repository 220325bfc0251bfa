package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.TagRules;
import io.github.wheelmirror.python.Version;
import java.util.List;
import java.util.Optional;

/**
 * What changed between versions of pip, as one row for each range of versions.
 *
 * @param since the first version of the range
 * @param packaging the release of {@code packaging} inside, whose rules the others are
 * @param tags the order of compatibility tags
 * @param specifiers what specifiers accept, and which pre-releases
 * @param wheelNames which file names are wheels
 * @param legacyVersions whether versions and specifiers that are not PEP 440 are compared too
 * @param standardNamesInDirectories whether a find-links directory offers only files that have a
 *     name by the standards
 */
record PipRules(
    Version since,
    String packaging,
    TagRules tags,
    SpecifierRules specifiers,
    WheelNames wheelNames,
    boolean legacyVersions,
    boolean standardNamesInDirectories) {

  private static final Version BEYOND = Version.parse("26.4.dev0");

  /** Newest first. */
  private static final List<PipRules> TABLE =
      List.of(
          row(
              "26.3",
              "26.3",
              TagRules.PACKAGING_26_3,
              SpecifierRules.PACKAGING_26_1,
              WheelNames.PACKAGING_26_3),
          row(
              "26.1",
              "26.2",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_26_1,
              WheelNames.PACKAGING_25),
          row(
              "26.0",
              "26.0",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_26_0,
              WheelNames.PACKAGING_25),
          row(
              "25.1",
              "25.0",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_2,
              WheelNames.PACKAGING_25),
          row(
              "25.0",
              "24.2",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_2,
              WheelNames.PIP_PATTERN),
          row(
              "24.1",
              "24.1",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_1,
              WheelNames.PIP_PATTERN),
          new PipRules(
              Version.parse("24.0"),
              "21.3",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_21_3,
              WheelNames.PIP_PATTERN,
              true,
              true),
          new PipRules(
              Version.parse("23.0"),
              "21.3",
              TagRules.PACKAGING_26_2,
              SpecifierRules.PACKAGING_21_3,
              WheelNames.PIP_PATTERN,
              true,
              false));

  /** The range of versions, in words. */
  static final String KNOWN = "pip 23.0 to 26.3";

  private static PipRules row(
      String since,
      String packaging,
      TagRules tags,
      SpecifierRules specifiers,
      WheelNames wheelNames) {
    return new PipRules(Version.parse(since), packaging, tags, specifiers, wheelNames, false, true);
  }

  /** The rules of a version, empty if they are not known. */
  static Optional<PipRules> of(Version version) {
    if (version.compareTo(BEYOND) >= 0) {
      return Optional.empty();
    }
    return TABLE.stream().filter(rules -> rules.since.compareTo(version) <= 0).findFirst();
  }
}
