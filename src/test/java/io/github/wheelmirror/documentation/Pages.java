package io.github.wheelmirror.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of this repository, as text. */
final class Pages {

  static final Path SITE = Path.of("src/site/markdown");

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(\\s*([^)\\s]+)[^)]*\\)");

  private Pages() {}

  /** README, CHANGELOG, the pages of the site and the READMEs of examples and test data. */
  static List<Path> all() {
    List<Path> all = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CHANGELOG.md")));
    for (String root : List.of("src", "it")) {
      all.addAll(below(Path.of(root)));
    }
    return all;
  }

  /** README, CHANGELOG and the pages of the site. */
  static List<Path> forUsers() {
    return all().stream()
        .filter(page -> !page.startsWith("it") && !page.startsWith("src/test"))
        .toList();
  }

  /** All markdown files below a folder. */
  static List<Path> below(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the links of a text lead, those in code left out. */
  static List<String> links(String text) {
    String prose = CODE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("code");
    return LINK.matcher(prose).results().map(Pages::target).toList();
  }

  private static String target(MatchResult link) {
    return link.group(1);
  }
}
