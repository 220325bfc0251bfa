package io.github.wheelmirror.constraints;

import io.github.wheelmirror.constraints.ConstraintLine.IncludeLine;
import io.github.wheelmirror.constraints.ConstraintLine.NotAPin;
import io.github.wheelmirror.constraints.ConstraintLine.PinLine;
import io.github.wheelmirror.python.InvalidTextException;
import io.github.wheelmirror.python.Marker;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.Specifier;
import io.github.wheelmirror.python.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what one logical line is; the line has no comment and is not blank. */
final class ConstraintParser {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+}");
  private static final Pattern URL =
      Pattern.compile(
          "(?:https?|ftp|file|ssh|(?:git|hg|bzr|svn)(?:\\+[a-z]+)?):.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern NAMED_URL =
      Pattern.compile("[A-Za-z0-9._-]+\\s*(?:\\[[^\\]]*])?\\s*@.*", Pattern.DOTALL);
  private static final Pattern ARCHIVE =
      Pattern.compile(
          ".*\\.(?:whl|zip|tar|tgz|tbz|txz|tlz|tar\\.(?:gz|bz2|xz|lz|lzma))",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern INCLUDE =
      Pattern.compile("(?:-[rc][ \\t]*|--(?:requirement|constraint)(?:=(?![ \\t])|[ \\t]+))(.*)");
  private static final Pattern EDITABLE = Pattern.compile("(?:-e|--editable).*");

  /** As words of a shell: the value may be in quotes, and a tab parts words too. */
  private static final Pattern HASH =
      Pattern.compile("--hash(?:=|[ \\t]+)([\"']?)([A-Za-z0-9]+:[0-9A-Fa-f]+)\\1(?:[ \\t]+|$)");

  private static final Pattern NAME = Pattern.compile("[^\\s\\[;(<>=!~@]*");

  private final Location where;
  private final int lines;
  private final String text;

  private ConstraintParser(Location where, int lines, String text) {
    this.where = where;
    this.lines = lines;
    this.text = text;
  }

  static ConstraintLine parse(Location where, int physicalLines, String text) {
    return new ConstraintParser(where, physicalLines, text).parse();
  }

  private ConstraintLine parse() {
    if (VARIABLE.matcher(text).find()) {
      return refuse(NotAPinReason.VARIABLE);
    }
    int options = optionsStart(text);
    String requirement = PythonText.strip(text.substring(0, options));
    String rest = text.substring(options);
    if (requirement.isEmpty()) {
      return option(rest);
    }
    Optional<List<String>> hashes = onlyHashes(rest);
    return hashes.isPresent()
        ? requirement(requirement, hashes.get())
        : refuse(NotAPinReason.OPTION, rest);
  }

  /** Where pip's {@code break_args_options} begins to read options: a word that starts with -. */
  private static int optionsStart(String text) {
    if (text.startsWith("-")) {
      return 0;
    }
    int dash = text.indexOf(" -");
    return dash < 0 ? text.length() : dash + 1;
  }

  /** The hashes, or nothing if there are other options. */
  private static Optional<List<String>> onlyHashes(String options) {
    List<String> hashes = new ArrayList<>();
    Matcher hash = HASH.matcher(options);
    int at = 0;
    while (at < options.length() && hash.region(at, options.length()).lookingAt()) {
      hashes.add(hash.group(2));
      at = hash.end();
    }
    return at == options.length() ? Optional.of(hashes) : Optional.empty();
  }

  private ConstraintLine option(String option) {
    if (EDITABLE.matcher(option).matches()) {
      return refuse(NotAPinReason.EDITABLE);
    }
    Matcher include = INCLUDE.matcher(option);
    if (!include.matches()) {
      return refuse(NotAPinReason.OPTION);
    }
    String path = unquote(PythonText.strip(include.group(1)));
    if (path.isEmpty() || path.contains(" -")) {
      return refuse(NotAPinReason.OPTION, "one include a line");
    }
    if (URL.matcher(path).matches()) {
      return refuse(NotAPinReason.URL, "an include outside of the commit");
    }
    Optional<String> resolved = resolve(where.file(), path);
    return resolved.isPresent()
        ? new IncludeLine(where, lines, resolved.get(), text)
        : refuse(NotAPinReason.MISSING_INCLUDE, path + " is outside of the repository");
  }

  private ConstraintLine requirement(String line, List<String> hashes) {
    if (URL.matcher(line).matches() || NAMED_URL.matcher(line).matches()) {
      return refuse(NotAPinReason.URL);
    }
    int semicolon = line.indexOf(';');
    String wanted = PythonText.strip(semicolon < 0 ? line : line.substring(0, semicolon));
    String marker = semicolon < 0 ? "" : PythonText.strip(line.substring(semicolon + 1));
    if (isPath(wanted)) {
      return refuse(NotAPinReason.LOCAL_PATH);
    }
    try {
      if (!marker.isEmpty()) {
        Marker.parse(marker);
      }
    } catch (InvalidTextException e) {
      return refuse(NotAPinReason.INVALID_MARKER, e.reason());
    }
    try {
      return pin(Requirement.parse(wanted), marker, line, hashes);
    } catch (InvalidTextException e) {
      Matcher name = NAME.matcher(wanted);
      boolean named = name.lookingAt() && ProjectName.isValid(name.group());
      return refuse(named ? NotAPinReason.INVALID_VERSION : NotAPinReason.INVALID_NAME, e.reason());
    }
  }

  private ConstraintLine pin(
      Requirement requirement, String marker, String line, List<String> hashes) {
    if (!ProjectName.isValid(requirement.name())) {
      return refuse(NotAPinReason.INVALID_NAME, requirement.name());
    }
    if (!requirement.extras().isEmpty()) {
      return refuse(NotAPinReason.EXTRAS);
    }
    List<Specifier> specifiers = requirement.specifiers().specifiers();
    if (specifiers.size() != 1) {
      return refuse(NotAPinReason.RANGE, specifiers.isEmpty() ? "it names no version" : "");
    }
    Specifier specifier = specifiers.get(0);
    String wanted = specifier.versionText();
    boolean arbitrary = specifier.operator() == Specifier.Operator.ARBITRARY;
    if (!arbitrary && (specifier.operator() != Specifier.Operator.EQUAL || wanted.endsWith("*"))) {
      return refuse(NotAPinReason.RANGE);
    }
    Optional<Version> version = Version.tryParse(wanted);
    if (version.isEmpty()) {
      return refuse(NotAPinReason.INVALID_VERSION, wanted);
    }
    if (arbitrary && !version.get().toString().equals(wanted.toLowerCase(Locale.ROOT))) {
      return refuse(NotAPinReason.NOT_NORMALISED, wanted + " is normally " + version.get());
    }
    Pin pin = new Pin(requirement.projectName(), version.get());
    return new PinLine(where, lines, pin, marker, line, hashes);
  }

  private static boolean isPath(String text) {
    return text.startsWith(".")
        || text.contains("/")
        || text.contains("\\")
        || ARCHIVE.matcher(text).matches();
  }

  private static String unquote(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The path as seen from the including file's folder; empty if it leaves the repository. */
  private static Optional<String> resolve(String file, String path) {
    if (path.startsWith("/")) {
      return Optional.empty();
    }
    Deque<String> parts = new ArrayDeque<>();
    int slash = file.lastIndexOf('/');
    for (String part : (file.substring(0, slash + 1) + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }

  private NotAPin refuse(NotAPinReason reason) {
    return refuse(reason, "");
  }

  private NotAPin refuse(NotAPinReason reason, String detail) {
    return new NotAPin(where, lines, text, reason, detail);
  }
}
