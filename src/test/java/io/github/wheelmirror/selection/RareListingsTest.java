package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.Place.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One name twice on a page, pages in folders, two spellings of a version, variant labels. */
class RareListingsTest {

  private static final String NAME = "p-1.0-py3-none-any.whl";
  private static final String ONE = "a".repeat(64);
  private static final String TWO = "b".repeat(64);
  private static final Place TWICE =
      Place.served("https://index.example.invalid/", Role.INDEX, List.of(file(ONE), file(TWO)));

  @Test
  void pipTakesTheLastOfOneNameAndUvTheFirst() {
    assertThat(chosenHash("pip-26.3", "p", TWICE)).isEqualTo(TWO);
    assertThat(chosenHash("pip-23.0", "p", TWICE)).isEqualTo(TWO);
    assertThat(chosenHash("uv-0.13.9", "p", TWICE)).isEqualTo(ONE);
    assertThat(explain("pip-26.3", "p", TWICE).notes()).containsExactly(Note.TIE);
  }

  @Test
  void pagesInAFolderAreReadByPipAndNotByUv() {
    Place pages = Place.served("/wheels", Role.FIND_LINKS_DIRECTORY_PAGES, List.of(file(ONE)));
    assertThat(explain("pip-26.3", "p", pages).failure()).isEmpty();
    Explanation uv = explain("uv-0.13.9", "p", pages);
    assertThat(uv.failure()).isNotEmpty();
    assertThat(uv.verdicts()).extracting(Verdict::reason).containsExactly(Reason.PAGE_NOT_READ);
  }

  @Test
  void pip260TakesEqualVersionsTogetherAndStopsAtTheRequirementsOwnSpelling() {
    Place index =
        Place.served(
            "https://index.example.invalid/",
            Role.INDEX,
            List.of(
                ListedFile.of("p-1.0-1-py3-none-any.whl"),
                ListedFile.of("p-1.0.0-py311-none-any.whl")));
    ConstraintLines constraints = ConstraintLines.of(List.of("p===1.0"));
    assertThat(explain("pip-26.0", "p", constraints, index).chosen())
        .hasValueSatisfying(file -> assertThat(file.file()).contains("1.0.0"));
    assertThat(explain("pip-26.0", "p===1.0", index).failure()).contains("spelled otherwise");
    for (String other : List.of("pip-25.3", "pip-26.1")) {
      assertThat(explain(other, "p===1.0", index).chosen())
          .as(other)
          .hasValueSatisfying(file -> assertThat(file.file()).contains("1.0-1"));
    }
  }

  @Test
  void wheelVariantsAreNamesForUvSince0131() {
    Place index =
        Place.served(
            "https://index.example.invalid/",
            Role.INDEX,
            List.of(ListedFile.of("p-2.0-x-py3-none-any.whl")));
    assertThat(explain("uv-0.13.0", "p", index).verdicts())
        .extracting(Verdict::reason)
        .containsExactly(Reason.INVALID_FILE_NAME);
    assertThat(explain("uv-0.13.1", "p", index).verdicts())
        .extracting(Verdict::reason)
        .containsExactly(Reason.INCOMPATIBLE_TAG);
  }

  private static String chosenHash(String tool, String requirement, Place place) {
    SelectionRequest request = request(requirement, ConstraintLines.NONE, place);
    Selector selector = Tool.parse(tool).on(Targets.cpython311());
    return Choice.of(selector.explain(request), request).hashes().getOrDefault("sha256", "");
  }

  private static Explanation explain(String tool, String requirement, Place place) {
    return explain(tool, requirement, ConstraintLines.NONE, place);
  }

  private static Explanation explain(
      String tool, String requirement, ConstraintLines constraints, Place place) {
    return Tool.parse(tool)
        .on(Targets.cpython311())
        .explain(request(requirement, constraints, place));
  }

  private static SelectionRequest request(
      String requirement, ConstraintLines constraints, Place place) {
    return new SelectionRequest(
        Requirement.parse(requirement), List.of(place), constraints, SelectionOptions.NONE);
  }

  private static ListedFile file(String sha256) {
    return new ListedFile(NAME, "", false, Map.of("sha256", sha256));
  }
}
