package io.github.wheelmirror.build;

import java.util.List;

/**
 * What an own wheel lacks of upstream's wheel of the same version.
 *
 * @param reference the file name of upstream's
 * @param modules how many packages and modules in source
 * @param extensions how many extension modules
 * @param data how many other files
 * @param names the first {@link #NAMES} of them, each up to {@link #LONGEST} characters of what a
 *     stranger wrote: full names of modules first, then of extensions, then paths of data
 */
public record MissingFiles(
    String reference, int modules, int extensions, int data, List<String> names) {

  /** As many as a person reads. */
  public static final int NAMES = 5;

  /** Names are cut after so many characters. */
  public static final int LONGEST = 300;

  public MissingFiles {
    Check.filename(reference);
    names = names.stream().map(MissingFiles::cut).toList();
    if (modules < 0
        || extensions < 0
        || data < 0
        || names.size() != Math.min(NAMES, (long) modules + extensions + data)) {
      throw new IllegalArgumentException(
          "%d, %d and %d files are missing, and %d are named"
              .formatted(modules, extensions, data, names.size()));
    }
  }

  private static String cut(String name) {
    return name.codePointCount(0, name.length()) > LONGEST
        ? name.substring(0, name.offsetByCodePoints(0, LONGEST))
        : name;
  }

  /** Whether nothing is missing. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** How many files are missing. */
  public int count() {
    return modules + extensions + data;
  }
}
