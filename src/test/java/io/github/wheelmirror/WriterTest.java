package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {

  @TempDir Path folder;

  @Test
  void onlyFilesOfProcessesThatEndedAreRemoved() throws IOException {
    Writer writer = new Writer();
    String mine = writer.name();
    String[] parts = mine.split("\\.", 4);
    Path living = Files.createFile(folder.resolve(mine));
    Path dead = Files.createFile(folder.resolve(parts[0] + ".4194305.1." + parts[3]));
    Path hidden = Files.createFile(folder.resolve("." + parts[0] + ".4194305.1.x.tmp"));
    Path reused = Files.createFile(folder.resolve(parts[0] + "." + parts[1] + ".1." + parts[3]));
    Path foreign = Files.createFile(folder.resolve("otherhost.4194305.1." + parts[3]));
    Path strange = Files.createFile(folder.resolve(parts[0] + ".x"));
    writer.removeDead(folder);
    assertThat(living).exists();
    assertThat(foreign).exists();
    assertThat(strange).exists();
    assertThat(dead).doesNotExist();
    assertThat(reused).doesNotExist();
    assertThat(hidden).doesNotExist();
    writer.removeDead(folder.resolve("nothing"));
  }
}
