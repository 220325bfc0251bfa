package io.github.wheelmirror.build;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Branch;
import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.constraints.Want;
import io.github.wheelmirror.constraints.WantedPin;
import io.github.wheelmirror.python.CompatibleTags;
import io.github.wheelmirror.python.Interpreter;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.Platform;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.TagRules;
import io.github.wheelmirror.python.WheelFilename;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a planner gets, built up piece by piece; and short ways to make its records. */
final class PlanScenario {

  static final String SLUG = "debian-12-x86_64";
  static final String DIGEST = "0".repeat(64);
  static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private static final MarkerEnvironment ENVIRONMENT =
      new MarkerEnvironment("", "", "", "", "", "", "", "", "", "", "");

  final List<Target> targets = new ArrayList<>();
  final List<ResolvedBranch> branches = new ArrayList<>();
  final List<WantedPin> pins = new ArrayList<>();
  final Map<ProjectName, List<RemoteFile>> files = new HashMap<>();
  final Map<String, BaseRelease> bases = new HashMap<>();
  final Map<String, WheelFile> wheelhouse = new LinkedHashMap<>();
  final List<Exclude> excludes = new ArrayList<>();
  final List<BuildConstraints> buildConstraints = new ArrayList<>();
  UpstreamWheels mode = UpstreamWheels.MIRROR;

  static PlanScenario with(String... pythons) {
    var scenario = new PlanScenario();
    for (String python : pythons) {
      scenario.targets.add(target(SLUG, python));
    }
    return scenario.branch("master");
  }

  static Target target(String slug, String python) {
    int minor = Integer.parseInt(python.substring("cp3".length()));
    List<Tag> tags =
        CompatibleTags.of(
                Interpreter.cpython(3, minor),
                new Platform.Glibc(2, 36, "x86_64"),
                TagRules.PACKAGING_26_3)
            .tags();
    return new Target(
        new TargetId(slug, python),
        "cpython",
        "3." + minor + ".1",
        python,
        "glibc-2.36",
        ENVIRONMENT,
        tags);
  }

  static TargetId id(String python) {
    return new TargetId(SLUG, python);
  }

  PlanScenario branch(String name) {
    return branch(name, BranchState.RESOLVED);
  }

  PlanScenario branch(String name, BranchState state) {
    Branch branch = Branch.classify(name);
    branches.add(
        new ResolvedBranch(
            branch.name(),
            branch.ref(),
            branch.series(),
            branch.status(),
            "a".repeat(40),
            state,
            state == BranchState.HELD ? List.of("two pins of one project") : List.of(),
            List.of(),
            List.of()));
    return this;
  }

  /** All resolved branches want it on all targets. */
  PlanScenario pin(String pin) {
    return pin(pin, branches.stream().map(ResolvedBranch::name).toArray(String[]::new));
  }

  PlanScenario pin(String pin, String... wantedBy) {
    List<Want> wants = new ArrayList<>();
    for (String branch : wantedBy) {
      targets.forEach(target -> wants.add(want(branch, target.id(), true, "")));
    }
    return wants(pin, wants);
  }

  PlanScenario wants(String pin, List<Want> wants) {
    pins.add(new WantedPin(Pin.parse(pin), wants));
    return this;
  }

  static Want want(String branch, TargetId target, boolean active, String marker) {
    return new Want(branch, target, active, marker, "upper-constraints.txt:1", false);
  }

  /** Adds files without Requires-Python to the project's page. */
  PlanScenario files(String project, String... filenames) {
    for (String filename : filenames) {
      file(project, remote(filename));
    }
    return this;
  }

  PlanScenario file(String project, RemoteFile file) {
    files.computeIfAbsent(ProjectName.parse(project), key -> new ArrayList<>()).add(file);
    return this;
  }

  static String sha256(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }

  static RemoteFile remote(String filename) {
    return remote(filename, "", false);
  }

  static RemoteFile remote(String filename, String requiresPython, boolean yanked) {
    return new RemoteFile(
        filename,
        "https://index.example/files/" + filename,
        Map.of("sha256", sha256(filename)),
        requiresPython,
        yanked,
        yanked ? "broken" : "",
        "2025-01-02T03:04:05.678901Z",
        1000,
        Map.of(),
        false,
        "https://index.example/simple/");
  }

