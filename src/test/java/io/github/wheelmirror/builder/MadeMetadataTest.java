package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.tree.TestWheel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeMetadataTest {

  private static final String TEXT = "Metadata-Version: 2.1\nName: a\nVersion: 1\n";

  @TempDir Path folder;
  private Path made = Path.of("");

  @BeforeEach
  void prepared() throws IOException {
    made = Files.createDirectory(folder.resolve("made"));
    Path outside = Files.createDirectory(folder.resolve("outside.dist-info"));
    Files.writeString(outside.resolve("METADATA"), TEXT);
    Files.writeString(
        Files.createDirectory(made.resolve("a-1.dist-info")).resolve("METADATA"), TEXT);
    Files.createSymbolicLink(made.resolve("link.dist-info"), outside);
    Files.createSymbolicLink(
        Files.createDirectory(made.resolve("linked.dist-info")).resolve("METADATA"),
        outside.resolve("METADATA"));
    Files.createDirectory(made.resolve("empty.dist-info"));
    Path wheel = TestWheel.of("b", "2.0").write(folder.resolve("outside"));
    Files.copy(wheel, folder.resolve("outside.whl"));
    Files.createSymbolicLink(made.resolve("link.whl"), wheel);
    Files.writeString(made.resolve("file.dist-info"), TEXT);
    Files.writeString(
        Files.createDirectory(made.resolve("wrong.dist-info")).resolve("METADATA"), "Name: a\n");
  }

  @Test
  void aPreparedFolderAndAWheelAreRead() throws IOException {
    TestWheel.of("b", "2.0").metadata("Requires-Dist: c").write(made);

    assertThat(MadeMetadata.of(made, "a-1.dist-info")).hasToString("a 1");
    assertThat(MadeMetadata.of(made, "b-2.0-py3-none-any.whl").requiresDist()).containsExactly("c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../outside.dist-info",
        "link.dist-info",
        "linked.dist-info",
        "empty.dist-info",
        "file.dist-info",
        "wrong.dist-info",
        "absent.dist-info",
        "absent.whl",
        "link.whl",
        "../outside.whl",
      })
  void nothingElseIs(String name) {
    assertThatThrownBy(() -> MadeMetadata.of(made, name)).isInstanceOf(IOException.class);
  }
}
