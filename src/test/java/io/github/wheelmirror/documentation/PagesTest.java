package io.github.wheelmirror.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pages say nothing of a page, a goal or a parameter that is not there. */
class PagesTest {

  private static final Pattern SCHEME = Pattern.compile("[a-z]+:.*");
  private static final Pattern PROPERTY =
      Pattern.compile("(?:-D|<)(wheel-mirror\\.[A-Za-z0-9.-]*[A-Za-z0-9])(?=[=>`\\s])");
  private static final Pattern GOAL =
      Pattern.compile("wheel-mirror(?:-maven-plugin:[0-9A-Z.-]+)?:([a-z][a-z-]*)");

  @Test
  void linksOfATextAreFoundAndThoseInCodeAreNot() {
    assertThat(Pages.links("[a](b.md) `[c](d.md)`\n```\n[e](f.md)\n```\n[g\nh](i.md#j \"k\")"))
        .containsExactly("b.md", "i.md#j");
  }

  /**
   * GitHub and the site make different anchors of a heading, so the one that a link leads to is
   * written before it, as {@code <a id="…"></a>}.
   */
  @Test
  void everyLinkLeadsToAFileAndToAnAnchorThatIsWritten() {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Path page : Pages.all()) {
      for (String link : Pages.links(Pages.text(page))) {
        if (SCHEME.matcher(link).matches()) {
          continue;
        }
        followed++;
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
          broken.add(page + ": " + link + " is not there");
        } else if (parts.length == 2
            && !Pages.text(target).contains("<a id=\"" + parts[1] + "\"></a>")) {
          broken.add(page + ": " + target + " has no <a id=\"" + parts[1] + "\"></a>");
        }
        if (page.startsWith(Pages.SITE) && !target.startsWith(Pages.SITE)) {
          broken.add(page + ": " + link + " is not in the site");
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(followed).isGreaterThan(50);
  }

  @Test
  void everyPageOfTheSiteIsInTheMenuOrLinkedFromAnotherPage() throws Exception {
    Set<Path> reached = new TreeSet<>();
    for (Element item :
        elements(parsed(Files.newInputStream(Path.of("src/site/site.xml"))), "item")) {
      String href = item.getAttribute("href");
      Path page = Pages.SITE.resolve(href.replaceAll("\\.html$", ".md"));
      if (!href.equals("plugin-info.html")) { // made by mvn site
        assertThat(page).as("in the menu of site.xml").exists();
      }
      reached.add(page);
    }
    for (Path page : Pages.below(Pages.SITE)) {
      for (String link : Pages.links(Pages.text(page))) {
        reached.add(page.resolveSibling(link.replaceAll("#.*", "")).normalize());
      }
    }
    assertThat(reached).containsAll(Pages.below(Pages.SITE));
  }

  @Test
  void everyGoalThatIsNamedIsThereAndReadmeHasThemAll() throws Exception {
    Set<String> goals = new TreeSet<>();
    for (Element mojo : elements(descriptor(), "mojo")) {
      goals.add(elements(mojo, "goal").get(0).getTextContent());
    }
    for (Path page : Pages.all()) {
      Matcher named = GOAL.matcher(Pages.text(page));
      while (named.find()) {
        assertThat(goals).as(page.toString()).contains(named.group(1));
      }
    }
    String table = Pages.text(Path.of("README.md")).replaceAll("(?m)^(?!\\| `).*\n", "");
    for (String goal : goals) {
      assertThat(table).containsPattern("(?m)^\\|[^|]*`" + goal + "`[^|]*\\|");
    }
  }

  @Test
  void everyPropertyThatIsNamedIsThere() throws Exception {
    Set<String> properties = new TreeSet<>();
    for (Element configuration : elements(descriptor(), "configuration")) {
      for (Element parameter : elements(configuration, "*")) {
        properties.add(parameter.getTextContent().replaceAll("^\\$\\{(.*)}$", "$1"));
      }
    }
    Set<String> absent = new TreeSet<>();
    for (Path page : Pages.forUsers()) {
      Matcher named = PROPERTY.matcher(Pages.text(page));
      while (named.find()) {
        if (!properties.contains(named.group(1))) {
          absent.add(page + ": " + named.group(1));
        }
      }
    }
    assertThat(absent).isEmpty();
  }

  private static Element descriptor() throws Exception {
    return parsed(PagesTest.class.getResourceAsStream("/META-INF/maven/plugin.xml"));
  }

  private static Element parsed(InputStream in) throws Exception {
    try (in) {
      Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
      return document.getDocumentElement();
    }
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }
}