  static RemoteFile unhashed(String filename) {
    return new RemoteFile(
        filename,
        "https://index.example/files/" + filename,
        Map.of(),
        "",
        false,
        "",
        "",
        -1,
        Map.of(),
        false,
        "https://index.example/simple/");
  }

  static WheelFile built(String filename, String key, String requiresPython) {
    var name = WheelFilename.parse(filename);
    return new WheelFile(
        filename,
        name.name(),
        name.version(),
        sha256(filename + key),
        10,
        sha256("metadata"),
        requiresPython,
        false,
        "",
        "2025-01-02T03:04:05Z",
        new Origin.Built(
            key,
            sha256("sdist"),
            name.buildTag().map(tag -> tag.toString()).orElse("1"),
            true,
            List.of(),
            RequirementsUsed.NOTHING));
  }

  /** The same wheel, whose metadata holds for these Pythons only. */
  static WheelFile holdingFor(WheelFile wheel, String... pythons) {
    Origin.Built built = (Origin.Built) wheel.origin();
    return new WheelFile(
        wheel.filename(),
        wheel.project(),
        wheel.version(),
        wheel.sha256(),
        wheel.size(),
        wheel.metadataSha256(),
        wheel.requiresPython(),
        false,
        "",
        wheel.uploadTime(),
        new Origin.Built(
            built.key(),
            built.sdistSha256(),
            built.buildTag(),
            true,
            List.of(),
            built.requirements(),
            List.of(pythons),
            "",
            "",
            List.of()));
  }

  static WheelFile mirrored(String filename, String sha256) {
    var name = WheelFilename.parse(filename);
    return new WheelFile(
        filename,
        name.name(),
        name.version(),
        sha256,
        10,
        sha256("metadata"),
        "",
        false,
        "",
        "",
        new Origin.Mirrored("https://index.example/files/" + filename, "https://index.example/"));
  }

  /** Puts a wheel into the wheelhouse as a build with this key would. */
  PlanScenario inWheelhouse(String key, String filename) {
    wheelhouse.put(key, built(filename, key, ""));
    return this;
  }

  PlanScenario base(List<WheelFile> released, Served... served) {
    bases.put(SLUG, new BaseRelease(SLUG, "f".repeat(64), 7, released, List.of(served)));
    return this;
  }

  Resolution resolution() {
    return new Resolution(
        Resolution.SCHEMA_VERSION,
        "https://git.example/constraints",
        "upper-constraints.txt",
        targets,
        List.of(),
        branches,
        pins,
        List.of());
  }

  PlanSettings settings() {
    return new PlanSettings(mode, excludes, buildConstraints, TODAY);
  }

  /** Pages of all projects that the planner asks for; those without files do not exist. */
  Map<ProjectName, ProjectPage> pages() {
    Map<ProjectName, ProjectPage> pages = new HashMap<>();
    for (ProjectName name : Planner.projects(resolution(), settings())) {
      List<RemoteFile> known = files.getOrDefault(name, List.of());
      pages.put(name, new ProjectPage(name, known, !known.isEmpty(), List.of()));
    }
    return pages;
  }

  BuildPlan plan() {
    return plan(settings());
  }

  BuildPlan plan(PlanSettings settings) {
    return Planner.plan(
        resolution(),
        DIGEST,
        pages(),
        settings,
        bases,
        new Wheels(wheelhouse),
        List.of("https://index.example/simple/"));
  }

  /** The build keys of a plan's only build, by Python. */
  static Map<String, String> keys(BuildPlan plan) {
    Map<String, String> keys = new HashMap<>();
    for (BuildWork work : plan.builds()) {
      work.targets().forEach(target -> keys.put(target.python(), work.key(target)));
    }
    return keys;
  }

  static PlanState state(BuildPlan plan, String pin, String branch, String python) {
    return plan.pins().stream()
        .filter(each -> each.pin().equals(Pin.parse(pin)))
        .flatMap(each -> each.states().stream())
        .filter(each -> each.target().python().equals(python) && each.branches().contains(branch))
        .map(PlannedState::state)
        .findFirst()
        .orElseThrow();
  }

  private record Wheels(Map<String, WheelFile> byKey) implements BuiltWheels {
    @Override
    public Optional<WheelFile> byKey(String buildKey) {
      return Optional.ofNullable(byKey.get(buildKey));
    }

    @Override
    public List<WheelFile> finished() {
      return List.copyOf(byKey.values());
    }
  }
}
