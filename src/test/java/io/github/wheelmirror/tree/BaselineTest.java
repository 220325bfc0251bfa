package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
  private static final String FILE = "foo-1.0-py3-none-any.whl";

  private static AcceptedFinding entry(String pin, String file, String check, String expires) {
    return new AcceptedFinding(pin, file, check, "told upstream", expires);
  }

  private static Problem found(String check, String where) {
    return Problem.warning(check, where, "words", "fix");
  }

  private static Severity severity(AcceptedFinding entry, Problem problem) {
    return new Baseline(List.of(entry), TODAY).apply(List.of(problem)).get(0).severity();
  }

  @Test
  void whatIsAcceptedIsAnInfoWithTheReasonAndStaysInTheReport() {
    Baseline baseline =
        new Baseline(List.of(entry("foo", "", "wheel-license-file", "2026-11-26")), TODAY);
    Problem problem = found("wheel-license-file", FILE);

    Problem accepted = baseline.apply(List.of(problem)).get(0);

    assertThat(accepted.severity()).isEqualTo(Severity.INFO);
    assertThat(accepted.words()).isEqualTo(problem.words());
    assertThat(accepted.accepted()).isEqualTo("told upstream (until 2026-11-26)");
    assertThat(Json.read(Json.write(accepted), Problem.class, "x")).isEqualTo(accepted);
    assertThat(Json.read(Json.write(problem), Problem.class, "x")).isEqualTo(problem);
    assertThat(Json.line(problem)).doesNotContain("accepted");
    assertThat(baseline.warnings(true)).isEmpty();
  }

  @Test
  void anErrorThatIsAcceptedBlocksNoMore() {
    assertThat(
            severity(
                entry("", FILE, "wheel-glibc", "2027-01-31"),
                Problem.error("wheel-glibc", FILE, "words", "fix")))
        .isEqualTo(Severity.INFO);
  }

  @ParameterizedTest
  @CsvSource({
    "Foo, '', " + FILE + ", true",
    "foo===1.0, '', " + FILE + ", true",
    "foo<2, '', " + FILE + ", true",
    "foo===1.1, '', " + FILE + ", false",
    "foo>1, '', " + FILE + ", false",
    "bar, '', " + FILE + ", false",
    "'', " + FILE + ", " + FILE + ", true",
    "'', foo-1.0-1-py3-none-any.whl, " + FILE + ", false",
    "foo, '', foo, true",
    "foo===1.0, '', foo, false",
    "foo, '', foo===1.0 for master on cp311, false",
  })
  void anEntryCoversItsPinOrFile(String pin, String file, String where, boolean covers) {
    String check = where.endsWith(".whl") ? "wheel-tags" : "dependency-missing";
    assertThat(severity(entry(pin, file, check, "2027-01-31"), found(check, where)))
        .isEqualTo(covers ? Severity.INFO : Severity.WARNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import-fails", "source-not-compilable"})
  void whatFailsInASampleIsAcceptedForItsPinAndNotMissedWhenTheLotFallsOnOthers(String check) {
    Baseline baseline = new Baseline(List.of(entry("foo<2", "", check, "2027-01-31")), TODAY);
    assertThat(baseline.warnings(true)).isEmpty();
    assertThat(baseline.apply(List.of(found(check, "foo===1.0"))).get(0).severity())
        .isEqualTo(Severity.INFO);
    assertThat(baseline.apply(List.of(found(check, "foo===2.0"))).get(0).severity())
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void whatIsNotFoundIsToldOnlyIfEverythingWasLookedAt() {
    Baseline baseline =
        new Baseline(
            List.of(
                entry("foo", "", "dependency-missing", "2027-01-31"),
                entry("bar", "", "dependency-missing", "2020-01-31")),
            TODAY);
    assertThat(baseline.warnings(true)).hasSize(2).allMatch(words -> words.contains("not found"));
    assertThat(baseline.warnings(false))
        .singleElement()
        .satisfies(words -> assertThat(words).contains("bar").doesNotContain("not found"));
  }

  @Test
  void anotherCheckOfTheSameFileIsNotAccepted() {
    assertThat(
            severity(
                entry("foo", "", "wheel-tags", "2027-01-31"), found("wheel-license-file", FILE)))
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void expiredUnusedAndUnknownEntriesAreTold() {
    Baseline baseline =
        new Baseline(
            List.of(
                entry("foo", "", "wheel-tags", "2026-11-25"),
                entry("bar", "", "wheel-tags", "2026-11-25"),
                entry("baz", "", "wheel-tags", "2027-01-31"),
                entry("foo", "", "wheel-tag", "2027-01-31")),
            TODAY);

    assertThat(baseline.apply(List.of(found("wheel-tags", FILE))).get(0).severity())
        .isEqualTo(Severity.WARNING);

    List<String> warnings = baseline.warnings(true);
    assertThat(warnings).hasSize(4);
    assertThat(warnings.get(0)).contains("wheel-tags of foo", "2026-11-25", "still found");
    assertThat(warnings.get(1)).contains("wheel-tags of bar", "2026-11-25", "remove the entry");
    assertThat(warnings.get(2)).contains("wheel-tags of baz", "is not found");
    assertThat(warnings.get(3)).contains("wheel-tag of foo", "no check of that name");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', wheel-tags, r, 2027-01-31, what it is for",
    "foo, " + FILE + ", wheel-tags, r, 2027-01-31, what it is for",
    "foo, '', '', r, 2027-01-31, no \"check\"",
    "foo, '', wheel-tags, ' ', 2027-01-31, no \"reason\"",
    "foo, '', wheel-tags, r, '', no \"expires\"",
    "foo, '', wheel-tags, r, 31.1.2027, not a date",
    "foo!, '', wheel-tags, r, 2027-01-31, foo!",
    "'', foo.whl, wheel-tags, r, 2027-01-31, no wheel's",
    "foo, '', wheel-record-hash, r, 2027-01-31, cannot be accepted: clients would get other bytes",
    "foo, '', wheel-unsafe-name, r, 2027-01-31, cannot be accepted: it could do harm",
    "foo, '', damaged-file, r, 2027-01-31, cannot be accepted",
    "foo, '', regression, r, 2027-01-31, cannot be accepted: clients would lose",
  })
  void whatCannotBeAcceptedIsRefusedWithTheReason(
      String pin, String file, String check, String reason, String expires, String why) {
    assertThatThrownBy(() -> new AcceptedFinding(pin, file, check, reason, expires))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
