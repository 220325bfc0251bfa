package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptHistoryTest {

  private static final ProjectName NAME = ProjectName.parse("zstd");
  private static final TargetId CP311 = TargetId.parse("debian-12-x86_64/cp311");
  private static final TargetId CP312 = TargetId.parse("debian-12-x86_64/cp312");

  @TempDir Path folder;

  @Test
  void lastCostOfEachTargetIsRemembered() {
    KeptHistory history = new KeptHistory(folder);
    history.remember(NAME, CP311, new BuildCost(48.5, 1 << 20));
    history.remember(NAME, CP312, new BuildCost(50, 0));
    history.remember(NAME, CP311, new BuildCost(40, 2 << 20));

    KeptHistory later = new KeptHistory(folder);
    assertThat(later.last(NAME, CP311)).contains(new BuildCost(40, 2 << 20));
    assertThat(later.last(NAME, CP312)).contains(new BuildCost(50, 0));
    assertThat(later.last(ProjectName.parse("other"), CP311)).isEmpty();
  }

  @Test
  void damageIsAsIfNothingWasKnown() throws IOException {
    KeptHistory history = new KeptHistory(folder);
    Files.writeString(folder.resolve("zstd.json"), "half");
    assertThat(history.last(NAME, CP311)).isEmpty();
    history.remember(NAME, CP311, new BuildCost(1, 0));
    assertThat(history.last(NAME, CP311)).contains(new BuildCost(1, 0));
  }

  @Test
  void folderThatCannotBeWrittenIsNoFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    KeptHistory history = new KeptHistory(file);
    history.remember(NAME, CP311, new BuildCost(1, 0));
    assertThat(history.last(NAME, CP311)).isEmpty();
  }
}
