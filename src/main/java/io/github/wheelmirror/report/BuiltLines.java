package io.github.wheelmirror.report;

import io.github.wheelmirror.build.BuildReport;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.WheelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is to be known of wheels that were built, besides failures. */
record BuiltLines(Lines lines) {

  /** So many members that differ are listed; all are in the report. */
  private static final int LISTED_MEMBERS = 5;

  void tell(BuildReport report) {
    unshared(report.files());
    rebuilt(report.rebuilt());
  }

  /** What costs more builds than its like. */
  private void unshared(List<WheelFile> files) {
    List<String> reasons = new ArrayList<>();
    for (WheelFile file : files) {
      if (file.origin() instanceof Origin.Built built && !built.notShared().isEmpty()) {
        reasons.add(
            "    %s serves %s only: %s"
                .formatted(file.filename(), String.join(", ", built.pythons()), built.notShared()));
      }
    }
    if (!reasons.isEmpty()) {
      lines.info("  built once for each Python although pure, as its metadata is computed:");
      reasons.forEach(lines::info);
    }
  }

  private void rebuilt(List<Rebuilt> rebuilt) {
    if (rebuilt.isEmpty()) {
      return;
    }
    long identical = rebuilt.stream().filter(Rebuilt::identical).count();
    lines.info(
        String.format(
            Locale.ROOT,
            "  %d of %d wheels that were built twice are the same byte for byte",
            identical,
            rebuilt.size()));
    for (Rebuilt one : rebuilt) {
      if (!one.identical()) {
        List<String> shown =
            one.differences().subList(0, Math.min(LISTED_MEMBERS, one.differences().size()));
        int more = one.differences().size() - shown.size();
        lines.warn(
            "  "
                + one.filename()
                + " differs: "
                + String.join(", ", shown)
                + (more > 0 ? " and " + more + " more" : ""));
      }
    }
  }
}
