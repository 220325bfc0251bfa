package io.github.wheelmirror.tree;

import java.util.List;

/**
 * What an own wheel lacks of upstream's wheel of the same version.
 *
 * @param reference the file name of upstream's
 * @param modules how many packages and modules in source
 * @param extensions how many extension modules
 * @param data how many other files
 * @param names the first {@link #NAMES} of them, as they are in the wheel: full names of modules
 *     first, then of extensions, then paths of data
 */
record MissingFiles(String reference, int modules, int extensions, int data, List<String> names) {

  /** As many as a person reads. */
  static final int NAMES = 5;

  MissingFiles {
    Require.notBlank(reference, "the file that is compared with");
    names = List.copyOf(names);
    if (modules < 0
        || extensions < 0
        || data < 0
        || names.size() != Math.min(NAMES, modules + extensions + data)) {
      throw new IllegalArgumentException(
          "not as many as are named: " + modules + ", " + extensions + ", " + data + names);
    }
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  int count() {
    return modules + extensions + data;
  }
}
