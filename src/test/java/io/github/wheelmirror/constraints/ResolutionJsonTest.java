package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.wheelmirror.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionJsonTest {

  private static final TargetId TARGET = TargetId.parse("debian-12-x86_64/cp312");

  @Test
  void pinsAndTargetsAreTexts() throws Exception {
    WantedPin pin =
        new WantedPin(
            Pin.parse("pbr===7.0.3"),
            List.of(new Want("master", TARGET, true, "", "u.txt:1", false)));

    String json = JsonMapper.builder().build().writeValueAsString(pin);

    assertThat(json)
        .isEqualTo(
            """
            {"pin":"pbr===7.0.3","wants":[{"branch":"master","target":"debian-12-x86_64/cp312",\
            "active":true,"marker":"","where":"u.txt:1","extra":false}]}""");
    assertThat(JsonMapper.builder().build().readValue(json, WantedPin.class)).isEqualTo(pin);
  }

  @Test
  void aResolutionIsReadAsItWasWritten() throws Exception {
    ResolvedBranch branch =
        new ResolvedBranch(
            "stable/zed",
            "refs/heads/stable/zed",
            "zed",
            BranchStatus.STABLE,
            "0".repeat(40),
            BranchState.HELD,
            List.of("a reason"),
            List.of(),
            List.of(new RefusedLine("u.txt:1", "a>=1", "a range", "range")));
    Resolution resolution =
        new Resolution(
            Resolution.SCHEMA_VERSION,
            "https://git.example.invalid/r",
            "u.txt",
            List.of(),
            List.of(new RefDecision("refs/heads/stable/zed", "0".repeat(40), true, "matches")),
            List.of(branch),
            List.of(),
            List.of(new UnconstrainedProjects("stable/zed", TARGET, List.of("tomli"))));
    byte[] json = Json.write(resolution);

    assertThat(Json.read(json, Resolution.class, "resolution.json")).isEqualTo(resolution);
    assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("hashed");
  }

  @Test
  void aRefusedLineOfAnEarlierVersionHasNoKindAndMayBeAllowed() {
    String before = "{\"where\": \"u.txt:1\", \"text\": \"a>=1\", \"reason\": \"a range\"}";
    RefusedLine line =
        Json.read(before.getBytes(StandardCharsets.UTF_8), RefusedLine.class, "resolution.json");
    assertThat(line).isEqualTo(new RefusedLine("u.txt:1", "a>=1", "a range", ""));
    assertThat(line.isReportable()).isTrue();
    assertThat(new String(Json.write(line), StandardCharsets.UTF_8)).doesNotContain("kind");
  }
}
