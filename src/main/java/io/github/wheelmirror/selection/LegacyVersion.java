package io.github.wheelmirror.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules before PEP 440, which {@code packaging} until 21 falls back to: runs of
 * digits and letters, compared as texts.
 *
 * @param key what is compared
 */
record LegacyVersion(List<String> key) implements Comparable<LegacyVersion> {

  private static final Pattern SPECIFIER = Pattern.compile("(==|!=|<=|>=|<|>)\\s*([^,;\\s)]*)");
  private static final Pattern COMPONENT = Pattern.compile("\\d+|[a-z]+|\\.|-");
  private static final Map<String, String> REPLACED =
      Map.of("pre", "c", "preview", "c", "-", "final-", "rc", "c", "dev", "@");
  private static final int WIDTH = 8;
  private static final String ZERO = "0".repeat(WIDTH);
  private static final String FINAL = "*final";
  private static final String FINAL_DASH = "*final-";

  LegacyVersion {
    key = List.copyOf(key);
  }

  /** Any text is one. */
  static LegacyVersion parse(String text) {
    List<String> key = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher matcher = COMPONENT.matcher(lower);
    int end = 0;
    while (matcher.find()) {
      add(lower.substring(end, matcher.start()), key);
      add(matcher.group(), key);
      end = matcher.end();
    }
    add(lower.substring(end), key);
    addText(FINAL, key);
    return new LegacyVersion(key);
  }

  private static void add(String component, List<String> key) {
    String part = REPLACED.getOrDefault(component, component);
    if (part.isEmpty() || part.equals(".")) {
      return;
    }
    if (part.charAt(0) >= '0' && part.charAt(0) <= '9') {
      key.add("0".repeat(Math.max(0, WIDTH - part.length())) + part);
    } else {
      addText("*" + part, key);
    }
  }

  private static void addText(String part, List<String> key) {
    if (part.compareTo(FINAL) < 0) {
      removeLast(FINAL_DASH, key);
    }
    removeLast(ZERO, key);
    key.add(part);
  }

  private static void removeLast(String part, List<String> key) {
    while (!key.isEmpty() && key.get(key.size() - 1).equals(part)) {
      key.remove(key.size() - 1);
    }
  }

  /** What a specifier accepts that PEP 440 does not allow, such as {@code >=3.6.*}; or nothing. */
  static Optional<Predicate<String>> specifier(String text) {
    Matcher matcher = SPECIFIER.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    LegacyVersion bound = parse(matcher.group(2));
    String operator = matcher.group(1);
    return Optional.of(version -> holds(parse(version).compareTo(bound), operator));
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<=" -> order <= 0;
      case ">=" -> order >= 0;
      case "<" -> order < 0;
      default -> order > 0;
    };
  }

  @Override
  public int compareTo(LegacyVersion other) {
    int common = Math.min(key.size(), other.key.size());
    for (int i = 0; i < common; i++) {
      int order = key.get(i).compareTo(other.key.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(key.size(), other.key.size());
  }
}
