package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.Choice;
import io.github.wheelmirror.selection.ComparedBranch;
import io.github.wheelmirror.selection.ComparedProject;
import io.github.wheelmirror.selection.Likeness;
import io.github.wheelmirror.selection.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonLinesTest {

  private static final String TARGET = "debian-12-x86_64/cp311";

  @Test
  void numbersComeFirstThenWhatMatters() {
    List<ComparedProject> projects =
        List.of(
            project("a", Likeness.SAME_FILE, "1.0", "1.0", false),
            project("b", Likeness.OTHER_VERSION, "1.0", "2.0", false),
            project("c", Likeness.NOTHING_INSIDE, "", "2.0", false),
            project("d", Likeness.SAME_FILE, "3.0", "3.0", true));

    assertThat(ComparisonLines.of(List.of(branch("pip", projects), branch("uv", projects))))
        .containsExactly(
            "  branch  target                  tool       projects  same file  other version"
                + "  nothing inside  unconstrained",
            "  master  debian-12-x86_64/cp311  pip-26.3          4          2              1"
                + "               1              1",
            "  master  debian-12-x86_64/cp311  uv-0.13.9         4          2              1"
                + "               1              1",
            "  master on debian-12-x86_64/cp311 constrains 1 projects on other targets only: d",
            "  nothing inside: c: no file fits (master debian-12-x86_64/cp311 pip-26.3 and 1 more)",
            "  other version: b 1.0, outside 2.0 (master debian-12-x86_64/cp311 pip-26.3 and 1"
                + " more)");
  }

  @Test
  void manyProjectsOfAKindAreCounted() {
    List<ComparedProject> projects = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      projects.add(project("p" + i, Likeness.OTHER_VERSION, "1.0", "2.0", i % 2 == 0));
    }
    List<String> lines = ComparisonLines.of(List.of(branch("pip", projects)));

    assertThat(lines).contains("  and 15 more of other version").hasSize(2 + 1 + 10 + 1);
    assertThat(lines.get(2)).contains("constrains 13 projects", " and 3 more");
  }

  private static ComparedBranch branch(String tool, List<ComparedProject> projects) {
    return ComparedBranch.of("master", TARGET, Tool.parse(tool), projects);
  }

  private static ComparedProject project(
      String name, Likeness likeness, String inside, String outside, boolean unconstrained) {
    return new ComparedProject(
        ProjectName.parse(name),
        likeness,
        choice(name, inside),
        choice(name, outside),
        unconstrained);
  }

  private static Choice choice(String name, String version) {
    return version.isEmpty()
        ? new Choice("", "", "", Map.of(), "no file fits")
        : new Choice(name + "-" + version + ".tar.gz", version, "index", Map.of(), "");
  }
}
