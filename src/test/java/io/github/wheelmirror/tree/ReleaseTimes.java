package io.github.wheelmirror.tree;

import com.sun.management.OperatingSystemMXBean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.publish.RegionTree;
import io.github.wheelmirror.publish.StaticServer;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What `src/bench/releases` measures in process: writing the pages of a snapshot, and the steps of
 * releases in a region. Prints one JSON object; times are in seconds.
 *
 * <p>Arguments: {@code pages FOLDER PROJECTS VERSIONS REPETITIONS}, the same with {@code write} for
 * nothing but pages that are not there yet, with {@code release}, or with {@code serve}, which
 * serves a released region until its input ends.
 */
final class ReleaseTimes {
  private static final String SLUG = "debian-12-x86_64";
  private static final String DIGEST = Sha256.of("bench".getBytes(StandardCharsets.UTF_8));

  private final Path folder;
  private final int projects;
  private final int versions;
  private final int repetitions;

  private ReleaseTimes(Path folder, int projects, int versions, int repetitions) {
    this.folder = folder;
    this.projects = projects;
    this.versions = versions;
    this.repetitions = repetitions;
  }

  public static void main(String[] args) throws IOException {
    ReleaseTimes times =
        new ReleaseTimes(
            Path.of(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]));
    Map<String, Object> result =
        switch (args[0]) {
          case "pages" -> times.pages();
          case "write" -> times.written();
          case "release" -> times.releases();
          case "serve" -> times.served();
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(Json.line(result));
  }

  /** A piece of work. */
  @FunctionalInterface
  private interface Work {
    void run(int repetition) throws IOException;
  }

