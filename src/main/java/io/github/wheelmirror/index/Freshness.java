package io.github.wheelmirror.index;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long an answer may be used without asking again: RFC 9111, sections 4.2 and 5.2.2. */
final class Freshness {

  private static final Pattern DIRECTIVE =
      Pattern.compile("([a-z-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s,;\"]*)))?");
  private static final Pattern SECONDS = Pattern.compile("\\d+");

  private Freshness() {}

  /**
   * How long the answer is fresh after the server knew that it is right; zero if it does not say
   * so, or if a redirect led to it, which might lead elsewhere the next time.
   */
  static Duration of(URI asked, HttpExchange.Answer answer) {
    List<String> lines = answer.headers().allValues("Cache-Control");
    return asked.equals(answer.url()) ? of(String.join(",", lines)) : Duration.ZERO;
  }

  /** The directives of a header. */
  static Duration of(String cacheControl) {
    Duration fresh = Duration.ZERO;
    boolean told = false;
    Matcher directive = DIRECTIVE.matcher(cacheControl.toLowerCase(Locale.ROOT));
    while (directive.find()) {
      switch (directive.group(1)) {
        case "no-store", "no-cache" -> {
          return Duration.ZERO;
        }
        case "max-age" -> {
          String quoted = directive.group(2);
          String plain = directive.group(3);
          Duration each = seconds(quoted == null ? plain == null ? "" : plain : quoted);
          // of two that disagree the shorter one is the safe one
          fresh = told && fresh.compareTo(each) < 0 ? fresh : each;
          told = true;
        }
        default -> {
          continue;
        }
      }
    }
    return fresh;
  }

  /** How old the answer is, as caches on its way say. */
  static Duration age(HttpExchange.Answer answer) {
    String age = answer.header("Age").strip();
    return age.isEmpty()
        ? Duration.ZERO
        : SECONDS.matcher(age).matches() ? seconds(age) : PageCache.LONGEST_FRESH;
  }

  /** What is no number is no promise; what is too big is as good as the longest. */
  private static Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      return Duration.ZERO;
    }
    long longest = PageCache.LONGEST_FRESH.toSeconds();
    String digits = text.replaceFirst("^0+(?=\\d)", "");
    return Duration.ofSeconds(
        digits.length() > 9 ? longest : Math.min(longest, Long.parseLong(digits)));
  }
}
