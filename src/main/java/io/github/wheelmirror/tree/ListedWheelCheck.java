package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.CompiledUpstream;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.Manylinux;
import io.github.wheelmirror.python.WheelFilename;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a sound wheel with what the snapshot says of it and with those whom it is listed for: a
 * target's C library and processor, the pin, and what the build recorded.
 */
final class ListedWheelCheck {

  private static final Pattern GLIBC = Pattern.compile("glibc-2\\.(\\d{1,4})");

  private final Map<String, List<Target>> listedFor = new HashMap<>();

  /**
   * @param targets those that are known
   */
  ListedWheelCheck(Manifest manifest, List<Target> targets) {
    Map<String, Target> byPython = new HashMap<>();
    for (Target target : targets) {
      if (target.id().slug().equals(manifest.slug())) {
        byPython.put(target.id().python(), target);
      }
    }
    Map<String, TreeSet<String>> pythons = new TreeMap<>();
    for (ManifestServed served : manifest.served()) {
      pythons
          .computeIfAbsent(served.filename(), name -> new TreeSet<>(Manifest.PYTHON_ORDER))
          .addAll(served.pythons());
    }
    pythons.forEach(
        (name, those) ->
            listedFor.put(
                name,
                // an unknown one is told by the checks of the coverage
                those.stream()
                    .flatMap(p -> Optional.ofNullable(byPython.get(p)).stream())
                    .toList()));
  }

  /** What is wrong with a wheel that the inspector found sound. */
  List<WheelProblem> check(ManifestFile file, WheelInspection inspection) {
    List<WheelProblem> problems = new ArrayList<>();
    WheelFilename name = inspection.filename().orElseThrow();
    CoreMetadata metadata = inspection.coreMetadata().orElseThrow();
    if (!metadata.requiresPython().orElse("").equals(file.requiresPython())) {
      problems.add(
          WheelProblem.error(
              "requires-python-page",
              "the page says that it requires Python "
                  + WheelProblem.quote(file.requiresPython())
                  + ", its METADATA "
                  + WheelProblem.quote(metadata.requiresPython().orElse(""))));
    }
    if (!metadata.version().toString().equals(file.version().toString())) {
      problems.add(
          WheelProblem.warning(
              "pin-version",
              "it installs as "
                  + metadata.version()
                  + ", which is not ==="
                  + file.version()
                  + " for those who look at what is installed"));
    }
    if (!isNormal(file, name)) {
      problems.add(
          WheelProblem.info("file-name-spelling", "its name is not written in the normal form"));
    }
    for (Target target : listedFor.getOrDefault(file.filename(), List.of())) {
      List<WheelProblem> unfit = fit(name, inspection.facts(), target);
      problems.addAll(unfit);
      if (!unfit.isEmpty()) {
        // the targets of a platform have one C library and processor
        break;
      }
    }
    if (file.origin() instanceof Origin.Built built) {
      problems.addAll(recorded(built, name));
    }
    return problems;
  }

  /** As the specification of binary distributions has it, since 2022; clients read all others. */
  private static boolean isNormal(ManifestFile file, WheelFilename name) {
    return file.filename()
        .startsWith(name.name().value().replace('-', '_') + "-" + name.version() + "-");
  }

  private static List<WheelProblem> fit(
      WheelFilename name, List<MemberFacts> facts, Target target) {
    List<WheelProblem> problems = new ArrayList<>();
    Optional<Integer> machine =
        NativeCode.machine("linux_" + target.environment().platformMachine());
    List<MemberFacts> compiled =
        facts.stream()
            .filter(MemberFacts::isLibrary)
            .filter(fact -> fact.code() == NativeCode.ELF)
            .toList();
    List<MemberFacts> runnable =
        compiled.stream()
            .filter(fact -> machine.isEmpty() || machine.get() == fact.machine())
            .toList();
    List<MemberFacts> modules =
        compiled.stream().filter(fact -> fact.suffix().isPresent()).toList();
    if (!modules.isEmpty() && modules.stream().noneMatch(runnable::contains)) {
      problems.add(
          WheelProblem.error(
              "machine",
              WheelProblem.quote(modules.get(0).name())
                  + " is compiled for another processor than "
                  + target.id().slug()
                  + " has"));
    }
    Matcher libc = GLIBC.matcher(target.libc());
    if (libc.matches()) {
      int has = Integer.parseInt(libc.group(1));
      for (MemberFacts fact : runnable) {
        int needs = Manylinux.glibc(fact.symbols());
        if (needs > has) {
          String words =
              WheelProblem.quote(fact.name())
                  + " needs glibc 2."
                  + needs
                  + ", "
                  + target.id().slug()
                  + " has 2."
                  + has;
          // a helper in a wheel for everybody is loaded only where it fits
          problems.add(
              name.isPure()
                  ? WheelProblem.info("glibc", words)
                  : WheelProblem.error("glibc", words));
          break;
        }
      }
    }
    return problems;
  }

  private static List<WheelProblem> recorded(Origin.Built built, WheelFilename name) {
    List<WheelProblem> problems = new ArrayList<>();
    if (name.isPure() && built.upstream() == CompiledUpstream.ALL) {
      problems.add(
          WheelProblem.error(
              "extension-missing",
              "it was built pure, and all wheels that upstream has of it are compiled"));
    } else if (name.isPure() && built.upstream() == CompiledUpstream.SOME) {
      problems.add(
          WheelProblem.warning(
              "extension-missing",
              "it was built pure, and upstream has compiled wheels of it too: it may be slower, or"
                  + " have less"));
    }
    if (!built.notShared().isEmpty()) {
      problems.add(
          WheelProblem.info(
              "metadata-differs", "other Pythons have other wheels of it: " + built.notShared()));
    }
    return problems;
  }
}
