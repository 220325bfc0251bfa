package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.UrlLogin;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import io.github.wheelmirror.report.ReportLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ends of the logs of a workspace's builds, for a report that leaves this host: only files that
 * are logs by their names, and no path of this host in them.
 */
final class BuildLogs {

  /** Of the log of a failure. */
  private static final int FAILED_BYTES = 64 << 10;

  /** Of the log of a build that ended well. */
  private static final int BUILT_BYTES = 8 << 10;

  /** Of all together. */
  private static final int ALL_BYTES = 4 << 20;

  private final Workspace workspace;
  private final LocalPaths paths;
  private final Consumer<String> notes;
  private int room = ALL_BYTES;

  /**
   * Of a workspace.
   *
   * @param paths what stands in a log in place of a path of this host
   * @param notes is told what cannot be read
   */
  BuildLogs(Workspace workspace, LocalPaths paths, Consumer<String> notes) {
    this.workspace = workspace;
    this.paths = paths;
    this.notes = notes;
  }

  /** The ends of the logs that the states name, those of failures first, by their paths. */
  Map<String, String> of(List<PinFacts> pins) {
    Set<String> failed = new LinkedHashSet<>();
    Set<String> built = new LinkedHashSet<>();
    for (PinFacts pin : pins) {
      for (StateFacts state : pin.states()) {
        if (!state.log().isEmpty()) {
          (state.failure().kind().isEmpty() ? built : failed).add(state.log());
        }
      }
    }
    built.removeAll(failed);
    Map<String, String> logs = new HashMap<>();
    List<String> left = new ArrayList<>();
    failed.forEach(log -> read(log, FAILED_BYTES, logs, left));
    built.forEach(log -> read(log, BUILT_BYTES, logs, left));
    if (!left.isEmpty()) {
      notes.accept("%d logs are left out, for together they are too long".formatted(left.size()));
    }
    return logs;
  }

  private void read(String log, int most, Map<String, String> logs, List<String> left) {
    Path file = workspace.folder().resolve(log);
    if (ReportLayout.log(log).isEmpty() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (room < most) {
      left.add(log);
      return;
    }
    try {
      String text = end(file, most);
      room -= text.length();
      logs.put(log, text);
    } catch (IOException e) {
      notes.accept(log + " cannot be read: " + IoWords.of(e));
    }
  }

  /** At most so many bytes, beginning with a line. */
  private String end(Path file, int most) throws IOException {
    byte[] bytes;
    boolean cut;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      cut = log.length() > most;
      bytes = new byte[(int) Math.min(most, log.length())];
      log.seek(log.length() - bytes.length);
      log.readFully(bytes);
    }
    // a build script may print the URL of an index with its login
    String text = UrlLogin.hidden(paths.hidden(new String(bytes, StandardCharsets.UTF_8)));
    int line = text.indexOf('\n');
    return cut && line >= 0 ? "[the beginning is left out]\n" + text.substring(line + 1) : text;
  }
}
