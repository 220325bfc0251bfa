package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.process.ProcessOutcome;
import io.github.wheelmirror.process.Transcript;
import io.github.wheelmirror.tree.CompiledSources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompileAnswerTest {

  private static final Pin PIN = Pin.parse("six===1.17.0");

  private static Transcript transcript(String output, String standardOutput) {
    return new Transcript(output, standardOutput, Duration.ofSeconds(1), 0);
  }

  @Test
  void theFileThatTheInterpreterDiesOfIsNamed() {
    Transcript dead = transcript("at six.py\nat deep.py\nFatal Python error\nat\n", "");
    assertThat(CompileAnswer.of(PIN, new ProcessOutcome.Exited(139, dead)))
        .isEqualTo(failed("deep.py", "the interpreter: exit code 139"));
    assertThat(CompileAnswer.of(PIN, new ProcessOutcome.TimedOut(Duration.ofMinutes(1), dead)))
        .isEqualTo(failed("deep.py", "the interpreter: no end after 60 s"));
    assertThat(CompileAnswer.of(PIN, new ProcessOutcome.Exited(1, transcript("Error\n", ""))))
        .isEqualTo(failed("RECORD", "the interpreter: exit code 1"));
  }

  @Test
  void whatPythonSaysIsOneLineWithoutAnEndIfItIsLong() {
    String told =
        """
        {"compiled": 1, "failed": 2, "skipped": 3, "files": ["a.py"], "line": -1,
         "error": "SyntaxError", "message": "bad\\n  thing %s"}"""
            .formatted("x".repeat(400));
    CompiledSources sources =
        CompileAnswer.of(PIN, new ProcessOutcome.Exited(0, transcript("at a.py\n", told)));
    assertThat(sources.line()).isZero();
    assertThat(sources.failed()).isEqualTo(2);
    assertThat(sources.skipped()).isEqualTo(3);
    assertThat(sources.words()).startsWith("SyntaxError: bad thing xxx").endsWith("…");
  }

  private static CompiledSources failed(String file, String words) {
    return new CompiledSources(PIN, 0, 1, 0, List.of(file), 0, words);
  }
}
