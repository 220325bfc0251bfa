package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

  @TempDir Path folder;

  @Test
  void whatAKilledRunWasWritingIsTidiedAmongTheLogsToo() throws IOException {
    String dead = "." + new Writer().name().split("\\.", 2)[0] + ".4194305.1.x.tmp";
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path log = Files.createFile(logs.resolve("demo-1.0-cp311.log"));
    Path stage = Files.createFile(folder.resolve(dead));
    Path copy = Files.createFile(logs.resolve(dead));
    new Workspace(folder).tidy();
    assertThat(log).exists();
    assertThat(stage).doesNotExist();
    assertThat(copy).doesNotExist();
  }
}