  /** Wall and processor seconds of each repetition. */
  private Map<String, Object> timed(Work work) throws IOException {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      long begun = System.nanoTime();
      long busy = process.getProcessCpuTime();
      work.run(i);
      cpu.add((process.getProcessCpuTime() - busy) / 1e9);
      wall.add((System.nanoTime() - begun) / 1e9);
    }
    return Map.of("wall", wall, "cpu", cpu);
  }

  private Map<String, Object> written() throws IOException {
    List<ManifestFile> files = files(Optional.empty());
    return timed(repetition -> documents(files).write(folder.resolve("" + repetition)));
  }

  private Map<String, Object> pages() throws IOException {
    List<ManifestFile> files = files(Optional.empty());
    Map<String, Object> result = new TreeMap<>();
    result.put("files", files.size());
    result.put(
        "write", timed(repetition -> documents(files).write(folder.resolve("" + repetition))));
    result.put("pages", timed(repetition -> pagesOnly(files, folder.resolve("p" + repetition))));
    result.put("again", timed(repetition -> documents(files).write(folder.resolve("0"))));
    List<ManifestFile> more = new ArrayList<>(files);
    more.add(file(projects, 0, Optional.empty()));
    result.put("one more", timed(repetition -> documents(more).write(folder.resolve("0"))));
    return result;
  }

  /** What the peers write: the pages and the list of projects, without the snapshot's documents. */
  private static void pagesOnly(List<ManifestFile> files, Path target) throws IOException {
    Map<ProjectName, List<ManifestFile>> projects =
        files.stream()
            .collect(
                Collectors.groupingBy(ManifestFile::project, TreeMap::new, Collectors.toList()));
    PageForms forms = new PageForms();
    StagingFolder folder = new StagingFolder(target);
    projects.forEach((name, its) -> forms.stage(folder, forms.page(name, its), its));
    List<ProjectName> names = List.copyOf(projects.keySet());
    folder.file(TreeLayout.rootHtml(), PageWriter.rootHtml(names));
    folder.file(TreeLayout.rootJson(), PageWriter.rootJson(names));
    folder.write();
  }

  private Map<String, Object> served() throws IOException {
    Wheelhouse house = new Wheelhouse(folder.resolve("wheelhouse"));
    DirectoryRegion region = region(folder.resolve("region"));
    Snapshot snapshot = documents(files(Optional.of(house))).write(folder.resolve("staged"));
    Release release = release(region, snapshot, house);
    RegionSettings settings = settings(folder.resolve("region"));
    try (StaticServer server = StaticServer.start(new RegionTree(settings), 0)) {
      System.out.println(
          Json.line(Map.of("url", server.url().toString(), "snapshot", release.snapshot())));
      // whoever started this ends it by closing its input
      System.in.readAllBytes();
    }
    return Map.of();
  }

  private Map<String, Object> releases() throws IOException {
    Wheelhouse house = new Wheelhouse(folder.resolve("wheelhouse"));
    Path root = folder.resolve("region");
    List<ManifestFile> files = new ArrayList<>(files(Optional.of(house)));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("files", files.size());
    List<Snapshot> snapshots = new ArrayList<>();
    snapshots.add(documents(files).write(folder.resolve("staged-first")));
    long begun = System.nanoTime();
    release(region(root), snapshots.get(0), house);
    result.put("first", (System.nanoTime() - begun) / 1e9);
    result.put("no-op", timed(repetition -> release(region(root), snapshots.get(0), house)));
    Map<String, Object> before = changes(root);
    release(region(root), snapshots.get(0), house);
    Map<String, Object> after = changes(root);
    result.put("looked at after no-op", after.size());
    after.entrySet().removeAll(before.entrySet());
    result.put("changed by no-op", after.size());
    for (int i = 0; i < repetitions; i++) {
      files.add(file(projects + i, 0, Optional.of(house)));
      List<ManifestFile> now = List.copyOf(files);
      Path staged = folder.resolve("staged-" + i);
      snapshots.add(documents(now).write(staged));
    }
    result.put(
        "one more",
        timed(repetition -> release(region(root), snapshots.get(repetition + 1), house)));
    rollBack(root, snapshots, result);
    return result;
  }

  /** Back and forth between the last two: the look at all files, and the switch after it. */
  private void rollBack(Path root, List<Snapshot> snapshots, Map<String, Object> result)
      throws IOException {
    List<Double> looks = new ArrayList<>();
    List<Double> switches = new ArrayList<>();
    result.put(
        "rollback",
        timed(
            repetition -> {
              Snapshot to = snapshots.get(snapshots.size() - 1 - (repetition + 1) % 2);
              long begun = System.nanoTime();
              // as in a run of its own, which has read nothing yet
              DirectoryRegion region = region(root);
              Optional<Release> base = region.current(SLUG);
              StagedRelease recalled = region.recall(SLUG, to.id());
              long looked = System.nanoTime();
              region.flip(recalled, base, Instant.now());
              looks.add((looked - begun) / 1e9);
              switches.add((System.nanoTime() - looked) / 1e9);
            }));
    result.put("rollback, look", Map.of("wall", looks));
    result.put("rollback, switch", Map.of("wall", switches));
  }

  /** When each file, link and folder was changed last in any way. */
  private static Map<String, Object> changes(Path root) throws IOException {
    Map<String, Object> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        all.put(
            root.relativize(file).toString(),
            Files.readAttributes(file, "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS));
      }
    }
    return all;
  }

  private static DirectoryRegion region(Path root) {
    return new DirectoryRegion(settings(root));
  }

  private static RegionSettings settings(Path root) {
    return new RegionSettings("bench", root);
  }

  private static Release release(DirectoryRegion region, Snapshot snapshot, Wheelhouse house) {
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged = region.stage(verified(snapshot), house, Progress.NONE);
    return region.flip(staged, base, Instant.now());
  }

  /** Only the verifier makes these; what it costs is no part of a region's work. */
  private static VerifiedSnapshot verified(Snapshot snapshot) {
    try {
      Constructor<VerifiedSnapshot> constructor =
          VerifiedSnapshot.class.getDeclaredConstructor(Snapshot.class);
      constructor.setAccessible(true);
      return constructor.newInstance(snapshot);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the verified snapshot changed", e);
    }
  }

  private static SnapshotDocuments documents(List<ManifestFile> files) {
    return new SnapshotDocuments(
        SLUG,
        List.of("cp311"),
        List.of(),
        files,
        List.of(),
        List.of(ManifestEnvironment.of(ReleaseScenario.target("cp311"))),
        Coverage.of(SLUG, List.of()),
        Map.of(),
        LockedRequirements.NONE,
        List.of());
  }

  private List<ManifestFile> files(Optional<Wheelhouse> house) throws IOException {
    List<ManifestFile> files = new ArrayList<>();
    for (int project = 0; project < projects; project++) {
      for (int version = 0; version < versions; version++) {
        files.add(file(project, version, house));
      }
    }
    return files;
  }

  /** All but the newest version are superseded, as in a real mirror. */
  private ManifestFile file(int project, int version, Optional<Wheelhouse> house)
      throws IOException {
    String name = "project%05d".formatted(project);
    String filename = name + "-1." + version + "-py3-none-any.whl";
    byte[] wheel = filename.repeat(1024 / filename.length()).getBytes(StandardCharsets.UTF_8);
    byte[] metadata = ("Name: " + name + "\n").getBytes(StandardCharsets.UTF_8);
    String sha256 = Sha256.of(wheel);
    if (house.isPresent()) {
      write(house.get().root().resolve(TreeLayout.wheel(sha256, filename)), wheel);
      write(house.get().root().resolve(TreeLayout.metadata(sha256, filename)), metadata);
    }
    return new ManifestFile(
        filename,
        ProjectName.parse(name),
        Version.parse("1." + version),
        sha256,
        wheel.length,
        Sha256.of(metadata),
        metadata.length,
        ">=3.9",
        false,
        "",
        "2025-01-02T03:04:05Z",
        new Origin.Built(DIGEST, DIGEST, "1", true, List.of(), RequirementsUsed.NOTHING),
        version < versions - 1);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, content);
  }
}
