package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.WheelFilename;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An index in memory, and a request for locks on a CPython of it. */
final class LockScenario {

  private static final String INDEX = "https://index.example/simple/";

  private final Map<ProjectName, List<RemoteFile>> files = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();
  final List<String> constraints = new ArrayList<>();
  final List<String> read = new ArrayList<>();
  Target target = python(11);
  String asOf = "";
  String generation = "";
  boolean bySetuptools;

  static Target python(int minor) {
    Target bare = PlanScenario.target(PlanScenario.SLUG, "cp3" + minor);
    MarkerEnvironment environment =
        new MarkerEnvironment(
            "cpython",
            "3." + minor + ".1",
            "posix",
            "x86_64",
            "CPython",
            "6.1.0",
            "Linux",
            "#1",
            "3." + minor + ".1",
            "3." + minor,
            "linux");
    return new Target(
        bare.id(),
        bare.implementation(),
        bare.fullVersion(),
        bare.abi(),
        bare.libc(),
        environment,
        bare.tags());
  }

  /** A pure wheel of early 2020 with these requirements. */
  LockScenario wheel(String project, String version, String... requires) {
    return file(project + "-" + version + "-py3-none-any.whl", "2020-01-01T00:00:00Z", requires);
  }

  LockScenario file(String filename, String uploadTime, String... requires) {
    return file(filename, uploadTime, "", false, requires);
  }

  LockScenario file(
      String filename, String uploadTime, String python, boolean yanked, String... requires) {
    StringBuilder text = new StringBuilder("Metadata-Version: 2.1\n");
    if (filename.endsWith(".whl")) {
      var name = WheelFilename.parse(filename);
      text.append("Name: ").append(name.name()).append('\n');
      text.append("Version: ").append(name.version()).append('\n');
    }
    for (String each : requires) {
      text.append("Requires-Dist: ").append(each).append('\n');
    }
    metadata.put(filename, text.toString());
    return offer(
        new RemoteFile(
            filename,
            INDEX + filename,
            Map.of("sha256", PlanScenario.sha256(filename)),
            python,
            yanked,
            "",
            uploadTime,
            10,
            Map.of(),
            false,
            INDEX));
  }

  LockScenario offer(RemoteFile file) {
    files
        .computeIfAbsent(
            ProjectName.normalized(file.filename().replaceFirst("-\\d.*", "")),
            name -> new ArrayList<>())
        .add(file);
    return this;
  }

  LockScenario says(String filename, String text) {
    metadata.put(filename, text);
    return this;
  }

  LockRequest request(String... requirements) {
    return new LockRequest(
        List.of(requirements), bySetuptools, constraints, target, asOf, generation, INDEX);
  }

  LockResult lock(String... requirements) {
    return new LockResolver(
            name ->
                new ProjectPage(
                    name, files.getOrDefault(name, List.of()), files.containsKey(name), List.of()),
            file -> {
              read.add(file.filename());
              return CoreMetadata.parse(
                  metadata.getOrDefault(file.filename(), "").getBytes(StandardCharsets.UTF_8));
            })
        .resolve(request(requirements));
  }

  /** The lock's wheels as {@code name version}. */
  List<String> locked(String... requirements) {
    LockResult result = lock(requirements);
    if (result instanceof LockResult.NotLocked refused) {
      throw new AssertionError(refused.reason() + ": " + refused.words());
    }
    return ((LockResult.Locked) result)
        .lock().wheels().stream().map(each -> each.project() + " " + each.version()).toList();
  }

  BuildLock lockOf(String... requirements) {
    return ((LockResult.Locked) lock(requirements)).lock();
  }

  LockResult.NotLocked refused(String... requirements) {
    return (LockResult.NotLocked) lock(requirements);
  }
}
