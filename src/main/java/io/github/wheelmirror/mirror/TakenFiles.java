package io.github.wheelmirror.mirror;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.InstallClient.TakenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a client would take for a branch and a Python, beside what the manifest says. */
final class TakenFiles {
  private static final int NAMED = 5;

  private final InstallCase of;
  private final Map<ProjectName, TakenFile> taken;

  TakenFiles(InstallCase of, Map<ProjectName, TakenFile> taken) {
    this.of = of;
    this.taken = taken;
  }

  /**
   * What it would take otherwise, a few by name; empty if nothing.
   *
   * @param wanted the projects that it was asked for
   */
  String differences(Set<ProjectName> wanted) {
    List<String> differences = new ArrayList<>();
    for (ProjectName name : wanted) {
      TakenFile file = taken.get(name);
      if (file == null) {
        differences.add(name + ": nothing");
      } else if (!isRight(name, file)) {
        differences.add(wrong(name, file));
      }
    }
    new TreeMap<>(taken)
        .forEach(
            (name, file) -> {
              boolean other = !wanted.contains(name);
              if (other && !of.pins().containsKey(name) && !of.upstreamToo()) {
                differences.add(name + ", which nobody asked for");
              } else if (other && of.pins().containsKey(name) && !isRight(name, file)) {
                differences.add(wrong(name, file));
              }
            });
    int more = differences.size() - NAMED;
    return String.join(", ", differences.subList(0, Math.min(NAMED, differences.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private String wrong(ProjectName name, TakenFile file) {
    return name
        + ": "
        + file.filename()
        + (file.filename().equals(of.right(name).filename()) ? " with other bytes" : "");
  }

  private boolean isRight(ProjectName name, TakenFile file) {
    TakenFile right = of.right(name);
    return file.filename().equals(right.filename())
        && (file.sha256().isEmpty()
            || right.sha256().isEmpty()
            || file.sha256().equals(right.sha256()));
  }
}
