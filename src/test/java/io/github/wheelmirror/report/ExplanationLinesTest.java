package io.github.wheelmirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.selection.ExplainedTarget;
import io.github.wheelmirror.selection.ExplainedTarget.AskedPlace;
import io.github.wheelmirror.selection.Explanation;
import io.github.wheelmirror.selection.Note;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import io.github.wheelmirror.selection.Reason;
import io.github.wheelmirror.selection.Tool;
import io.github.wheelmirror.selection.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationLinesTest {

  private static final String INDEX = "https://index.test/simple/";

  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<AskedPlace> places = new ArrayList<>();

  @Test
  void theChosenFileComesFirstAndWhatLostNarrowlyBeforeTheCrowd() {
    for (int i = 0; i < 5; i++) {
      verdict("p-0." + i + ".tar.gz", Reason.LOWER_VERSION, "0." + i + " is lower than 2.0");
    }
    verdict("p-2.0-py3-none-any.whl", Reason.CHOSEN, "");
    verdict("p-2.0.tar.gz", Reason.SDIST, "");
    places.add(new AskedPlace(INDEX, Role.INDEX, Answer.SERVED, 7));

    assertThat(lines(false, ""))
        .containsExactly(
            "pip-26.3 takes for p on debian-12-x86_64/cp311: p-2.0-py3-none-any.whl of " + INDEX,
            "  constraint: p===2.0",
            "  constraint that does not apply here: p===1.0;python_version<'3'",
            "  note: equal files were told apart by their order only",
            "  index-url  https://index.test/simple/  7 files",
            "    p-2.0.tar.gz                  a wheel of the same version fits",
            "    5 files such as p-0.4.tar.gz  a higher version fits");
  }

  @Test
  void everyFileHasALineOfItsOwnIfThatIsWanted() {
    for (int i = 0; i < 5; i++) {
      verdict("p-0." + i + ".tar.gz", Reason.LOWER_VERSION, "0." + i + " is lower than 2.0");
    }
    verdict("p-2.0.tar.gz", Reason.CHOSEN, "");

    assertThat(lines(true, ""))
        .filteredOn(line -> line.contains("a higher version fits: "))
        .hasSize(5);
  }

  @Test
  void aPlaceIsNamedWhereThereAreSeveralAndTellsHowItAnswered() {
    verdict("p-1.0.tar.gz", Reason.TOOL_FAILS, "");
    verdicts.add(new Verdict("https://other.test/", "p-2.0.tar.gz", Reason.TOOL_FAILS, ""));
    places.add(new AskedPlace(INDEX, Role.INDEX, Answer.SERVED, 1));
    places.add(new AskedPlace("https://other.test/", Role.EXTRA_INDEX, Answer.SERVED, 1));
    places.add(new AskedPlace("https://none.test/", Role.EXTRA_INDEX, Answer.NOT_FOUND, 0));
    places.add(new AskedPlace("https://shut.test/", Role.EXTRA_INDEX, Answer.REFUSED, 0));
    places.add(new AskedPlace("https://down.test/", Role.FIND_LINKS_PAGE, Answer.UNUSABLE, 0));
    places.add(new AskedPlace("https://odd.test/", Role.EXTRA_INDEX, Answer.MALFORMED, 0));

    assertThat(String.join("\n", lines(false, "the index is broken")))
        .contains(
            "nothing, the index is broken",
            "(" + INDEX + ")",
            "(https://other.test/)",
            "1 file",
            "does not have the project",
            "refuses access",
            "does not answer with a page",
            "a page that cannot be read",
            "find-links");
  }

  private void verdict(String file, Reason reason, String detail) {
    verdicts.add(new Verdict(INDEX, file, reason, detail));
  }

  private List<String> lines(boolean everyFile, String failure) {
    return ExplanationLines.of(
        new ExplainedTarget(
            "debian-12-x86_64/cp311",
            places,
            new Explanation(
                Tool.parse("pip"),
                "p",
                "===2.0",
                List.of("p===2.0"),
                List.of("p===1.0;python_version<'3'"),
                failure,
                List.of(Note.TIE),
                verdicts)),
        everyFile);
  }
}
