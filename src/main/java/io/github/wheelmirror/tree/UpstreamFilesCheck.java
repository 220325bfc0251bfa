package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.CompiledUpstream;
import io.github.wheelmirror.build.MissingFiles;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.ReferenceWheel;
import io.github.wheelmirror.python.WheelFilename;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares own wheels with upstream's wheels of the same version: a build leaves out what it cannot
 * make or find, and does not fail. What the snapshot lists beside them is compared here; without
 * such a wheel the comparison that was made at build time counts, if there was one. Safe for
 * threads.
 */
final class UpstreamFilesCheck {

  private record Seen(ManifestFile file, WheelFilename name, WheelFiles files) {}

  private final String machine;
  private final Set<Pin> pins = new HashSet<>();
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  UpstreamFilesCheck(Manifest manifest) {
    this.machine = manifest.slug().substring(manifest.slug().lastIndexOf('-') + 1);
    Set<Pin> mirrored = new HashSet<>();
    for (ManifestFile file : manifest.files()) {
      (isOwn(file) ? pins : mirrored).add(pin(file));
    }
    pins.retainAll(mirrored);
  }

  private static boolean isOwn(ManifestFile file) {
    return file.origin() instanceof Origin.Built;
  }

  private static Pin pin(ManifestFile file) {
    return new Pin(file.project(), file.version());
  }

  /** Keeps what a sound wheel has, if it is to be compared. */
  void add(ManifestFile file, WheelInspection inspection) {
    if (pins.contains(pin(file))) {
      List<String> names = inspection.facts().stream().map(MemberFacts::name).toList();
      seen.put(
          file.filename(),
          new Seen(file, inspection.filename().orElseThrow(), WheelFiles.of(names)));
    }
  }

  /**
   * What is missing in an own wheel once all are added; nothing if it cannot be compared.
   *
   * <p>One that is superseded is what nobody is to take any more, and cannot be corrected.
   */
  Optional<WheelProblem> check(ManifestFile file) {
    if (file.superseded() || !(file.origin() instanceof Origin.Built built)) {
      return Optional.empty();
    }
    return beside(file)
        .or(() -> built.missing().stream().findFirst())
        .filter(missing -> !missing.isEmpty())
        .map(missing -> problem(missing, WheelFilename.parse(file.filename()), built));
  }

  private Optional<MissingFiles> beside(ManifestFile file) {
    Seen own = seen.get(file.filename());
    if (own == null) {
      return Optional.empty();
    }
    Map<WheelFilename, Seen> others = new HashMap<>();
    for (Seen each : seen.values()) {
      if (!isOwn(each.file()) && pin(each.file()).equals(pin(file))) {
        others.put(each.name(), each);
      }
    }
    return ReferenceWheel.choose(ReferenceWheel.interpreter(own.name()), machine, others.keySet())
        .flatMap(name -> Optional.ofNullable(others.get(name)))
        .map(other -> own.files().missing(other.files(), other.file().filename()));
  }

  private static WheelProblem problem(MissingFiles missing, WheelFilename own, Origin.Built built) {
    String words =
        "it lacks "
            + counts(missing)
            + " of upstream's "
            + WheelProblem.quote(missing.reference())
            + ": "
            + names(missing)
            + "; what needs them fails, although the pin is served";
    boolean told = own.isPure() && built.upstream() != CompiledUpstream.NONE;
    boolean expected =
        told || ReferenceWheel.isForOtherSystem(WheelFilename.parse(missing.reference()));
    return missing.modules() > 0 || (missing.extensions() > 0 && !expected)
        ? WheelProblem.warning("files-missing", words)
        : WheelProblem.info("files-missing", words);
  }

  private static String counts(MissingFiles missing) {
    List<String> counts = new ArrayList<>();
    addCount(counts, missing.modules(), "Python module");
    addCount(counts, missing.extensions(), "extension module");
    addCount(counts, missing.data(), "data file");
    String last = counts.remove(counts.size() - 1);
    return counts.isEmpty() ? last : String.join(", ", counts) + " and " + last;
  }

  private static void addCount(List<String> counts, int count, String what) {
    if (count > 0) {
      counts.add(count + " " + what + (count == 1 ? "" : "s"));
    }
  }

  private static String names(MissingFiles missing) {
    String names = String.join(", ", missing.names().stream().map(WheelProblem::quote).toList());
    int more = missing.count() - missing.names().size();
    return more == 0 ? names : names + ", … and " + more + " more";
  }
}
