package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRunTest {

  private static final Pin PIN = Pin.parse("six===1.17.0");

  private static SampleRun run(CompiledSources... sources) {
    return new SampleRun(
        "master",
        "cp312",
        "pip 26.3",
        SampleRun.State.INSTALLED,
        List.of(PIN),
        1,
        List.of(),
        "",
        List.of(sources));
  }

  @Test
  void aRunIsReadAsItWasWritten() {
    SampleRun run = run(new CompiledSources(PIN, 1, 2, 0, List.of("a.py"), 3, "SyntaxError: x"));
    assertThat(Json.read(Json.write(run), SampleRun.class, "a run")).isEqualTo(run);
  }

  @Test
  void aRunOfBeforeSourcesWereCompiledHasNone() {
    String written = new String(Json.write(run()), StandardCharsets.UTF_8);
    String before = written.replaceAll(",\\s*\"sources\" : \\[ ?\\]", "");
    assertThat(before).isNotEqualTo(written);
    assertThat(Json.read(before.getBytes(StandardCharsets.UTF_8), SampleRun.class, "a run"))
        .isEqualTo(run());
  }

  @Test
  void whatFailedIsNamed() {
    assertThatThrownBy(() -> new CompiledSources(PIN, 1, 1, 0, List.of(), 0, "SyntaxError"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CompiledSources(PIN, 1, 0, 0, List.of("a.py"), 0, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
