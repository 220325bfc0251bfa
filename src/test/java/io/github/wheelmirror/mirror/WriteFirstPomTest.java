package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class WriteFirstPomTest {

  private static final WriteFirstPom.Plugin PLUGIN =
      new WriteFirstPom.Plugin("io.github.wheelmirror", "wheel-mirror-maven-plugin", "1.0");

  @TempDir Path folder;
  private MirrorScenario scenario;
  private Path project;

  @BeforeEach
  void oneBranch() throws IOException {
    scenario = MirrorScenario.quick(folder);
    scenario.branch("master", "six===1.17.0");
    project = Files.createDirectory(folder.resolve("project"));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private Element written(Map<String, String> given) throws Exception {
    new WriteFirstPom(
            scenario.request(), scenario.outside(), () -> List.of("cp313t", "cp312", "cp311"))
        .run(project, PLUGIN, given);
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(project.resolve("pom.xml").toFile());
    return (Element) pom.getElementsByTagName("configuration").item(0);
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }

  @Test
  void whatWasGivenIsWrittenAsItIs() throws Exception {
    Element configuration =
        written(Map.of("constraints", "/a/<b>&'\"c]]>", "region", "${user.home}/@slug@ $1"));
    assertThat(text(configuration, "constraints")).isEqualTo("/a/<b>&'\"c]]>");
    assertThat(text(configuration, "region")).isEqualTo("${user.home}/@slug@ $1");
  }

  @Test
  void pythonsAreThoseThatAreMirroredForAndTheOthersAreNamed() throws Exception {
    Element configuration = written(Map.of("constraints", "x"));
    assertThat(text(configuration, "pythons")).isEqualTo("3.11,3.12");
    assertThat(Files.readString(project.resolve("pom.xml")))
        .contains("</pythons> <!-- this host also has 3.13t -->");
  }

  @Test
  void withTargetFilesNoPythonIsAdded() throws Exception {
    Element configuration = written(Map.of("constraints", "x", "targetFiles", "a.json"));
    assertThat(configuration.getElementsByTagName("pythons").getLength()).isZero();
  }

  @Test
  void aPomThatIsThereIsKeptEvenIfItLeadsNowhere() throws IOException {
    Path pom = project.resolve("pom.xml");
    Files.createSymbolicLink(pom, project.resolve("nowhere"));
    assertThatThrownBy(() -> written(Map.of("constraints", "x")))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("there is a pom.xml in " + project);
    assertThat(Files.isSymbolicLink(pom)).isTrue();
  }

  @Test
  void aFolderThatIsNoneIsTold() {
    project = project.resolve("pom.xml").resolve("below");
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("project/pom.xml"), "");
              written(Map.of("constraints", "x"));
            })
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.MACHINERY);
              assertThat(e.what()).endsWith("below/pom.xml cannot be written");
            });
  }

  @Test
  void aLoginOfHttpIsRefusedAndTheUserOfSshIsNot() throws Exception {
    for (String login : List.of("https://token@git.example.org/a", "HTTP://a:b@git.example.org/")) {
      assertThatThrownBy(() -> written(Map.of("constraints", login)))
          .isInstanceOf(MirrorException.class)
          .hasMessageContaining("****@git.example.org")
          .hasMessageNotContaining("token")
          .hasMessageNotContaining("a:b");
    }
    assertThat(text(written(Map.of("constraints", "git@git.example.org:a")), "constraints"))
        .isEqualTo("git@git.example.org:a");
  }
}
