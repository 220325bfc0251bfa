package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the last lines of a failed build what was missing and how to help. What it reads was
 * written by an unknown program: time and memory are bounded whatever it is.
 */
public final class FailureClassifier {

  private static final int MAX_TEXT = 64 * 1024;
  private static final Pattern TELLING =
      Pattern.compile("(?i)error\\b|exception|failed|fatal|cannot|not found");

  /** What only says that something else went wrong before it. */
  private static final Pattern EMPTY_WORDS =
      Pattern.compile(
          "^(?:ERROR: Exception:$|ERROR: ResolutionImpossible|error: subprocess-exited-with-error|"
              + "ERROR: Failed (?:building|to build)|ERROR: Could not build wheels|"
              + "ERROR: Could not find a version|note: This|hint: See above|"
              + "get_requires_for_build_wheel failed|Traceback )");

  private static final List<FailureRule> BUILD_RULES = FailureRules.ofBuilds();
  private static final List<FailureRule> INSTALLER_RULES = FailureRules.ofInstallers();
  private static final List<FailureRule> REQUIREMENT_RULES = FailureRules.ofRequirements();

  private FailureClassifier() {}

  /** A rule's words for the line that it recognised. */
  private record Hit(FailureClass failureClass, String symptom, String why, String fix) {}

  /**
   * Classifies what a build printed.
   *
   * @param logTail the end of the build's output; only its last 64 Ki characters are read
   * @return the first kind of failure, by how telling it is, that some line shows; {@link
   *     FailureClass#UNKNOWN} with the last telling line if none does
   */
  public static Diagnosis classify(String logTail, Target target) {
    List<String> lines = lastLinesFirst(logTail);
    return hit(BUILD_RULES, lines, target)
        .map(
            hit ->
                new Diagnosis(hit.failureClass(), hit.symptom(), hit.why(), orExclude(hit.fix())))
        .orElseGet(
            () ->
                new Diagnosis(
                    FailureClass.UNKNOWN,
                    lastWords(lines).orElse("the build failed without a word"),
                    "no line of its log tells a cause that is known here",
                    orExclude("read the log for the cause")));
  }

  /**
   * Classifies why a build environment could not be made.
   *
   * @param reason what could not be done, in words
   * @param logTail the end of what pip printed, {@code ""} if it was not run
   */
  public static Diagnosis classifyEnvironment(String reason, String logTail, Target target) {
    String what = LogLine.plain(reason);
    List<String> lines = lastLinesFirst(logTail);
    if (lines.isEmpty()) {
      return environment(
          LogLine.symptom(what),
          "each build has an environment of its own, and this one cannot be made",
          hit(INSTALLER_RULES, List.of(what), target));
    }
    Optional<Hit> installer = hit(INSTALLER_RULES, lines, target);
    if (installer.isPresent()) {
      return environment(
          lastError(lines).orElse(installer.get().symptom()),
          what + ": " + installer.get().why(),
          installer);
    }
    // pip may have had to build a requirement itself, which fails as any build does
    Optional<Hit> build = hit(REQUIREMENT_RULES, lines, target);
    return environment(
        build.map(Hit::symptom).or(() -> lastError(lines)).or(() -> lastWords(lines)).orElse(what),
        build.map(found -> what + ": " + found.why()).orElse(what),
        build);
  }

  private static Diagnosis environment(String symptom, String why, Optional<Hit> hit) {
    return new Diagnosis(
        FailureClass.BUILD_ENVIRONMENT,
        symptom,
        why,
        orExclude(hit.map(Hit::fix).orElse("see the log; a <buildConstraint> may help")));
  }

  private static Optional<Hit> hit(List<FailureRule> rules, List<String> lines, Target target) {
    for (FailureRule rule : rules) {
      for (String line : lines) {
        Matcher matcher = rule.pattern().matcher(line);
        if (matcher.find()) {
          return Optional.of(
              new Hit(
                  rule.failureClass(),
                  LogLine.symptom(line),
                  rule.why().of(matcher, target),
                  rule.fix().of(matcher, target)));
        }
      }
    }
    return Optional.empty();
  }

  private static String orExclude(String fix) {
    return fix + ", or exclude the pin with a reason: <exclude>…</exclude>";
  }

  private static List<String> lastLinesFirst(String logTail) {
    String end =
        logTail.length() > MAX_TEXT ? logTail.substring(logTail.length() - MAX_TEXT) : logTail;
    List<String> lines = new ArrayList<>();
    for (String line : end.split("[\\r\\n]+", -1)) {
      String plain = LogLine.plain(line);
      if (!plain.isEmpty()) {
        lines.add(0, plain);
      }
    }
    return lines;
  }

  /** The last line that pip calls an error, without that word. */
  private static Optional<String> lastError(List<String> lines) {
    return first(lines, line -> line.startsWith("ERROR: "));
  }

  private static Optional<String> lastWords(List<String> lines) {
    return first(lines, line -> TELLING.matcher(line).find())
        .or(() -> lines.stream().findFirst().map(LogLine::symptom));
  }

  private static Optional<String> first(List<String> lines, Predicate<String> wanted) {
    return lines.stream()
        .filter(line -> !EMPTY_WORDS.matcher(line).find())
        .filter(wanted)
        .findFirst()
        .map(LogLine::symptom);
  }
}
