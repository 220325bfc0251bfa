package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.Place.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were uploaded too late, as the real clients leave them out. */
class UploadLimitTest {

  private static final String PIP = "pip-26.3";
  private static final String UV = "uv-0.13.9";

  @ParameterizedTest
  @CsvSource({
    // a bare date: pip means its beginning, uv its end
    "2024-05-01, Etc/UTC, 2024-05-01T00:00:00Z, 2024-05-02T00:00:00Z",
    "2024-05-01, Asia/Tokyo, 2024-04-30T15:00:00Z, 2024-05-01T15:00:00Z",
    // without an offset uv looks at the date only
    "2024-05-01T12:30, Etc/UTC, 2024-05-01T12:30:00Z, 2024-05-02T00:00:00Z",
    "2024-05-01T12:30:15.5, Asia/Tokyo, 2024-05-01T03:30:15.500Z, 2024-05-01T15:00:00Z",
    "2024-05-01T12:00:00.000901Z, Asia/Tokyo, 2024-05-01T12:00:00.000901Z, 2024-05-01T12:00:00Z",
    "2024-05-01T14:00:00+02:00, Asia/Tokyo, 2024-05-01T12:00:00Z, 2024-05-01T12:00:00Z",
  })
  void aTimeIsReadAsEachToolReadsIt(String text, String zone, String pip, String uv) {
    UploadLimit limit = UploadLimit.parse(text, ZoneId.of(zone));
    assertThat(limit.instant()).isEqualTo(Instant.parse(pip));
    assertThat(limit.dayEnd()).isEqualTo(Instant.parse(uv));
    assertThat(limit).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P7D", "yesterday", "20240501", "2024-05-32", "2024-05-01T", "T"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> UploadLimit.parse(text, ZoneOffset.UTC))
        .isInstanceOfSatisfying(
            MirrorException.class, e -> assertThat(e.fix()).contains("2026-03-01"));
  }

  @Test
  void aFileOfExactlyThatTimeIsTooNew() {
    Place index =
        index(
            file("p-1.0.tar.gz", "2024-01-01T00:00:00Z"),
            file("p-2.0.tar.gz", "2024-05-01T12:00:00Z"));
    for (String tool : List.of(PIP, UV)) {
      Explanation explanation = explain(tool, "2024-05-01T12:00:00Z", index);
      assertThat(reasons(explanation)).containsExactly(Reason.CHOSEN, Reason.UPLOADED_TOO_LATE);
      assertThat(reasons(explain(tool, "2024-05-01T12:00:01Z", index)))
          .containsExactly(Reason.LOWER_VERSION, Reason.CHOSEN);
    }
  }

  @Test
  void aFileWithoutATimeStopsPipAndIsPassedOverByUv() {
    Place index =
        index(file("p-1.0.tar.gz", "2024-01-01T00:00:00Z"), ListedFile.of("p-2.0.tar.gz"));
    assertThat(explain(PIP, "2024-05-01", index).failure()).contains("p-2.0.tar.gz");
    assertThat(reasons(explain(UV, "2024-05-01", index)))
        .containsExactly(Reason.CHOSEN, Reason.UPLOAD_TIME_UNKNOWN);
  }

  @Test
  void pipAsksForTheTimeOfEverySourceArchiveButOnlyOfWheelsThatFit() {
    ListedFile good = file("p-1.0.tar.gz", "2024-01-01T00:00:00Z");
    assertThat(explain(PIP, "2024-05-01", index(good, ListedFile.of("other-1.0.tar.gz"))).failure())
        .contains("other-1.0.tar.gz");
    for (String passedOver :
        List.of("p-2.0-py2-none-any.whl", "other-1.0-py3-none-any.whl", "p-2.0.exe")) {
      assertThat(explain(PIP, "2024-05-01", index(good, ListedFile.of(passedOver))).failure())
          .as(passedOver)
          .isEmpty();
    }
  }

  @Test
  void uvLooksForAVersionThatIsTooNewInTheNextIndex() {
    ListedFile tooNew = file("p-1.1-2-py3-none-any.whl", "2024-06-01T00:00:00Z");
    ListedFile foreign = file("p-1.1-py2-none-any.whl", "2024-01-01T00:00:00Z");
    ListedFile good = file("p-1.1-py3-none-any.whl", "2024-01-01T00:00:00Z");
    String tool = UV + "-unsafe-first-match";
    assertThat(reasons(explain(tool, "2024-05-01", extra(foreign, tooNew), index(good))))
        .containsExactly(Reason.INCOMPATIBLE_TAG, Reason.UPLOADED_TOO_LATE, Reason.CHOSEN);
    assertThat(reasons(explain(tool, "2024-05-01", extra(foreign), index(good))))
        .containsExactly(Reason.INCOMPATIBLE_TAG, Reason.VERSION_GIVEN_UP);
  }

  @Test
  void aLocalFileIsOfNoTimeAndUvAsksNoFindLinksForTheirs() {
    ListedFile local = new ListedFile("p-2.0.tar.gz", "", false, Map.of(), null, true, Map.of());
    Place index = index(file("p-1.0.tar.gz", "2024-01-01T00:00:00Z"));
    Place directory = Place.served("/wheels", Role.FIND_LINKS_DIRECTORY, List.of(local));
    Place page =
        Place.served(
            "https://files.example.invalid/",
            Role.FIND_LINKS_PAGE,
            List.of(ListedFile.of("p-2.0.tar.gz")));
    for (String tool : List.of(PIP, UV)) {
      assertThat(reasons(explain(tool, "2024-05-01", index, directory)))
          .containsExactly(Reason.LOWER_VERSION, Reason.CHOSEN);
    }
    assertThat(explain(UV, "2024-05-01", index, page).failure()).isEmpty();
    assertThat(explain(PIP, "2024-05-01", index, page).failure()).contains("files.example.invalid");
  }

  @Test
  void pipBefore26DoesNotHaveTheOption() {
    Place index = index(file("p-1.0.tar.gz", "2024-01-01T00:00:00Z"));
    assertThat(explain("pip-26.0", "2024-05-01", index).failure()).isEmpty();
    assertThatThrownBy(() -> explain("pip-25.3", "2024-05-01", index))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).contains("--uploaded-prior-to", "pip-25.3");
              assertThat(e.fix()).contains("pip-26.0");
            });
  }

  private static List<Reason> reasons(Explanation explanation) {
    return explanation.verdicts().stream().map(Verdict::reason).toList();
  }

  private static Place index(ListedFile... files) {
    return Place.served("https://index.example.invalid/", Role.INDEX, Arrays.asList(files));
  }

  private static Place extra(ListedFile... files) {
    return Place.served("https://extra.example.invalid/", Role.EXTRA_INDEX, Arrays.asList(files));
  }

  private static ListedFile file(String name, String uploaded) {
    return new ListedFile(name, "", false, Map.of(), Instant.parse(uploaded), false, Map.of());
  }

  private static Explanation explain(String tool, String limit, Place... places) {
    return Tool.parse(tool)
        .on(Targets.cpython311())
        .explain(
            new SelectionRequest(
                Requirement.parse("p"),
                Arrays.asList(places),
                ConstraintLines.NONE,
                SelectionOptions.NONE.withUploadedPriorTo(
                    UploadLimit.parse(limit, ZoneOffset.UTC))));
  }
}
