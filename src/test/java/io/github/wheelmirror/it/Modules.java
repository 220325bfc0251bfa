package io.github.wheelmirror.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modules of a project of {@code it/}, one for each situation, so that one run with {@code
 * --fail-at-end} tries them all. Each inherits the plugin from the project's POM.
 */
public final class Modules {

  private final Path folder;
  private final Map<String, String> common;
  private final StringBuilder names = new StringBuilder();

  private Modules(Path folder, Map<String, String> common) {
    this.folder = folder;
    this.common = common;
  }

  /**
   * Modules of the project in the folder.
   *
   * @param common properties of all modules, without {@code wheel-mirror.}
   */
  public static Modules in(File folder, Map<String, String> common) {
    return new Modules(folder.toPath(), common);
  }

  /** Adds a module with these properties, without {@code wheel-mirror.}. */
  public Modules module(String name, Map<String, String> properties) throws IOException {
    return module(name, properties, "");
  }

  /** Adds a module with these properties and this {@code <configuration>} of the plugin. */
  public Modules module(String name, Map<String, String> properties, String configuration)
      throws IOException {
    Map<String, String> all = new TreeMap<>(common);
    all.putAll(properties);
    StringBuilder xml = new StringBuilder();
    all.forEach(
        (key, value) ->
            xml.append("    <wheel-mirror.%s>%s</wheel-mirror.%s>%n".formatted(key, value, key)));
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>org.example</groupId>
            <artifactId>%s</artifactId>
            <version>1</version>
          </parent>
          <artifactId>%s</artifactId>
          <packaging>%s</packaging>
          <properties>
        %s  </properties>
          <build>
            <plugins>
              <plugin>
                <groupId>io.github.wheelmirror</groupId>
                <artifactId>wheel-mirror-maven-plugin</artifactId>
                <configuration>%s</configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(folder.getFileName(), name, packaging(), xml, configuration));
    names.append("    <module>").append(name).append("</module>\n");
    return this;
  }

  private String packaging() throws IOException {
    boolean extension = pom().contains("<extensions>true</extensions>");
    return extension ? "wheel-mirror" : "pom";
  }

  private String pom() throws IOException {
    return Files.readString(folder.resolve("pom.xml"));
  }

  /** Names the modules in the project's POM. */
  public void write() throws IOException {
    Files.writeString(
        folder.resolve("pom.xml"),
        pom().replace("</project>", "  <modules>\n" + names + "  </modules>\n</project>"));
  }

  /** What Maven said at the end of why the module failed, which is in the house form. */
  public static String refusal(String log, String module) {
    Matcher matcher =
        Pattern.compile(
                "\\[ERROR\\] Failed to execute goal \\S+ \\([^)]*\\) on project "
                    + Pattern.quote(module)
                    + ": (.*?)-> \\[Help",
                Pattern.DOTALL)
            .matcher(log);
    assertThat(matcher.find()).as("%s is refused in\n%s", module, log).isTrue();
    String words = matcher.group(1);
    new Maven.Run(1, words).refusal();
    return words;
  }
}
