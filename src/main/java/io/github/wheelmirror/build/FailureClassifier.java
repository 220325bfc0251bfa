package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the last lines of a failed build what was missing and how to help. What it reads was
 * written by an unknown program: time and memory are bounded whatever it is.
 */
public final class FailureClassifier {

  private static final int MAX_TEXT = 64 * 1024;
  private static final int MAX_LINE = 600;
  private static final int SHOWN = 200;
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]{0,20}[A-Za-z]");
  private static final Pattern TELLING =
      Pattern.compile("(?i)error\\b|exception|failed|fatal|cannot|not found");
  private static final List<FailureRule> RULES = FailureRules.all();

  private FailureClassifier() {}

  /**
   * Classifies.
   *
   * @param logTail the end of the build's output; only its last 64 Ki characters are read
   * @return the first kind of failure, by how telling it is, that some line shows; {@link
   *     FailureClass#UNKNOWN} with the last telling line if none does
   */
  public static Diagnosis classify(String logTail, Pin pin, Target target) {
    List<String> lines = lastLinesFirst(logTail);
    for (FailureRule rule : RULES) {
      for (String line : lines) {
        Matcher matcher = rule.pattern().matcher(line);
        if (matcher.find()) {
          return new Diagnosis(
              rule.failureClass(),
              rule.why().of(matcher, target),
              orExclude(rule.fix().of(matcher, target), pin));
        }
      }
    }
    return new Diagnosis(
        FailureClass.UNKNOWN, lastWords(lines), orExclude("read the log for the cause", pin));
  }

  private static String orExclude(String fix, Pin pin) {
    return fix + ", or exclude " + pin + " with a reason: <exclude>…</exclude>";
  }

  private static List<String> lastLinesFirst(String logTail) {
    String end =
        logTail.length() > MAX_TEXT ? logTail.substring(logTail.length() - MAX_TEXT) : logTail;
    List<String> lines = new ArrayList<>();
    for (String line : end.split("[\\r\\n]+", -1)) {
      String plain = COLOURS.matcher(line).replaceAll("");
      String cut = plain.length() > MAX_LINE ? plain.substring(0, MAX_LINE) : plain;
      // compilers quote names with typographic quotes in UTF-8 locales
      lines.add(0, cut.replace('‘', '\'').replace('’', '\''));
    }
    return lines;
  }

  private static String lastWords(List<String> lines) {
    String last =
        lines.stream()
            .filter(line -> TELLING.matcher(line).find())
            .findFirst()
            .or(() -> lines.stream().filter(line -> !line.isBlank()).findFirst())
            .map(FailureClassifier::printable)
            .orElse("");
    return last.isEmpty() ? "the build failed without a word" : "the build failed: " + last;
  }

  private static String printable(String line) {
    StringBuilder shown = new StringBuilder();
    line.strip()
        .codePoints()
        .filter(c -> !Character.isISOControl(c))
        .limit(SHOWN)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
