package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.Outcome;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.tree.Coverage;
import io.github.wheelmirror.tree.CoverageEntry;
import io.github.wheelmirror.tree.InstallClient.TakenFile;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestServed;
import io.github.wheelmirror.tree.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One branch on one Python, and what a client must take there.
 *
 * @param files the manifest's, of those that the mirror serves
 * @param elsewhere those that upstream serves
 * @param closed those that can be installed with everything that they require
 */
record InstallCase(
    String branch,
    Target target,
    Map<ProjectName, Pin> pins,
    Map<ProjectName, ManifestFile> files,
    Map<ProjectName, Outcome.Upstream> elsewhere,
    Set<ProjectName> closed) {

  boolean upstreamToo() {
    return !elsewhere.isEmpty();
  }

  /** What a client must take for a pin; its hash is unknown where upstream's index has none. */
  TakenFile right(ProjectName name) {
    ManifestFile file = files.get(name);
    Outcome.Upstream upstream = elsewhere.get(name);
    if (file != null) {
      return new TakenFile(file.filename(), file.sha256());
    }
    return upstream == null
        ? new TakenFile("", "")
        : new TakenFile(upstream.filename(), upstream.sha256());
  }

  List<String> requirements(Collection<ProjectName> projects) {
    return projects.stream().sorted().map(name -> String.valueOf(pins.get(name))).toList();
  }

  InstallCase closing(Set<ProjectName> projects) {
    return new InstallCase(branch, target, pins, files, elsewhere, projects);
  }

  /**
   * Of what a snapshot serves, and what is upstream's beside it; {@link #closed} is empty.
   *
   * @param targets those that are known
   */
  static List<InstallCase> of(Snapshot snapshot, Coverage coverage, List<Target> targets) {
    Map<String, ManifestFile> files = new HashMap<>();
    snapshot.manifest().files().forEach(file -> files.put(file.filename(), file));
    Map<String, InstallCase> cases = new TreeMap<>();
    for (ManifestServed served : snapshot.manifest().served()) {
      ManifestFile file = files.get(served.filename());
      if (file != null && !served.kept()) {
        for (String python : served.pythons()) {
          of(cases, target(snapshot, python, targets), served.branch())
              .ifPresent(
                  each -> {
                    each.pins().put(file.project(), served.pin());
                    each.files().put(file.project(), file);
                  });
        }
      }
    }
    for (CoverageEntry entry : coverage.entries()) {
      if (entry.outcome() instanceof Outcome.Upstream upstream) {
        of(cases, target(snapshot, entry.python(), targets), entry.branch())
            .ifPresent(
                each -> {
                  each.pins().put(entry.pin().name(), entry.pin());
                  each.elsewhere().put(entry.pin().name(), upstream);
                });
      }
    }
    return List.copyOf(cases.values());
  }

  private static Optional<Target> target(Snapshot snapshot, String python, List<Target> targets) {
    TargetId id = new TargetId(snapshot.slug(), python);
    return targets.stream().filter(target -> target.id().equals(id)).findFirst();
  }

  private static Optional<InstallCase> of(
      Map<String, InstallCase> cases, Optional<Target> known, String branch) {
    return known.map(
        target ->
            cases.computeIfAbsent(
                branch + " " + target.id().python(),
                key ->
                    new InstallCase(
                        branch,
                        target,
                        new TreeMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        Set.of())));
  }
}
