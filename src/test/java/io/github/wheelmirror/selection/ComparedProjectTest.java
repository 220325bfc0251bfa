package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is chosen inside the gate against what is chosen outside. */
class ComparedProjectTest {

  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  @Test
  void theSameFileIsToldByNameAndHash() {
    assertThat(likeness(file("p-1.0-py3-none-any.whl", ONE), file("p-1.0-py3-none-any.whl", ONE)))
        .isEqualTo(Likeness.SAME_FILE);
    assertThat(likeness(file("p-1.0-py3-none-any.whl", ONE), file("p-1.0-py3-none-any.whl", TWO)))
        .as("other bytes under the same name")
        .isEqualTo(Likeness.SAME_VERSION);
    assertThat(
            likeness(file("p-1.0-py3-none-any.whl", ONE), ListedFile.of("p-1.0-py3-none-any.whl")))
        .as("a place that tells no hash does not contradict")
        .isEqualTo(Likeness.SAME_FILE);
  }

  @Test
  void anOwnBuildIsTheSameVersionInAnotherFile() {
    assertThat(likeness(file("p-1.0-1-py3-none-any.whl", ONE), file("p-1.0.tar.gz", TWO)))
        .isEqualTo(Likeness.SAME_VERSION);
    assertThat(likeness(file("p-1.0.0-py3-none-any.whl", ONE), file("p-1.0.tar.gz", TWO)))
        .as("versions are compared as PEP 440 does")
        .isEqualTo(Likeness.SAME_VERSION);
  }

  @Test
  void anotherVersionAndNothingAreToldApart() {
    ListedFile older = file("p-1.0-py3-none-any.whl", ONE);
    ListedFile newer = file("p-2.0-py3-none-any.whl", TWO);
    ListedFile foreign = file("p-1.0-cp27-cp27m-win32.whl", TWO);

    assertThat(likeness(older, newer)).isEqualTo(Likeness.OTHER_VERSION);
    assertThat(likeness(older, foreign)).isEqualTo(Likeness.NOTHING_OUTSIDE);
    assertThat(likeness(foreign, older)).isEqualTo(Likeness.NOTHING_INSIDE);
    assertThat(likeness(foreign, foreign)).isEqualTo(Likeness.NOTHING);
  }

  @Test
  void aMarkerThatDoesNotMatchLeavesTheProjectUnconstrained() {
    ConstraintLines lines = ConstraintLines.of(List.of("p===1.0;python_version<'3.10'"));
    Place place = served(file("p-1.0-py3-none-any.whl", ONE), file("p-2.0-py3-none-any.whl", TWO));

    ComparedProject project = compare(question(lines, place), question(lines, place));

    assertThat(project.unconstrained()).isTrue();
    assertThat(project.inside().version()).isEqualTo("2.0");
  }

  @Test
  void aBranchCountsItsProjects() {
    ConstraintLines pin = ConstraintLines.of(List.of("p===1.0"));
    Place both = served(file("p-1.0-py3-none-any.whl", ONE), file("p-2.0-py3-none-any.whl", TWO));
    ComparedProject project = compare(question(pin, both), question(ConstraintLines.NONE, both));

    ComparedBranch branch =
        ComparedBranch.of("master", "debian-12-x86_64/cp311", Tool.parse("pip"), List.of(project));

    assertThat(branch.count(Likeness.OTHER_VERSION)).isEqualTo(1);
    assertThat(branch.count(Likeness.SAME_FILE)).isZero();
    assertThat(branch.unconstrained()).isEmpty();
  }

  @Test
  void aPlaceThatFailsIsToldInTheChoice() {
    Place down = Place.without("https://mirror.test/simple/", Role.INDEX, Answer.UNUSABLE);
    SelectionRequest inside = question(ConstraintLines.NONE, down);
    Selector uv = Tool.parse("uv").on(Targets.cpython311());

    ComparedProject project =
        ComparedProject.of(
            uv,
            inside,
            question(ConstraintLines.NONE, served(file("p-1.0-py3-none-any.whl", ONE))));

    assertThat(project.likeness()).isEqualTo(Likeness.NOTHING_INSIDE);
    assertThat(project.inside().failure()).contains("mirror.test");
  }

  private static Likeness likeness(ListedFile inside, ListedFile outside) {
    return compare(
            question(ConstraintLines.NONE, served(inside)),
            question(ConstraintLines.NONE, served(outside)))
        .likeness();
  }

  private static ComparedProject compare(SelectionRequest inside, SelectionRequest outside) {
    return ComparedProject.of(Tool.parse("pip").on(Targets.cpython311()), inside, outside);
  }

  private static SelectionRequest question(ConstraintLines constraints, Place... places) {
    return new SelectionRequest(
        Requirement.parse("p"), Arrays.asList(places), constraints, SelectionOptions.NONE);
  }

  private static Place served(ListedFile... files) {
    return Place.served("https://index.test/simple/", Role.INDEX, Arrays.asList(files));
  }

  private static ListedFile file(String name, String sha256) {
    return new ListedFile(name, "", false, Map.of("sha256", sha256));
  }
}
