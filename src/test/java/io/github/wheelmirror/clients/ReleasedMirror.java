package io.github.wheelmirror.clients;

import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.it.ConstraintsRepository;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.mirror.MirrorGoals;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestServed;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mirror of three branches with every kind of wheel, released twice: pure, for several Pythons,
 * abi3, one for each Python, with local versions, epochs and dots in their names, and built here
 * from sdists, which are pure, abi3 and compiled.
 */
final class ReleasedMirror {

  static final List<String> BRANCHES = List.of("master", "stable/2026.1", "stable/2025.1");

  private static final String MASTER =
      """
      Pure.Lib===2.1.0
      universal===1.16.0
      compiled===6.0.2
      stable-abi===44.0.0
      local.build===2.1.0+cpu.1
      epoch===1!2.0
      picky===1.2;python_version>='3.11'
      picky===0.9;python_version<'3.11'
      own-pure===0.8.1
      own-compiled===0.11.0
      own-abi3===3.0
      several===5.0
      nowhere===99.0
      """;

  private final MirrorRun run;
  private final List<Interpreter> pythons;
  private final String slug;
  private final List<Manifest> releases = new ArrayList<>();

  /** Makes and releases it, and releases it again with one pin of master changed. */
  ReleasedMirror(Path folder, List<Interpreter> pythons) throws IOException {
    this.pythons = pythons;
    ConstraintsRepository repository =
        ConstraintsRepository.at(folder.resolve("constraints.git"))
            .branch("master", MASTER)
            .branch("stable/2026.1", stable2026())
            .branch("stable/2025.1", stable2025());
    try (LocalIndex index = LocalIndex.start()) {
      run =
          new MirrorRun(
              folder,
              repository.url(),
              BranchPatterns.defaults(),
              index.url(),
              () -> MirrorRun.targets(pythons));
      slug = MirrorRun.targets(pythons).get(0).id().slug();
      fill(index, slug.substring(slug.lastIndexOf('-') + 1));
      release();
      repository.branch("master", MASTER.replace("universal===1.16.0", "universal===1.17.0"));
      release();
    }
  }

  private void release() throws IOException {
    MirrorGoals goals = run.goals();
    // typed alone, deploy would release what an earlier run staged
    goals.build();
    goals.deploy();
    byte[] manifest =
        Files.readAllBytes(region().resolve(TreeLayout.current(slug)).resolve("manifest.json"));
    releases.add(Manifest.read(manifest, "the released manifest"));
  }

  private static String stable2026() {
    return MASTER
        .replace("compiled===6.0.2\n", "compiled===6.0.1\n")
        .replace("own-compiled===0.11.0", "own-compiled===0.10.9")
        .replace("epoch===1!2.0", "epoch===2024.1");
  }

  private static String stable2025() {
    return """
        Pure.Lib===1.0
        universal===1.15.0
        compiled===5.4
        stable-abi===44.0.0
        picky===0.9
        own-pure===0.8.1;python_version<'3.13'
        own-compiled===0.11.0
        several===4.0
        """;
  }

  private static void fill(LocalIndex index, String machine) {
    for (String version : List.of("1.0", "2.1.0", "3.0")) {
      index.wheel("Pure.Lib", version, "py3-none-any").sdist("Pure.Lib", version);
    }
    for (String version : List.of("1.15.0", "1.16.0", "1.17.0")) {
      index.wheel("universal", version, "py2.py3-none-any");
    }
    String manylinux = "manylinux_2_17_" + machine + ".manylinux2014_" + machine;
    for (int minor = 8; minor <= 14; minor++) {
      String python = "cp3" + minor + "-cp3" + minor;
      for (String version : List.of("5.4", "6.0.1", "6.0.2")) {
        index.wheel("compiled", version, python + "-" + manylinux);
        index.wheel("compiled", version, python + "-musllinux_1_2_" + machine);
        index.wheel("compiled", version, python + "-win_amd64");
      }
      index.wheel("several", "5.0", python + "-manylinux_2_5_" + machine);
      index.wheel("local.build", "2.1.0+cpu.1", python + "-manylinux_2_28_" + machine);
    }
    index
        .wheel("several", "5.0", "py3-none-any")
        .wheel("several", "5.0", "cp39-abi3-" + manylinux)
        .wheel("several", "4.0", "cp311-none-any")
        .wheel("several", "4.0", "py3-none-" + manylinux)
        .wheel("several", "4.0", "py3-none-any")
        .wheel("stable-abi", "44.0.0", "cp37-abi3-" + manylinux)
        .wheel("stable-abi", "44.0.0", "cp311-abi3-" + manylinux)
        .wheel("epoch", "1!2.0", "py3-none-any")
        .wheel("epoch", "2024.1", "py3-none-any")
        .wheel("picky", "0.9", "py3-none-any")
        .wheel("picky", "1.2", "py3-none-any")
        .sdist("own-pure", "0.8.1")
        .sdist("own-compiled", "0.11.0", builds("cp3%d-cp3%d", machine))
        .sdist("own-compiled", "0.10.9", builds("cp3%d-cp3%d", machine))
        .sdist("own-abi3", "3.0", builds("cp39-abi3", machine))
        .wheel("nowhere", "1.0", "py3-none-any");
  }

  /** What an sdist's back-end runs to name the tag of its wheel. */
  private static String builds(String tag, String machine) {
    return "import sys\ntag = '"
        + tag
        + "-linux_"
        + machine
        + "'"
        + (tag.contains("%") ? " % ((sys.version_info[1],) * 2)" : "");
  }

  Path region() {
    return run.region();
  }

  List<Interpreter> pythons() {
    return pythons;
  }

  /** The path of the newest release below the region, without slashes at its ends. */
  String moving() {
    return TreeLayout.movingLink(slug);
  }

  /** The path of a release below the region, without slashes at its ends. */
  String pinned(Manifest release) {
    return TreeLayout.pinnedLink(release.id());
  }

  Manifest first() {
    return releases.get(0);
  }

  Manifest newest() {
    return releases.get(1);
  }

  List<String> lines() {
    return run.lines();
  }

  /** What the release says that it serves to a branch on a Python, and the branch wants. */
  static List<ManifestServed> served(Manifest release, String branch, Interpreter python) {
    return release.served().stream()
        .filter(row -> row.branch().equals(branch) && !row.kept())
        .filter(row -> row.pythons().contains(python.pythonTag()))
        .toList();
  }

  /** The files of {@link #served}. */
  static Taken expected(Manifest release, String branch, Interpreter python) {
    Map<String, ManifestFile> files =
        release.files().stream()
            .collect(Collectors.toMap(ManifestFile::filename, Function.identity()));
    Taken expected = new Taken();
    for (ManifestServed row : served(release, branch, python)) {
      ManifestFile file = files.get(row.filename());
      if (file == null) {
        throw new IllegalStateException("the manifest lacks " + row.filename());
      }
      expected.add("/" + TreeLayout.wheel(file.sha256(), file.filename()));
    }
    return expected;
  }
}
