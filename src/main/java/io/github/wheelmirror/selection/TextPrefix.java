package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prefix matching in {@code packaging} until 21: version and prefix are split at dots and compared
 * as texts, so that {@code 1.0a1} is not {@code ==1.0.0.*}.
 *
 * @param parts of the prefix as written
 */
record TextPrefix(List<String> parts) implements Predicate<Version> {

  private static final Pattern WITH_PRE_RELEASE = Pattern.compile("([0-9]+)((?:a|b|c|rc)[0-9]+)");
  private static final Pattern SUFFIX = Pattern.compile("(dev|a|b|rc|post).*");

  TextPrefix {
    parts = List.copyOf(parts);
  }

  /** From {@code 1.0.*}. */
  static TextPrefix ofWildcard(String text) {
    return new TextPrefix(split(text.substring(0, text.length() - 2)));
  }

  /** From what stands behind {@code ~=}: without suffixes and without the last number. */
  static TextPrefix ofCompatible(String text) {
    List<String> release = new ArrayList<>();
    for (String part : split(text)) {
      if (SUFFIX.matcher(part).matches()) {
        break;
      }
      release.add(part);
    }
    return new TextPrefix(release.subList(0, release.size() - 1));
  }

  @Override
  public boolean test(Version version) {
    List<String> all = split(version.publicVersion().toString());
    List<String> shortened = all.subList(0, Math.min(all.size(), parts.size()));
    int mine = numbers(parts);
    int other = numbers(shortened);
    return padded(parts, mine, other).equals(padded(shortened, other, mine));
  }

  private static List<String> split(String version) {
    List<String> parts = new ArrayList<>();
    for (String item : version.split("\\.", -1)) {
      Matcher matcher = WITH_PRE_RELEASE.matcher(item);
      if (matcher.matches()) {
        parts.add(matcher.group(1));
        parts.add(matcher.group(2));
      } else {
        parts.add(item);
      }
    }
    return parts;
  }

  /** How many parts at the beginning are numbers. */
  private static int numbers(List<String> parts) {
    int count = 0;
    while (count < parts.size() && parts.get(count).matches("[0-9]+")) {
      count++;
    }
    return count;
  }

  private static List<String> padded(List<String> parts, int numbers, int wanted) {
    List<String> padded = new ArrayList<>(parts.subList(0, numbers));
    for (int i = numbers; i < wanted; i++) {
      padded.add("0");
    }
    padded.addAll(parts.subList(numbers, parts.size()));
    return padded;
  }
}
