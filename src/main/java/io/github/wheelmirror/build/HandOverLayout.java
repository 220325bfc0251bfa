package io.github.wheelmirror.build;

import java.util.regex.Pattern;

/** The one class that knows the paths in the folder that a shard hands over. */
public final class HandOverLayout {

  /** Where the logs of builds are. */
  public static final String LOGS = "logs";

  private static final Pattern REPORT = Pattern.compile("build-report-\\d{1,5}-of-\\d{1,5}\\.json");
  private static final Pattern LOG = Pattern.compile(LOGS + "/[^/\\\\]+\\.log");
  private static final Pattern WHEEL =
      Pattern.compile("wheels/[0-9a-f]{64}/[A-Za-z0-9_][^/\\\\]*\\.whl");

  private HandOverLayout() {}

  /** The folder of a shard; {@code digest} is that of its report. */
  public static String folder(String slug, Shard shard, String digest) {
    return slug + "-" + shard.index() + "-of-" + shard.count() + "-" + digest.substring(0, 12);
  }

  /** The report of a shard. */
  public static String report(Shard shard) {
    return "build-report-" + shard.index() + "-of-" + shard.count() + ".json";
  }

  /** A wheel. */
  public static String wheel(WheelFile wheel) {
    return "wheels/" + wheel.sha256() + "/" + wheel.filename();
  }

  /** Whether the path is a report's. */
  public static boolean isReport(String path) {
    return REPORT.matcher(path).matches();
  }

  /** Whether the path is the log of a build. */
  public static boolean isLog(String path) {
    return LOG.matcher(path).matches();
  }

  /** Whether a shard hands over files of such a path. */
  public static boolean isPart(String path) {
    return isReport(path) || isLog(path) || WHEEL.matcher(path).matches();
  }
}
