package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.WorkResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedBuildsTest {

  private static final String KEY = "a".repeat(64);
  private static final WorkResult.Failed FAILURE =
      new WorkResult.Failed(
          new Diagnosis(FailureClass.MISSING_HEADER, "x.h: no such file", "no x.h", "install x"),
          "logs/x.log");

  @TempDir Path folder;

  @Test
  void failureIsKnownUnderItsKeyAndCircumstancesOnly() throws IOException {
    FailedBuilds failures = new FailedBuilds(folder);
    Path log = Files.writeString(folder.resolve("x.log"), "x.h: no such file");
    failures.remember(KEY, "host", FAILURE, log);

    Path again = folder.resolve("again/logs/x.log");
    assertThat(failures.find(KEY, "host", again)).contains(FAILURE);
    assertThat(again).hasContent("x.h: no such file");
    assertThat(failures.find(KEY, "other host", log)).isEmpty();
    assertThat(failures.find("b".repeat(64), "host", log)).isEmpty();

    failures.forget(KEY);
    assertThat(failures.find(KEY, "host", log)).isEmpty();
    assertThat(folder.resolve("failures")).isEmptyDirectory();
  }

  @Test
  void logThatIsThereStays() throws IOException {
    FailedBuilds failures = new FailedBuilds(folder);
    failures.remember(KEY, "host", FAILURE, Files.writeString(folder.resolve("x.log"), "first"));
    Path there = Files.writeString(folder.resolve("there.log"), "untouched");

    assertThat(failures.find(KEY, "host", there)).isPresent();
    assertThat(there).hasContent("untouched");
  }

  @Test
  void damagedNoteIsNone() throws IOException {
    FailedBuilds failures = new FailedBuilds(folder);
    failures.remember(KEY, "host", FAILURE, folder.resolve("none.log"));
    Files.writeString(folder.resolve("failures").resolve(KEY + ".json"), "{ half");

    assertThat(failures.find(KEY, "host", folder.resolve("none.log"))).isEmpty();
  }
}
