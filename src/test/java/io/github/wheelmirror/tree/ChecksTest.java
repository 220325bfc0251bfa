package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of checks are those that the source and the page for users have. */
class ChecksTest {

  private static final Path SOURCES = Path.of("src/main/java/io/github/wheelmirror");
  private static final Path PAGE = Path.of("src/site/markdown/verifying.md");

  /** A name that is given to a finding; the severity may be decided before it. */
  private static final Pattern PROBLEM =
      Pattern.compile("\\bProblem\\s*\\.(?:error|warning|info)\\(\\s*\"([a-z-]+)\"");

  private static final Pattern WHEEL_PROBLEM =
      Pattern.compile(
          "(?:WheelProblem\\s*\\.\\w+|DamagedWheelException|\\bdamaged|\\bbroken)"
              + "\\(\\s*\"([a-z-]+)\"");

  private static Set<String> named(Pattern pattern, Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    for (Path file : files) {
      Matcher matcher = pattern.matcher(Files.readString(file));
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  @Test
  void everyNameInTheSourceIsKnown() throws IOException {
    Set<String> names = named(PROBLEM, SOURCES.resolve("tree"));
    names.addAll(named(PROBLEM, SOURCES.resolve("mirror")));
    for (String name : named(WHEEL_PROBLEM, SOURCES.resolve("tree"))) {
      names.add(name.startsWith("wheel-") ? name : "wheel-" + name);
    }
    assertThat(names).hasSizeGreaterThan(40).allMatch(Checks::isKnown);
  }

  @Test
  void everyFindingOfTheDamageTableIsKnown() {
    Set<String> names = new TreeSet<>();
    DamageTableTest.rows()
        .flatMap(row -> Stream.concat(row.mirrored().stream(), row.own().stream()))
        .forEach(found -> names.add(found.substring(found.indexOf(' ') + 1)));
    assertThat(names).hasSizeGreaterThan(50).allMatch(Checks::isKnown);
  }

  /** Each has one row; the last column says whether what it finds can be accepted. */
  @Test
  void theTableForUsersHasAllChecks() throws IOException {
    Map<String, Boolean> documented = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `") && cells.length == 6) {
        Matcher names = Pattern.compile("`([a-z-]+)`").matcher(cells[1]);
        while (names.find()) {
          assertThat(documented.put(names.group(1), cells[4].strip().equals("yes")))
              .as(names.group(1))
              .isNull();
        }
      }
    }
    Map<String, Boolean> expected = new TreeMap<>();
    Checks.all().forEach((name, why) -> expected.put(name, why.isEmpty()));
    assertThat(documented).isEqualTo(expected);
  }
}
