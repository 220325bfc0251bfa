package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.MarkerEnvironment;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.tree.DependencyCheck.Kind;
import io.github.wheelmirror.tree.DependencyCheck.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DependencyCheckTest {

  private static final Target CP311 = target("3.11");

  private final Map<String, byte[]> metadata = new TreeMap<>();
  private final Map<ProjectName, Version> versions = new TreeMap<>();
  private final Map<ProjectName, ManifestFile> files = new TreeMap<>();
  private final DependencyCheck check =
      new DependencyCheck(file -> Optional.ofNullable(metadata.get(file.sha256())));

  private static Target target(String python) {
    Map<String, String> values = new TreeMap<>();
    for (String name :
        List.of(
            "os_name",
            "sys_platform",
            "platform_machine",
            "platform_python_implementation",
            "platform_release",
            "platform_system",
            "platform_version",
            "implementation_name")) {
      values.put(name, "linux");
    }
    values.put("python_version", python);
    values.put("python_full_version", python + ".1");
    values.put("implementation_version", python + ".1");
    String tag = "cp" + python.replace(".", "");
    return new Target(
        new TargetId("debian-12-x86_64", tag),
        "cpython",
        python + ".1",
        tag,
        "glibc-2.36",
        MarkerEnvironment.of(values),
        List.of());
  }

  private DependencyCheckTest wheel(String name, String version, String... requires) {
    String sha256 = String.format("%064x", metadata.size() + 1);
    StringBuilder text = new StringBuilder("Metadata-Version: 2.1\nName: " + name);
    text.append("\nVersion: ").append(version).append('\n');
    for (String each : requires) {
      text.append("Requires-Dist: ").append(each).append('\n');
    }
    metadata.put(sha256, text.toString().getBytes(StandardCharsets.UTF_8));
    ProjectName project = ProjectName.parse(name);
    versions.put(project, Version.parse(version));
    files.put(
        project,
        new ManifestFile(
            name + "-" + version + "-py3-none-any.whl",
            project,
            Version.parse(version),
            sha256,
            1,
            sha256,
            1,
            "",
            false,
            "",
            "",
            new Origin.Mirrored("https://example.org/" + name, "https://example.org/simple/"),
            false));
    return this;
  }

  private Result result() {
    return check.check(CP311, versions, files, false);
  }

  private List<String> closed() {
    return result().closed().stream().map(ProjectName::value).sorted().toList();
  }

  private List<String> open() {
    return result().open().stream()
        .map(each -> each.kind() + " " + each.requirement() + " by " + each.by())
        .toList();
  }

  @Test
  void pinsThatSatisfyEachOtherAreClosed() {
    wheel("a", "1.0", "B>=2", "c<3 ; python_version >= '3.8'").wheel("b", "2.0").wheel("c", "2.9");
    assertThat(open()).isEmpty();
    assertThat(closed()).containsExactly("a", "b", "c");
  }

  @Test
  void whatNobodyPinsIsMissingForAllThatNeedIt() {
    wheel("a", "1.0", "b").wheel("b", "1.0", "setuptools>=64").wheel("c", "1.0");
    assertThat(open()).containsExactly("MISSING setuptools>=64 by b");
    assertThat(closed()).containsExactly("c");
  }

  @Test
  void aPinThatARequirementExcludesIsAConflict() {
    wheel("a", "1.0", "b<2").wheel("b", "2.0");
    assertThat(open()).containsExactly("CONFLICT b<2 by a");
    assertThat(closed()).containsExactly("b");
  }

  @Test
  void aPinnedPreReleaseSatisfies() {
    wheel("a", "1.0", "b>=1").wheel("b", "2.0rc1");
    assertThat(open()).isEmpty();
  }

  @Test
  void markersAreAskedForTheTarget() {
    wheel("a", "1.0", "tomli ; python_version < '3.11'", "old ; python_version < '3.12'");
    assertThat(open()).containsExactly("MISSING old; python_version < \"3.12\" by a");
  }

  @Test
  void extrasCountOnlyWhereTheyAreAskedFor() {
    wheel("a", "1.0", "b[Fast_Mode]")
        .wheel("b", "1.0", "speed ; extra == 'fast-mode'", "docs ; extra == 'doc'")
        .wheel("c", "1.0", "b");
    assertThat(open()).containsExactly("MISSING speed; extra == \"fast-mode\" by b");
    assertThat(closed()).containsExactly("b", "c");
  }

  @Test
  void circlesEnd() {
    wheel("a", "1.0", "b").wheel("b", "1.0", "a", "gone").wheel("c", "1.0", "c[x]");
    assertThat(open()).containsExactly("MISSING gone by b");
    assertThat(closed()).containsExactly("c");
  }

  @Test
  void aUrlIsNothingThatAMirrorServes() {
    wheel("a", "1.0", "b @ https://example.org/b.whl").wheel("b", "1.0");
    assertThat(result().open()).extracting(DependencyCheck.Open::kind).containsExactly(Kind.URL);
  }

  @Test
  void whatUpstreamServesTooIsNotMissing() {
    wheel("a", "1.0", "elsewhere");
    assertThat(check.check(CP311, versions, files, true).open()).isEmpty();
  }

  @Test
  void branchesAndPythonsOfOneCauseAreToldTogether() {
    wheel("a", "1.0", "setuptools").wheel("b", "1.0", "setuptools>=1", "a<1");
    DependencyCheck.Findings findings = new DependencyCheck.Findings();
    findings.add("master", "cp312", check.check(target("3.12"), versions, files, false), versions);
    findings.add("master", "cp39", check.check(target("3.9"), versions, files, false), versions);
    findings.add("stable/2025.1", "cp311", result(), versions);
    assertThat(findings.problems())
        .extracting(Problem::toString)
        .satisfiesExactlyInAnyOrder(
            missing ->
                assertThat(missing)
                    .contains(
                        "warning",
                        "where=setuptools",
                        "a===1.0 and 1 more require it, which the mirror has not for"
                            + " master (cp39, cp312), stable/2025.1 (cp311)",
                        "<extraPin>setuptools===VERSION</extraPin>"),
            conflict ->
                assertThat(conflict)
                    .contains(
                        "where=b", "b===1.0 requires a<1, the pins say otherwise for master"));
  }
}
