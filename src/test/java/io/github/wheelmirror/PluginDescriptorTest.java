package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Maven and a person read of the goals. */
class PluginDescriptorTest {

  private static final Map<String, String> PHASES =
      Map.of(
          "resolve", "generate-resources",
          "plan", "process-resources",
          "build", "compile",
          "snapshot", "package",
          "verify", "verify",
          "deploy", "deploy");

  private static Document plugin;
  private static Document components;

  @BeforeAll
  static void readDescriptors() throws Exception {
    plugin = parse("/META-INF/maven/plugin.xml");
    components = parse("/META-INF/plexus/components.xml");
  }

  @Test
  void goalsAreThoseOfTheDesign() {
    assertThat(goals().keySet())
        .isEqualTo(
            Set.of(
                "resolve",
                "plan",
                "build",
                "gather",
                "snapshot",
                "verify",
                "deploy",
                "explain",
                "status",
                "serve",
                "rollback",
                "diff",
                "prune",
                "export",
                "import",
                "quarantine",
                "server-config",
                "clean-wheelhouse",
                "init",
                "report",
                "help"));
    assertThat(text(plugin.getDocumentElement(), "goalPrefix")).isEqualTo("wheel-mirror");
  }

  @Test
  void goalsWorkWithoutPomInParallelAndNeverRequireOnline() {
    goals()
        .forEach(
            (name, goal) -> {
              assertThat(text(goal, "requiresProject")).as(name).isEqualTo("false");
              assertThat(text(goal, "requiresOnline")).as(name).isEqualTo("false");
              assertThat(text(goal, "threadSafe")).as(name).isEqualTo("true");
              assertThat(text(goal, "description")).as(name).isNotBlank();
              assertThat(text(goal, "phase")).as(name).isEqualTo(PHASES.getOrDefault(name, ""));
            });
  }

  @Test
  void everyParameterHasDescriptionAndItsOwnProperty() {
    goals()
        .forEach(
            (name, goal) -> {
              Set<String> properties = new TreeSet<>();
              for (Element parameter : children(goal, "parameter")) {
                String parameterName = text(parameter, "name");
                if (text(parameter, "editable").equals("false") || name.equals("help")) {
                  continue;
                }
                assertThat(text(parameter, "description"))
                    .as("%s of %s", parameterName, name)
                    .isNotBlank();
                String property = property(goal, parameterName);
                if (!property.isEmpty()) {
                  assertThat(property)
                      .isIn(
                          "wheel-mirror." + parameterName,
                          // of the goal's own work, be it done by a later goal that does it first
                          "wheel-mirror.build." + parameterName,
                          "wheel-mirror." + name + "." + parameterName);
                  assertThat(properties.add(property)).as(property).isTrue();
                }
              }
            });
  }

  @Test
  void thePackagingBindsEachGoalToItsDefaultPhase() {
    PHASES.forEach(
        (goal, phase) ->
            assertThat(text(components.getDocumentElement(), phase)).endsWith(":" + goal));
  }

  /** What is missing there is marked as an error in every POM that Eclipse opens. */
  @Test
  void eclipseLeavesAllGoalsToMaven() throws Exception {
    Document eclipse = parse("/META-INF/m2e/lifecycle-mapping-metadata.xml");
    Set<String> named = new TreeSet<>();
    children(eclipse.getDocumentElement(), "goal")
        .forEach(goal -> named.add(goal.getTextContent()));
    assertThat(named).isEqualTo(goals().keySet());
    assertThat(text(eclipse.getDocumentElement(), "packagingType")).isEqualTo("wheel-mirror");
  }

  private static String property(Element goal, String parameter) {
    Element configuration = children(goal, "configuration").get(0);
    for (Element element : children(configuration, parameter)) {
      return element.getTextContent().replaceAll("^\\$\\{(.*)}$", "$1").trim();
    }
    return "";
  }

  private static Map<String, Element> goals() {
    Map<String, Element> goals = new TreeMap<>();
    for (Element mojo : children(plugin.getDocumentElement(), "mojo")) {
      goals.put(text(mojo, "goal"), mojo);
    }
    return goals;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static Document parse(String resource) throws Exception {
    try (InputStream in = PluginDescriptorTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }
}
