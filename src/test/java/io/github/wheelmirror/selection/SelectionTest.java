package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

  private static final String PIP = "pip-26.3";
  private static final String UV = "uv-0.13.9";
  private static final String MIRROR = "https://mirror.test/simple";
  private static final String UPSTREAM = "https://upstream.test/simple";

  private ConstraintLines constraints = ConstraintLines.NONE;
  private List<String> options = List.of();

  @ParameterizedTest
  @ValueSource(
      strings = {"pip-22.3.1", "pip-26.4", "pip-x", "uv-0.12.5", "uv-0.14.0", "pip-", "poetry-1.0"})
  void unknownToolIsRefusedNamingTheKnownOnes(String tool) {
    assertThatThrownBy(() -> Tool.parse(tool))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains(tool);
              assertThat(e.fix()).contains("pip 23.0 to 26.3", "uv 0.13");
            });
  }

  @Test
  void unknownIndexStrategyIsRefused() {
    assertThatThrownBy(() -> Tool.parse("uv-0.13.9-best")).hasMessageContaining("'best'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pip-26.3", "uv-0.13.9", "uv-0.13.9-unsafe-best-match", "pip-23.0.1"})
  void toolPrintsAsItIsRead(String tool) {
    assertThat(Tool.parse(tool)).hasToString(tool);
    assertThat(Tool.parse(tool.replaceFirst("-", " "))).hasToString(tool);
  }

  @Test
  void toolWithoutVersionIsTheNewestKnown() {
    assertThat(Tool.parse("pip")).hasToString("pip-26.3");
    assertThat(Tool.parse("uv")).hasToString("uv-0.13.9");
  }

  @Test
  void ownLinuxWheelBeatsUpstreamsManylinuxOnlySincePip263() {
    Place mirror = index(MIRROR, file("p-1.0-cp311-cp311-linux_x86_64.whl"));
    Place upstream = extra(UPSTREAM, file("p-1.0-cp311-cp311-manylinux_2_17_x86_64.whl"));

    assertThat(explain("pip-26.3", "p", mirror, upstream).chosen())
        .hasValueSatisfying(file -> assertThat(file.place()).isEqualTo(MIRROR));
    Explanation older = explain("pip-26.2.1", "p", mirror, upstream);
    assertThat(older.chosen())
        .hasValueSatisfying(file -> assertThat(file.place()).isEqualTo(UPSTREAM));
    assertThat(reasons(older)).containsExactly(Reason.WORSE_TAG, Reason.CHOSEN);
  }

  @Test
  void pipTakesTheLastOfEqualFiles() {
    Explanation explanation =
        explain(
            PIP,
            "p",
            index(MIRROR, file("p-1.0-py3-none-any.whl")),
            extra(UPSTREAM, file("p-1.0-py3-none-any.whl")));

    assertThat(reasons(explanation)).containsExactly(Reason.OTHER_PLACE, Reason.CHOSEN);
    assertThat(explanation.notes()).containsExactly(Note.TIE);
  }

  @Test
  void uvAsksTheExtraIndexFirstAndNoOther() {
    Explanation explanation =
        explain(
            UV,
            "p",
            index(MIRROR, file("p-2.0-py3-none-any.whl")),
            extra(UPSTREAM, file("p-1.0-py3-none-any.whl")));

    assertThat(reasons(explanation)).containsExactly(Reason.INDEX_NOT_SEARCHED, Reason.CHOSEN);
  }

  @Test
  void uvLooksOnlyAtTheLowerBoundOfRequiresPython() {
    ListedFile older = file("p-2.0-py3-none-any.whl", "<3.11");

    assertThat(reasons(explain(UV, "p", index(MIRROR, older)))).containsExactly(Reason.CHOSEN);
    assertThat(reasons(explain(PIP, "p", index(MIRROR, older))))
        .containsExactly(Reason.REQUIRES_PYTHON);
  }

  @Test
  void uvGivesAVersionUpWhoseBestFileNeedsANewerPython() {
    Explanation explanation =
        explain(
            UV,
            "p",
            index(
                MIRROR,
                file("p-2.0-py3-none-any.whl", ">=3.12"),
                file("p-2.0.tar.gz"),
                file("p-1.0.tar.gz")));

    assertThat(reasons(explanation))
        .containsExactly(Reason.REQUIRES_PYTHON, Reason.VERSION_GIVEN_UP, Reason.CHOSEN);
    assertThat(explanation.notes()).containsExactly(Note.BUILDS);
  }

  @Test
  void arbitraryEqualityComparesNormalFormsInPipAndVersionsInUv() {
    Place mirror = index(MIRROR, file("p-1.0.0-py3-none-any.whl"));

    assertThat(explain(PIP, "p===1.0", mirror).failure()).isEqualTo("no file fits");
    assertThat(reasons(explain(UV, "p===1.0", mirror))).containsExactly(Reason.CHOSEN);
    assertThat(explain(UV, "p===junk", mirror).failure()).contains("===");
  }

  @Test
  void preReleaseIsTakenWhereNothingElseSatisfiesTheConstraintSincePip26() {
    constraints = ConstraintLines.of(List.of("p>=1.5"));
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"), file("p-2.0rc1-py3-none-any.whl"));

    assertThat(reasons(explain(PIP, "p", mirror)))
        .containsExactly(Reason.EXCLUDED_BY_CONSTRAINT, Reason.CHOSEN);
    assertThat(reasons(explain("pip-25.3", "p", mirror)))
        .containsExactly(Reason.EXCLUDED_BY_CONSTRAINT, Reason.PRE_RELEASE);
  }

  @Test
  void projectIsUnconstrainedWhereNoMarkerMatches() {
    constraints = ConstraintLines.of(List.of("P===1.0;python_version<'3.9'", "other===2.0"));
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"), file("p-2.0-py3-none-any.whl"));

    for (String tool : List.of(PIP, UV)) {
      Explanation explanation = explain(tool, "p", mirror);
      assertThat(reasons(explanation)).containsExactly(Reason.LOWER_VERSION, Reason.CHOSEN);
      assertThat(explanation.notes()).containsExactly(Note.UNCONSTRAINED);
      assertThat(explanation.otherConstraints()).containsExactly("P===1.0;python_version<'3.9'");
    }
  }

  @Test
  void yankedFileIsTakenOnlyForAPin() {
    Place mirror = index(MIRROR, new ListedFile("p-1.0-py3-none-any.whl", "", true, Map.of()));

    for (String tool : List.of(PIP, UV)) {
      assertThat(reasons(explain(tool, "p", mirror))).containsExactly(Reason.YANKED);
      assertThat(explain(tool, "p==1.0", mirror).notes()).containsExactly(Note.YANKED);
    }
  }

  @Test
  void brokenMirrorIsPassedOverInSilenceByPipAndStopsUv() {
    Place broken = Place.without(MIRROR, Role.EXTRA_INDEX, Answer.UNUSABLE);
    Place upstream = index(UPSTREAM, file("p-1.0-py3-none-any.whl"));

    Explanation pip = explain(PIP, "p", upstream, broken);
    assertThat(reasons(pip)).containsExactly(Reason.CHOSEN);
    assertThat(pip.notes()).containsExactly(Note.PLACE_IGNORED);
    Explanation uv = explain(UV, "p", upstream, broken);
    assertThat(uv.failure()).contains(MIRROR);
    assertThat(reasons(uv)).containsExactly(Reason.TOOL_FAILS);
  }

  @Test
  void fileWithAnAllowedHashBeatsABetterOne() {
    String allowed = "a".repeat(64);
    options = List.of("--hash=sha256:" + allowed);
    Place mirror =
        index(
            MIRROR,
            new ListedFile("p-1.0-py3-none-any.whl", "", false, Map.of("sha256", "b".repeat(64))),
            new ListedFile("p-1.0.tar.gz", "", false, Map.of("sha256", allowed)));

    for (String tool : List.of(PIP, UV)) {
      assertThat(reasons(explain(tool, "p==1.0", mirror)))
          .containsExactly(Reason.HASH_NOT_ALLOWED, Reason.CHOSEN);
    }
    assertThat(explain("pip-26.0.1", "p", mirror).failure()).contains("pin");
  }

  @Test
  void wrongHashOfTheBestFileStopsTheTool() {
    options = List.of("--hash", "sha256:" + "a".repeat(64));
    Place mirror =
        index(
            MIRROR,
            new ListedFile("p-1.0-py3-none-any.whl", "", false, Map.of("sha256", "b".repeat(64))));

    for (String tool : List.of(PIP, UV)) {
      Explanation explanation = explain(tool, "p==1.0", mirror);
      assertThat(explanation.failure()).contains("p-1.0-py3-none-any.whl");
      assertThat(reasons(explanation)).containsExactly(Reason.HASH_NOT_ALLOWED);
    }
  }

  @Test
  void findLinksWinInUvAndLoseInPipWhereAllElseIsEqual() {
    Place directory =
        Place.served("/wheels", Role.FIND_LINKS_DIRECTORY, List.of(file("p-1.0-py3-none-any.whl")));
    Place upstream = index(UPSTREAM, file("p-1.0-py3-none-any.whl"));

    assertThat(reasons(explain(PIP, "p", directory, upstream)))
        .containsExactly(Reason.OTHER_PLACE, Reason.CHOSEN);
    assertThat(reasons(explain(UV, "p", directory, upstream)))
        .containsExactly(Reason.CHOSEN, Reason.OTHER_PLACE);
  }

  @Test
  void preferBinaryIsPipsAlone() {
    options = List.of("--prefer-binary");
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"), file("p-2.0.tar.gz"));

    assertThat(reasons(explain(PIP, "p", mirror)))
        .containsExactly(Reason.CHOSEN, Reason.WHEEL_PREFERRED);
    assertThatThrownBy(() -> explain(UV, "p", mirror)).hasMessageContaining("--prefer-binary");
  }

  @Test
  void lastFormatOptionForAProjectCountsInPip() {
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"), file("p-1.0.tar.gz"));

    options = List.of("--no-binary", ":all:", "--only-binary", "p");
    assertThat(reasons(explain(PIP, "p", mirror)))
        .containsExactly(Reason.CHOSEN, Reason.FORMAT_NOT_ALLOWED);
    options = List.of("--only-binary=p", "--no-binary=x,p");
    assertThat(reasons(explain(PIP, "p", mirror)))
        .containsExactly(Reason.FORMAT_NOT_ALLOWED, Reason.CHOSEN);
  }

  @Test
  void filesThatAreNoneOfTheProjectAreToldApart() {
    Explanation explanation =
        explain(
            PIP,
            "p",
            index(
                MIRROR,
                file("p-1.0-py3-none-any.whl"),
                file("q-1.0-py3-none-any.whl"),
                file("p-1.0-py3-none.whl"),
                file("p-junk.tar.gz"),
                file("p-1.0.exe"),
                file("p-1.0-py2.7.tar.gz"),
                file("p-1.0-cp310-cp310-linux_x86_64.whl")));

    assertThat(reasons(explanation))
        .containsExactly(
            Reason.CHOSEN,
            Reason.NOT_THIS_PROJECT,
            Reason.INVALID_FILE_NAME,
            Reason.INVALID_VERSION,
            Reason.UNSUPPORTED_ARCHIVE,
            Reason.OTHER_PYTHON,
            Reason.INCOMPATIBLE_TAG);
  }

  @Test
  void constraintThatCannotBeReadStopsEveryTool() {
    constraints = ConstraintLines.of(List.of("p==1.0", "other=1.0"));

    for (String tool : List.of(PIP, UV)) {
      assertThat(explain(tool, "p", index(MIRROR, file("p-1.0-py3-none-any.whl"))).failure())
          .contains("other=1.0");
    }
  }

  @Test
  void constraintOfAnotherProjectBeforePep440IsReadByOldPipAlone() {
    constraints = ConstraintLines.of(List.of("other>=1.0.*"));
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"));

    assertThat(explain("pip-24.0", "p", mirror).failure()).isEmpty();
    assertThat(explain("pip-24.1", "p", mirror).failure()).contains("other>=1.0.*");
    assertThat(explain(UV, "p", mirror).failure()).contains("other>=1.0.*");
  }

  @Test
  void versionBeforePep440IsTakenByOldPipAloneAndOnlyFromAnSdist() {
    Place sdist = index(MIRROR, file("p-1.0-beta-x.tar.gz"));
    Place wheel = index(MIRROR, file("p-1.0_beta_x-py3-none-any.whl"));

    assertThat(reasons(explain("pip-24.0", "p===1.0-beta-x", sdist)))
        .containsExactly(Reason.CHOSEN);
    assertThat(explain("pip-24.0", "p===1.0-beta-x", wheel).failure()).contains("stops");
    assertThat(reasons(explain("pip-24.0", "p", sdist))).containsExactly(Reason.INVALID_VERSION);
    assertThat(reasons(explain(PIP, "p===1.0-beta-x", sdist)))
        .containsExactly(Reason.INVALID_VERSION);
  }

  @Test
  void constraintWithExtrasStopsPipAlone() {
    constraints = ConstraintLines.of(List.of("other[x]==1.0  # never"));
    Place mirror = index(MIRROR, file("p-1.0-py3-none-any.whl"));

    assertThat(explain(PIP, "p", mirror).failure()).contains("other[x]==1.0");
    assertThat(explain(UV, "p", mirror).failure()).isEmpty();
  }

  @Test
  void requirementWhoseMarkerDoesNotMatchInstallsNothing() {
    Explanation explanation =
        explain(PIP, "p; python_version<'3'", index(MIRROR, file("p-1.0-py3-none-any.whl")));

    assertThat(explanation.failure()).contains("marker");
    assertThat(explanation.chosen()).isEmpty();
  }

  @Test
  void explanationIsJsonForMachines() {
    String json =
        new String(
            Json.write(explain(PIP, "p", index(MIRROR, file("p-1.0-py3-none-any.whl")))),
            StandardCharsets.UTF_8);

    assertThat(json)
        .contains("\"tool\" : \"pip-26.3\"", "\"reason\" : \"CHOSEN\"", "p-1.0-py3-none-any.whl");
  }

  private Explanation explain(String tool, String requirement, Place... places) {
    return Tool.parse(tool)
        .on(Targets.cpython311())
        .explain(
            new SelectionRequest(
                Requirement.parse(requirement),
                Arrays.asList(places),
                constraints,
                SelectionOptions.parse(options)));
  }

  private static List<Reason> reasons(Explanation explanation) {
    return explanation.verdicts().stream().map(Verdict::reason).toList();
  }

  private static Place index(String url, ListedFile... files) {
    return Place.served(url, Role.INDEX, Arrays.asList(files));
  }

  private static Place extra(String url, ListedFile... files) {
    return Place.served(url, Role.EXTRA_INDEX, Arrays.asList(files));
  }

  private static ListedFile file(String name) {
    return ListedFile.of(name);
  }

  private static ListedFile file(String name, String requiresPython) {
    return new ListedFile(name, requiresPython, false, Map.of());
  }
}
