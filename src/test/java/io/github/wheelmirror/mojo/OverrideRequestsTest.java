package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildOverride;
import io.github.wheelmirror.build.PinOverride;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverrideRequestsTest {

  private static final String DIFF = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";

  @TempDir Path root;
  private final BuildMojo mojo = new BuildMojo(ServerCredentialsTest.plain());
  private final OverrideParameter parameter = new OverrideParameter();

  @BeforeEach
  @SuppressWarnings("deprecation")
  void mavenRunsInTheFolder() {
    DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
    maven.setBaseDirectory(root.toFile());
    mojo.session = new MavenSession(null, null, maven, new DefaultMavenExecutionResult());
    parameter.pin = "lxml<5";
  }

  private List<PinOverride> overrides() {
    return new OverrideRequests(new RequestPaths(mojo), new Seen()).overrides(mojo);
  }

  private BuildOverride one() {
    mojo.overrides = List.of(parameter);
    assertThat(overrides()).hasSize(1);
    return overrides().get(0).override();
  }

  private void file(String json) throws IOException {
    Path folder = Files.createDirectories(root.resolve("conf"));
    Files.writeString(folder.resolve("overrides.json"), json);
    mojo.overridesFile = new File("conf/overrides.json");
  }

  private void assertRefused(String what, String why) {
    assertThatThrownBy(this::overrides)
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains(what);
              assertThat(e.why()).contains(why);
              assertThat(e.fix()).isNotBlank();
            });
  }

  @Test
  void configurationAndFileHaveTheSameNames() throws IOException {
    Files.createDirectories(root.resolve("conf/patches"));
    Files.writeString(root.resolve("conf/patches/fix.patch"), DIFF);
    parameter.environment = new HashMap<>(Map.of("LXML_STATIC", "1"));
    parameter.environment.put("EMPTY", null);
    parameter.buildRequirements = Arrays.asList(" cython<3 ", "", null);
    parameter.buildConstraints = List.of("setuptools<81");
    parameter.configSettings =
        List.of("--build-option=--one=1", "--build-option=--two", "setup-args=-Dx=y", "e=");
    parameter.patches = List.of(new File("conf/patches/fix.patch"));
    parameter.systemPackages = List.of("libxml2-dev");
    PinOverride configured =
        new PinOverride(io.github.wheelmirror.constraints.PinPattern.parse("lxml<5"), one());
    mojo.overrides = List.of();
    file(
        """
        {
          // lxml of the old branches
          "overrides": [{
            "pin": "lxml<5",
            "environment": {"LXML_STATIC": 1, "EMPTY": ""},
            "buildRequirements": ["cython<3"],
            "buildConstraints": ["setuptools<81"],
            "configSettings": ["--build-option=--one=1", "--build-option=--two",
                               "setup-args=-Dx=y", "e="],
            "patches": ["patches/fix.patch"],
            "systemPackages": ["libxml2-dev"]
          }]
        }
        """);

    assertThat(overrides()).containsExactly(configured);
    assertThat(configured.override().configSettings())
        .isEqualTo(
            Map.of(
                "--build-option", List.of("--one=1", "--two"),
                "setup-args", List.of("-Dx=y"),
                "e", List.of("")));
    assertThat(configured.override().patches().get(0).name()).isEqualTo("fix.patch");
    assertThat(configured.override().patches().get(0).text()).isEqualTo(DIFF);
  }

  @Test
  void mavenReadsTheConfigurationAsThePageShowsIt() throws Exception {
    Files.createDirectories(root.resolve("patches"));
    Files.writeString(root.resolve("patches/fix.patch"), DIFF);
    configure(
        """
        <configuration><overrides>
          <override>
            <pin>lxml&lt;5</pin>
            <environment><LXML_STATIC>1</LXML_STATIC><EMPTY/></environment>
            <buildRequirements><buildRequirement>cython&lt;3</buildRequirement></buildRequirements>
            <buildConstraints>
              <buildConstraint>setuptools&lt;81</buildConstraint>
            </buildConstraints>
            <configSettings>
              <configSetting>--build-option=--one</configSetting>
              <configSetting>--build-option=--two</configSetting>
            </configSettings>
            <patches><patch>patches/fix.patch</patch></patches>
            <systemPackages><systemPackage>libxml2-dev</systemPackage></systemPackages>
          </override>
        </overrides></configuration>
        """);

    BuildOverride override = overrides().get(0).override();
    assertThat(overrides().get(0).pin()).hasToString("lxml<5");
    assertThat(override.environment()).isEqualTo(Map.of("LXML_STATIC", "1", "EMPTY", ""));
    assertThat(override.configSettings())
        .isEqualTo(Map.of("--build-option", List.of("--one", "--two")));
    assertThat(override.words())
        .contains(
            "build requirement cython<3",
            "build constraint setuptools<81",
            "patch fix.patch",
            "system package libxml2-dev");
    assertThatThrownBy(
            () ->
                configure(
                    "<configuration><overrides><override><enviroment/></override></overrides>"
                        + "</configuration>"))
        .hasMessageContaining("enviroment");
  }

  private void configure(String xml) throws Exception {
    new BasicComponentConfigurator()
        .configureComponent(
            mojo,
            new XmlPlexusConfiguration(Xpp3DomBuilder.build(new StringReader(xml))),
            new ExpressionEvaluator() {
              @Override
              public Object evaluate(String expression) {
                return expression;
              }

              @Override
              public File alignToBaseDirectory(File file) {
                return file.isAbsolute() ? file : new File(root.toFile(), file.getPath());
              }
            },
            null,
            null);
  }

  @Test
  void configurationHasTheLastWord() throws IOException {
    file("{\"overrides\": [{\"pin\": \"a\", \"environment\": {\"A\": \"file\"}}]}");
    parameter.pin = "a";
    parameter.environment = Map.of("A", "pom");
    mojo.overrides = List.of(parameter);

    assertThat(overrides().stream().map(each -> each.override().environment().get("A")))
        .containsExactly("file", "pom");
  }

  @Test
  void withoutAnyThereIsNone() throws IOException {
    assertThat(overrides()).isEmpty();
    mojo.overridesFile = new File("");
    assertThat(overrides()).isEmpty();
    file("{}");
    assertThat(overrides()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"overrides\": [{\"pin\": \"a\", \"enviroment\": {}}]} | line 1, column 44 | 'enviroment'",
        "{\"override\": []}                                     | line 1, column 15 | 'override'",
        "{\"overrides\": [{\"pin\": \"a\", \"pin\": \"b\"}]}   | line 1, column    | 'pin'",
        "{\"overrides\": [{\"pin\": \"a\", \"patches\": null}]} | line 1, column    | patches",
        "{\"overrides\": {}}                                    | line 1, column    | overrides",
        "{\"overrides\": [}                                     | line 1, column    | Unexpected",
        "[]                                                     | line 1, column 1  | kind"
      })
  void mistakeInTheFileIsToldWithItsPlace(String json, String place, String why)
      throws IOException {
    file(json);

    assertRefused(root.resolve("conf/overrides.json") + ", " + place.strip(), why.strip());
  }

  @Test
  void fileOrPatchThatCannotBeReadIsTold() throws IOException {
    mojo.overridesFile = new File("absent.json");
    assertRefused("<overridesFile> names", "there is no such file");
    mojo.overridesFile = null;
    mojo.overrides = List.of(parameter);
    parameter.patches = List.of(new File("absent.patch"));
    assertRefused(
        "the override of lxml<5 in <overrides> cannot be used",
        root.resolve("absent.patch") + ": there is no such file");
    parameter.patches = List.of(new File("x.patch"));
    Files.write(root.resolve("x.patch"), "\u00fc".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("lxml<5", "is not UTF-8");
    Files.writeString(root.resolve("x.patch"), "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n");
    assertRefused(
        "lxml<5", "the patch x.patch: line 1: '/etc/passwd' does not begin with a folder");
    Files.writeString(root.resolve("x.patch"), "x".repeat((1 << 20) + 1));
    assertRefused("lxml<5", "it is bigger than 1024 KiB");
  }

  @Test
  void overrideThatMakesNoSenseIsRefused() {
    mojo.overrides = List.of(parameter);
    assertRefused("lxml<5", "it says nothing but the pin");
    parameter.environment = Map.of("PATH", "/opt/bin");
    assertRefused("lxml<5", "PATH is the plugin's own");
    parameter.environment = Map.of("X", "1");
    parameter.configSettings = List.of("editable");
    assertRefused("lxml<5", "'editable' is not written as KEY=VALUE");
    parameter.configSettings = List.of();
    parameter.pin = "lxml>>5";
    assertRefused("lxml>>5", "lxml>>5");
    parameter.pin = " ";
    assertRefused("an override in <overrides> has no <pin>", "nobody knows");
  }
}
