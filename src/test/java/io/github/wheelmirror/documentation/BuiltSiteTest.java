package io.github.wheelmirror.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/**
 * What {@code mvn site} made has no link into nothing. It is made first, and named: {@code mvn
 * site}, then {@code mvn test -Dtest=BuiltSiteTest -Dsite.built=target/site}.
 */
class BuiltSiteTest {

  private static final String PROPERTY = "site.built";

  private final Path site = Path.of(System.getProperty(PROPERTY, "absent")).toAbsolutePath();

  @Test
  void everyLinkOfTheBuiltSiteLeadsToAPageAndItsAnchor() throws IOException {
    assumeTrue(System.getProperty(PROPERTY) != null, "only with -D" + PROPERTY + "=target/site");
    List<Path> pages = pages();
    Set<String> broken = new TreeSet<>();
    for (Path page : pages) {
      Document document = parsed(page);
      for (Element element : document.select("a[href], link[href], img[src], script[src]")) {
        String link = element.hasAttr("href") ? element.attr("href") : element.attr("src");
        if (!leads(page, document, link)) {
          broken.add(site.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(pages).contains(site.resolve("index.html"), site.resolve("build-mojo.html"));
    assertThat(parsed(site.resolve("build-mojo.html")).text())
        .contains("wheel-mirror.build.checkReproducible");
  }

  private boolean leads(Path page, Document document, String link) throws IOException {
    URI uri = URI.create(link.replace(" ", "%20"));
    if (uri.isAbsolute() || link.startsWith("//") || link.equals("#")) {
      return true;
    }
    boolean here = uri.getPath().isEmpty();
    Path target = here ? page : page.resolveSibling(uri.getPath()).normalize();
    if (!target.startsWith(site) || !Files.isRegularFile(target)) {
      return false;
    }
    String fragment = uri.getFragment();
    if (fragment == null) {
      return true;
    }
    Document there = here ? document : parsed(target);
    return there.getElementById(fragment) != null
        || !there.getElementsByAttributeValue("name", fragment).isEmpty();
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static Document parsed(Path page) throws IOException {
    return Jsoup.parse(Files.readString(page, StandardCharsets.UTF_8));
  }
}
