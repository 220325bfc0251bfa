package io.github.wheelmirror.selection;

import static io.github.wheelmirror.python.TagRules.PACKAGING_26_2;
import static io.github.wheelmirror.python.TagRules.PACKAGING_26_3;
import static io.github.wheelmirror.selection.PipRules.Habit.EQUAL_VERSIONS_TOGETHER;
import static io.github.wheelmirror.selection.PipRules.Habit.HASHES_WITHOUT_PIN;
import static io.github.wheelmirror.selection.PipRules.Habit.LEGACY_VERSIONS;
import static io.github.wheelmirror.selection.PipRules.Habit.STANDARD_NAMES_IN_DIRECTORIES;
import static io.github.wheelmirror.selection.PipRules.Habit.UPLOADED_PRIOR_TO;

import io.github.wheelmirror.python.TagRules;
import io.github.wheelmirror.python.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What changed between versions of pip, as one row for each range of versions.
 *
 * @param since the first version of the range
 * @param packaging the release of {@code packaging} inside, from which most rules are
 * @param tags the order of compatibility tags
 * @param specifiers what specifiers accept, and which pre-releases
 * @param wheelNames which file names are wheels
 * @param habits what else it does
 */
record PipRules(
    Version since,
    String packaging,
    TagRules tags,
    SpecifierRules specifiers,
    WheelNames wheelNames,
    Set<Habit> habits) {

  /** What some versions do and others do not. */
  enum Habit {
    /** Versions and specifiers that are not PEP 440 are compared too, as texts. */
    LEGACY_VERSIONS,
    /** A find-links directory offers only files that have a name by the standards. */
    STANDARD_NAMES_IN_DIRECTORIES,
    /** Hashes count on constraints too, and a requirement with them need not pin its version. */
    HASHES_WITHOUT_PIN,
    /** With a file that {@code ===} accepts, those of equal versions in other spellings count. */
    EQUAL_VERSIONS_TOGETHER,
    /** Files may be limited by their upload time. */
    UPLOADED_PRIOR_TO
  }

  /** The range of versions, in words. */
  static final String KNOWN = "pip 23.0 to 26.3";

  /** The newest that was compared with these rules. */
  static final Version NEWEST = Version.parse("26.3");

  private static final Version BEYOND = Version.parse("26.4.dev0");

  /** Newest first. */
  private static final List<PipRules> TABLE =
      List.of(
          row(
              "26.3",
              "26.3",
              PACKAGING_26_3,
              SpecifierRules.PACKAGING_26_1,
              WheelNames.PACKAGING_26_3,
              STANDARD_NAMES_IN_DIRECTORIES,
              HASHES_WITHOUT_PIN,
              UPLOADED_PRIOR_TO),
          row(
              "26.1",
              "26.2",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_26_1,
              WheelNames.PACKAGING_25,
              STANDARD_NAMES_IN_DIRECTORIES,
              HASHES_WITHOUT_PIN,
              UPLOADED_PRIOR_TO),
          row(
              "26.0",
              "26.0",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_26_0,
              WheelNames.PACKAGING_25,
              EQUAL_VERSIONS_TOGETHER,
              STANDARD_NAMES_IN_DIRECTORIES,
              UPLOADED_PRIOR_TO),
          row(
              "25.1",
              "25.0",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_2,
              WheelNames.PACKAGING_25,
              STANDARD_NAMES_IN_DIRECTORIES),
          row(
              "25.0",
              "24.2",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_2,
              WheelNames.PIP_PATTERN,
              STANDARD_NAMES_IN_DIRECTORIES),
          row(
              "24.1",
              "24.1",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_24_1,
              WheelNames.PIP_PATTERN,
              STANDARD_NAMES_IN_DIRECTORIES),
          row(
              "24.0",
              "21.3",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_21_3,
              WheelNames.PIP_PATTERN,
              LEGACY_VERSIONS,
              STANDARD_NAMES_IN_DIRECTORIES),
          row(
              "23.0",
              "21.3",
              PACKAGING_26_2,
              SpecifierRules.PACKAGING_21_3,
              WheelNames.PIP_PATTERN,
              LEGACY_VERSIONS));

  /** Copies. */
  PipRules {
    habits = Set.copyOf(habits);
  }

  private static PipRules row(
      String since,
      String packaging,
      TagRules tags,
      SpecifierRules specifiers,
      WheelNames wheelNames,
      Habit... habits) {
    return new PipRules(
        Version.parse(since),
        packaging,
        tags,
        specifiers,
        wheelNames,
        Set.copyOf(Arrays.asList(habits)));
  }

  /** The rules of a version, empty if they are not known. */
  static Optional<PipRules> of(Version version) {
    if (version.compareTo(BEYOND) >= 0) {
      return Optional.empty();
    }
    return TABLE.stream().filter(rules -> rules.since.compareTo(version) <= 0).findFirst();
  }

  boolean has(Habit habit) {
    return habits.contains(habit);
  }
}
