package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.BuildReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {

  @TempDir Path folder;

  @Test
  void aStageFileOfAnotherVersionIsToldOnceInASession() throws IOException {
    SessionMemo session = new SessionMemo(new HashMap<>());
    RecordedLines lines = new RecordedLines();
    Path report = new Workspace(folder).buildReport();
    Files.writeString(report, "{\"schemaVersion\": 1}");
    for (int goal = 0; goal < 2; goal++) {
      Workspace workspace = new Workspace(folder, session);
      for (int look = 0; look < 2; look++) {
        assertThat(workspace.readEarlier(report, BuildReport.class, lines.log())).isEmpty();
      }
    }
    assertThat(lines.all())
        .singleElement()
        .asString()
        .contains("build-report.json has schema version 1")
        .endsWith("it is written anew");
    new Workspace(folder, new SessionMemo(new HashMap<>()))
        .readEarlier(report, BuildReport.class, lines.log());
    assertThat(lines.all()).as("another session tells it again").hasSize(2);
  }

  @Test
  void anEmptyStageFileIsToldAsThat() throws IOException {
    Workspace workspace = new Workspace(folder);
    Files.createFile(workspace.plan());
    assertThatThrownBy(() -> workspace.read(workspace.plan(), BuildReport.class))
        .hasMessageContaining(workspace.plan() + " is empty");
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"work", "staged"})
  void aFolderThatIsUsedForSomethingElseIsNoWorkspace(String name) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name)).resolve("thesis.txt");
    Files.writeString(own, "three years of work");
    assertThatThrownBy(() -> new Workspace(folder).requireOwn())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("the workspace " + folder + " cannot be used")
        .hasMessageContaining(own.getParent() + " is there, is of no run of this plugin");
    assertThat(own).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {".lock", "resolution.json", "plan.json", "build-report.json"})
  void aWorkspaceIsKnownByItsFilesAlsoWhereItWasCopiedTo(String file) throws IOException {
    Files.createDirectories(folder.resolve("work/out"));
    Files.createFile(folder.resolve(file));
    assertThatCode(() -> new Workspace(folder).requireOwn()).doesNotThrowAnyException();
  }
}
