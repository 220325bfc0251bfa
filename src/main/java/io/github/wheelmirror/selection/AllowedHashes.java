package io.github.wheelmirror.selection;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hashes one of which a file must have.
 *
 * @param digests by algorithm, in lower case; an algorithm may be left with none
 */
record AllowedHashes(SortedMap<String, Set<String>> digests) {

  /** Nothing is asked for. */
  static final AllowedHashes NONE = new AllowedHashes(new TreeMap<>());

  /** How the hashes that are told of a file compare. */
  enum Answer {
    /** One of them is allowed. */
    ALLOWED,
    /** Nobody knows before the download. */
    UNKNOWN,
    /** None of them is, and all that count are told. */
    REFUSED
  }

  /** Of {@code algorithm:digest} texts. */
  static AllowedHashes of(Collection<String> texts) {
    SortedMap<String, Set<String>> digests = new TreeMap<>();
    for (String text : texts) {
      String lower = text.toLowerCase(Locale.ROOT);
      int colon = lower.indexOf(':');
      digests
          .computeIfAbsent(lower.substring(0, colon), algorithm -> new TreeSet<>())
          .add(lower.substring(colon + 1));
    }
    return new AllowedHashes(digests);
  }

  /** Whether nothing is asked for, not even what no file can have. */
  boolean isEmpty() {
    return digests.isEmpty();
  }

  /** Whether some file could be allowed. */
  boolean admitsAny() {
    return digests.values().stream().anyMatch(each -> !each.isEmpty());
  }

  /**
   * What both allow, as pip joins them: an empty one does not count, and two without a common
   * algorithm make an empty one.
   */
  AllowedHashes and(AllowedHashes other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    SortedMap<String, Set<String>> both = new TreeMap<>();
    digests.forEach(
        (algorithm, own) -> {
          Set<String> theirs = other.digests.get(algorithm);
          if (theirs != null) {
            Set<String> common = new TreeSet<>(own);
            common.retainAll(theirs);
            both.put(algorithm, common);
          }
        });
    return new AllowedHashes(both);
  }

  /**
   * What is known of a file; where nothing is asked for, no file is allowed by its hash.
   *
   * @param told its hashes by algorithm
   */
  Answer of(Map<String, String> told) {
    if (isEmpty()) {
      return Answer.REFUSED;
    }
    boolean allowed =
        told.entrySet().stream()
            .anyMatch(
                hash ->
                    digests
                        .getOrDefault(hash.getKey(), Set.of())
                        .contains(hash.getValue().toLowerCase(Locale.ROOT)));
    if (allowed) {
      return Answer.ALLOWED;
    }
    return told.keySet().containsAll(digests.keySet()) ? Answer.REFUSED : Answer.UNKNOWN;
  }
}
