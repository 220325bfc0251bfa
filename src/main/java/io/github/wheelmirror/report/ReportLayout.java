package io.github.wheelmirror.report;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one class that knows the files of a report, relative to its folder. */
public final class ReportLayout {

  /** The front page. */
  public static final String INDEX = "index.html";

  /** Everything that the pages show, for machines. */
  public static final String DATA = "report.json";

  /** How it stands in a few lines, for monitors. */
  public static final String STATUS = "status.json";

  /** Facts of past releases, which never change. */
  public static final String RELEASE_FACTS = "releases.json";

  static final String FAILURES = "failures.html";
  static final String CHECKS = "checks.html";
  static final String RELEASES = "releases.html";
  static final String STYLE = "report.css";
  static final String SCRIPT = "report.js";

  private static final Pattern PLAIN_BRANCH = Pattern.compile("[a-z0-9._/]{1,80}");
  private static final Pattern LOG = Pattern.compile("logs/([A-Za-z0-9_][A-Za-z0-9._+!-]*)\\.log");
  private static final int DIGITS = 16;

  private static final Pattern OWN =
      Pattern.compile(
          "(index|failures|checks|releases|branch[-_][^/]*|pins-[^/])\\.html"
              + "|(report|status|releases)\\.json|report\\.(css|js)|logs/[^/]*\\.txt");

  private ReportLayout() {}

  /** Whether a report, this one or another, may have such a file. */
  public static boolean isOwn(String path) {
    return OWN.matcher(path).matches();
  }

  /**
   * The page of a branch. No two branches have one page, on no file system: what is not plain has a
   * part of its digest in the name.
   */
  static Href branch(String name) {
    if (PLAIN_BRANCH.matcher(name).matches()) {
      return new Href("branch-" + name.replace('/', '-') + ".html");
    }
    String digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    String part = name.substring(0, Math.min(80, name.length())).replaceAll("[^A-Za-z0-9.]", "_");
    return new Href("branch_" + part + "_" + digest + ".html");
  }

  /** The page that has all pins of a project and of others with the same first letter. */
  static Href pins(ProjectName project) {
    return new Href("pins-" + letter(project) + ".html");
  }

  /** What the projects of one page have in common. */
  static char letter(ProjectName project) {
    return project.toString().charAt(0);
  }

  /** Where a pin is on its page. */
  static Href pin(Pin pin) {
    return pins(pin.name()).at(id(pin));
  }

  /** The id of a pin's element: no name has such a sign, so it is no other pin's or project's. */
  static String id(Pin pin) {
    return pin.name() + "=" + pin.version();
  }

  /**
   * Where the end of a build's log is kept in a report.
   *
   * @param log as in a build report, which may come from elsewhere
   * @return empty if it is not the log of a build
   */
  public static Optional<String> log(String log) {
    var matcher = LOG.matcher(log);
    return matcher.matches()
        ? Optional.of("logs/" + matcher.group(1).replace("+", "~2B").replace("!", "~21") + ".txt")
        : Optional.empty();
  }

  /** Where the page of a branch shows what is lacking on a target. */
  static Href lacking(String branch, TargetId target) {
    return branch(branch).with("lacking", target.toString());
  }

  /** Where a release is told. */
  static Href release(ReleaseFacts release) {
    return new Href(RELEASES).at(id(release));
  }

  /** The id of a release's element. */
  static String id(ReleaseFacts release) {
    return release.slug() + "=" + release.serial();
  }

  /** A file by its name here. */
  static Href file(String file) {
    return new Href(file);
  }
}
