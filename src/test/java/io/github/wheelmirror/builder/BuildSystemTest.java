package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildSystemTest {

  private static final BuildSystem LEGACY =
      new BuildSystem(
          List.of("setuptools>=40.8.0"), "setuptools.build_meta:__legacy__", List.of(), false);

  private final Path tree;

  BuildSystemTest(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("outside"));
    this.tree = Files.createDirectory(folder.resolve("tree"));
  }

  @Test
  void treeWithSetupPyAloneIsLegacy() throws Exception {
    Files.writeString(tree.resolve("setup.py"), "");

    assertThat(BuildSystem.of(tree)).isEqualTo(LEGACY);
  }

  @Test
  void projectFileWithoutBuildSystemIsLegacy() throws Exception {
    project("[project]\nname = 'x'\n");

    assertThat(BuildSystem.of(tree)).isEqualTo(LEGACY);
  }

  @Test
  void requirementsWithoutBackendAreLegacyAndGetSetuptools() throws Exception {
    project("[build-system]\nrequires = ['pbr>=2.0', 'setuptools_scm[toml]']\n");

    assertThat(BuildSystem.of(tree).requires())
        .containsExactly("pbr>=2.0", "setuptools_scm[toml]", "setuptools>=40.8.0");
    assertThat(BuildSystem.of(tree).backend()).isEqualTo("setuptools.build_meta:__legacy__");
  }

  @Test
  void setuptoolsThatIsSaidIsNotSaidAgain() throws Exception {
    project("[build-system]\nrequires = ['setuptools<80; python_version<\"3.9\"']\n");

    assertThat(BuildSystem.of(tree).requires()).hasSize(1);
  }

  @Test
  void backendInTheTreeIsFound() throws Exception {
    Files.createDirectories(tree.resolve("tools/build"));
    project(
        """
        [build-system]
        requires = []
        build-backend = "back.end:Object"
        backend-path = ["tools/build", "."]
        """);

    assertThat(BuildSystem.of(tree))
        .isEqualTo(
            new BuildSystem(
                List.of(), "back.end:Object", List.of(tree.resolve("tools/build"), tree), false));
  }

  private boolean computes(String backend, String project, boolean bySetup) throws Exception {
    project("[build-system]\nrequires = []\nbuild-backend = '" + backend + "'\n" + project);
    return BuildSystem.of(tree).computesMetadata(bySetup);
  }

  @Test
  void metadataIsComputedByASetupPyThatIsRunOrWhereItIsLeftToTheBackend() throws Exception {
    String open = "[project]\nname = 'x'\ndynamic = ['version', 'dependencies']\n";
    String version = "[project]\nname = 'x'\ndynamic = ['version', 'readme']\n";

    assertThat(LEGACY.computesMetadata(true)).isTrue();
    assertThat(LEGACY.computesMetadata(false)).isFalse();
    assertThat(computes("setuptools.build_meta", open, false)).isFalse();
    assertThat(computes("unknown.api", "", true)).isTrue();
    assertThat(computes("unknown.api", version, false)).isFalse();
    for (String declarative : List.of("poetry.core.masonry.api", "hatchling.build", "flit_core")) {
      assertThat(computes(declarative, version, true)).isFalse();
      assertThat(computes(declarative, open, false)).isTrue();
    }
    assertThat(computes("own", "backend-path = ['.']\n", false)).isTrue();
  }

  @Test
  void neitherFileIsRefused() {
    assertThatThrownBy(() -> BuildSystem.of(tree))
        .isInstanceOf(RefusedSourceException.class)
        .hasMessage("it has neither pyproject.toml nor setup.py");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[build-system]\nbuild-backend = 'x'\n",
        "[build-system]\nrequires = 'setuptools'\n",
        "[build-system]\nrequires = [1]\n",
        "[build-system]\nrequires = ['--index-url=http://localhost/']\n",
        "[build-system]\nrequires = ['./local']\n",
        "[build-system]\nrequires = ['a/b']\n",
        "[build-system]\nrequires = [\"\"\"a\n-r x\"\"\"]\n",
        "[build-system]\nrequires = []\nbuild-backend = 'os; evil()'\n",
        "[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = ['../..']\n",
        "[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = ['/usr']\n",
        "[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = ['gone']\n",
        "[build-system]\nrequires = []\nbuild-backend = 'x'\nbackend-path = ['link']\n",
        "build-system = 3\n",
        "not toml\n",
        "a = 1\na = 2\n",
      })
  void whatCannotBeIsRefused(String text) throws IOException {
    Files.createSymbolicLink(tree.resolve("link"), Path.of("../outside"));
    project(text);

    assertThatThrownBy(() -> BuildSystem.of(tree))
        .isInstanceOf(RefusedSourceException.class)
        .hasMessageStartingWith("pyproject.toml");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    Files.write(tree.resolve("pyproject.toml"), "x = 'é'".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> BuildSystem.of(tree)).isInstanceOf(RefusedSourceException.class);
  }

  private void project(String text) throws IOException {
    Files.writeString(tree.resolve("pyproject.toml"), text);
  }
}
