package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.Place.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --hash} on lines of a constraints file, as the real clients take it. */
class ConstraintHashesTest {

  private static final String ONE = "a".repeat(64);
  private static final String TWO = "b".repeat(64);
  private static final String NONE = "0".repeat(64);
  private static final String NEW = "pip-26.3";
  private static final String OLD = "pip-26.0.1";
  private static final String UV = "uv-0.13.9";

  @ParameterizedTest
  @CsvSource({
    "pip-26.1, true",
    "pip-26.3, true",
    "uv-0.13.9, true",
    "pip-26.0.1, false",
    "pip-23.0, false"
  })
  void aConstraintsHashIsEnoughForUvAndForPipSince261(String tool, boolean taken) {
    Explanation explanation = explain(tool, "p", "p==1.0 --hash=sha256:" + ONE);
    assertThat(explanation.failure().isEmpty()).isEqualTo(taken);
    if (taken) {
      assertThat(chosen(explanation)).isEqualTo("p-1.0-py3-none-any.whl");
    } else {
      assertThat(explanation.failure()).contains("pin");
    }
  }

  @Test
  void anOldPipTakesNoHashFromAConstraintForAPinnedRequirementEither() {
    Explanation explanation = explain(OLD, "p==1.0", "p==1.0 --hash=sha256:" + ONE);
    assertThat(explanation.failure()).contains("none counts");
    assertThat(explanation.verdicts()).extracting(Verdict::reason).contains(Reason.HASH_NOT_GIVEN);
  }

  @Test
  void aHashOfAnotherProjectSwitchesPipsModeOnButNotUvs() {
    String line = "other==1.0; python_version<'3' --hash=sha256:" + ONE;
    assertThat(explain(NEW, "p==2.0", line).failure()).contains("another project");
    assertThat(explain(UV, "p==2.0", line).failure()).isEmpty();
  }

  @Test
  void aHashWithoutAPinChoosesForPipAndNotForUv() {
    String line = "p --hash=sha256:" + ONE;
    assertThat(chosen(explain(NEW, "p", line))).isEqualTo("p-1.0-py3-none-any.whl");
    assertThat(chosen(explain(UV, "p", line))).isEqualTo("p-2.0-py3-none-any.whl");
  }

  @Test
  void theRequirementsOwnHashCountsForPipWhereTheConstraintHasAnother() {
    String line = "p==1.0 --hash=sha256:" + NONE;
    assertThat(chosen(explain(NEW, "p==1.0 --hash=sha256:" + ONE, line)))
        .isEqualTo("p-1.0-py3-none-any.whl");
    assertThat(explain(UV, "p==1.0 --hash=sha256:" + ONE, line).failure())
        .contains("no hash in common");
  }

  @Test
  void ofTwoLinesPipWantsBothAndUvTheLast() {
    String good = "p==1.0 --hash=sha256:" + ONE;
    String wrong = "p==1.0 --hash=sha256:" + NONE;
    assertThat(explain(NEW, "p==1.0", good, wrong).failure()).contains("none counts");
    assertThat(explain(UV, "p", good, wrong).failure()).contains("none of those that are allowed");
    assertThat(explain(UV, "p", wrong, good, "p==1.0").failure()).isEmpty();
  }

  @Test
  void aHashOfAnAlgorithmThatIsNotToldIsCheckedAfterTheDownload() {
    String line = "p==1.0 --hash=sha512:" + "c".repeat(128);
    for (String tool : List.of(NEW, UV)) {
      assertThat(explain(tool, "p", line).notes()).as(tool).contains(Note.HASH_CHECKED_LATER);
    }
  }

  @Test
  void hashesThatAToolDoesNotKnowStopIt() {
    assertThat(explain(NEW, "p", "q==1.0 --hash=md5:" + "0".repeat(32)).failure())
        .contains("sha256, sha384 and sha512");
    assertThat(explain(UV, "p", "q==1.0 --hash=md5:" + "0".repeat(32)).failure()).isEmpty();
    assertThat(explain(UV, "p", "q==1.0 --hash=sha256:00").failure()).contains("is none");
    assertThat(explain(UV, "p", "q --hash=sha256:00").failure()).isEmpty();
  }

  @Test
  void otherOptionsOfALineCannotBeRead() {
    for (String tool : List.of(NEW, UV)) {
      assertThat(explain(tool, "p", "q==1.0 --pre").failure()).contains("cannot be read");
    }
  }

  private static String chosen(Explanation explanation) {
    return explanation.chosen().map(Verdict::file).orElse(explanation.failure());
  }

  private static Explanation explain(String tool, String line, String... constraints) {
    List<String> words = List.of(line.split(" "));
    Place index =
        Place.served(
            "https://index.example.invalid/",
            Role.INDEX,
            List.of(file("p-1.0-py3-none-any.whl", ONE), file("p-2.0-py3-none-any.whl", TWO)));
    return Tool.parse(tool)
        .on(Targets.cpython311())
        .explain(
            new SelectionRequest(
                Requirement.parse(words.get(0)),
                List.of(index),
                ConstraintLines.of(Arrays.asList(constraints)),
                SelectionOptions.parse(words.subList(1, words.size()))));
  }

  private static ListedFile file(String name, String sha256) {
    return new ListedFile(name, "", false, Map.of("sha256", sha256));
  }
}
