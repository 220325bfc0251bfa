package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.TagRules;
import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may change between versions of uv, as one row for each range of versions.
 *
 * @param since the first version of the range
 * @param tags the order of compatibility tags
 * @param specifiers what specifiers accept, and which pre-releases
 * @param sdistExtensions the archives that are built
 * @param unknownArchives other archives that are seen as sdists, and refused
 * @param omittedPureTag the interpreter of a pure tag that it does not know although packaging does
 * @param variants whether it reads wheel names with a variant label (PEP 825)
 */
record UvRules(
    Version since,
    TagRules tags,
    SpecifierRules specifiers,
    List<String> sdistExtensions,
    List<String> unknownArchives,
    String omittedPureTag,
    boolean variants) {

  /** Checks. */
  UvRules {
    sdistExtensions = List.copyOf(sdistExtensions);
    unknownArchives = List.copyOf(unknownArchives);
  }

  /** The newest that was compared with these rules. */
  static final Version NEWEST = Version.parse("0.13.9");

  private static final Version BEYOND = Version.parse("0.14.dev0");

  /** Newest first. */
  private static final List<UvRules> TABLE = List.of(row("0.13.1", true), row("0.13.0", false));

  private static UvRules row(String since, boolean variants) {
    return new UvRules(
        Version.parse(since),
        TagRules.PACKAGING_26_2,
        SpecifierRules.UV,
        List.of(".tar.gz", ".zip"),
        List.of(
            ".tar.bz2",
            ".tar.xz",
            ".tar.lzma",
            ".tar.lz",
            ".tar.zst",
            ".tar",
            ".tgz",
            ".tbz",
            ".txz",
            ".tlz"),
        "pp3",
        variants);
  }

  /** The range of versions, in words. */
  static final String KNOWN = "uv 0.13";

  /** All archives that are seen as sdists, longer extensions first. */
  List<String> archives() {
    List<String> all = new ArrayList<>(sdistExtensions);
    all.addAll(unknownArchives);
    return all;
  }

  /** The rules of a version, empty if they are not known. */
  static Optional<UvRules> of(Version version) {
    if (version.compareTo(BEYOND) >= 0) {
      return Optional.empty();
    }
    return TABLE.stream().filter(rules -> rules.since.compareTo(version) <= 0).findFirst();
  }
}
