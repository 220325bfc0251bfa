package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code --hash} options of a line, as requirements and constraints files have them.
 *
 * @param rest the line without them; with other options, which no reader of requirements takes
 * @param hashes as {@code algorithm:digest} in lower case, in their order
 */
record HashOptions(String rest, List<String> hashes) {

  private static final Pattern HASH = Pattern.compile("--hash(?:=|\\s+)([^\\s:]+:\\S*)(?:\\s+|$)");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]*");
  private static final Set<String> STRONG = Set.of("sha256", "sha384", "sha512");

  /** How many hexadecimal digits a digest has, for the algorithms that uv knows. */
  private static final Map<String, Integer> LENGTHS =
      Map.of("md5", 32, "sha256", 64, "sha384", 96, "sha512", 128, "blake2b", 64);

  HashOptions {
    hashes = List.copyOf(hashes);
  }

  /**
   * Of a line.
   *
   * @param line without comment
   */
  static HashOptions of(String line) {
    int start = line.indexOf(" -");
    if (start < 0) {
      return new HashOptions(line, List.of());
    }
    List<String> hashes = new ArrayList<>();
    String options = PythonText.strip(line.substring(start));
    Matcher hash = HASH.matcher(options);
    int at = 0;
    while (at < options.length() && hash.region(at, options.length()).lookingAt()) {
      hashes.add(hash.group(1).toLowerCase(Locale.ROOT));
      at = hash.end();
    }
    return at == options.length()
        ? new HashOptions(PythonText.strip(line.substring(0, start)), hashes)
        : new HashOptions(line, List.of());
  }

  /** Whether pip takes them. */
  static boolean areStrong(List<String> hashes) {
    return hashes.stream().allMatch(hash -> STRONG.contains(algorithm(hash)));
  }

  /** Whether each is a digest of an algorithm that uv knows. */
  static boolean areWhole(List<String> hashes) {
    return hashes.stream().allMatch(HashOptions::isWhole);
  }

  private static boolean isWhole(String hash) {
    String digest = hash.substring(hash.indexOf(':') + 1);
    return digest.length() == LENGTHS.getOrDefault(algorithm(hash), -1)
        && DIGITS.matcher(digest).matches();
  }

  private static String algorithm(String hash) {
    return hash.substring(0, hash.indexOf(':'));
  }
}
