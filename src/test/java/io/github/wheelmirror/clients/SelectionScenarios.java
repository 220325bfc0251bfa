package io.github.wheelmirror.clients;

import io.github.wheelmirror.clients.SelectionScenario.Location;
import io.github.wheelmirror.clients.SelectionScenario.Offer;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes random scenarios, full of what rarely meets. */
final class SelectionScenarios {

  private static final List<String> PROJECTS = List.of("p", "Foo.Bar", "foo_bar-baz");
  private static final List<String> VERSIONS =
      List.of(
          "1.0",
          "1.0",
          "1.0",
          "1.0.0",
          "1.1",
          "1.1",
          "1.2",
          "2.0",
          "2.0",
          "2.0rc1",
          "2.0.dev1",
          "2.0a1",
          "3.0a1",
          "1.0.post1",
          "1.1.post2",
          "1.0a1.post1",
          "1!1.0",
          "1.0+deb12.1",
          "1.1+local.1",
          "0.9",
          "1.0.1",
          "01.1",
          "1.0RC2",
          "2013b",
          "1.0.dev0");
  private static final List<String> ODD_VERSIONS =
      List.of("1.0_1", "junk", "1.0_beta_x", "1..0", "1.0.");
  private static final List<String> BUILD_TAGS =
      List.of("", "", "", "", "", "1", "2", "10", "2b", "1_debian", "01", "x");
  private static final List<String> EXTENSIONS =
      List.of(".tar.gz", ".tar.gz", ".tar.gz", ".zip", ".zip", ".tar.bz2", ".tgz", ".exe", ".egg");

  private static final List<String> UPLOADS =
      List.of(
          "2024-02-28T23:59:59Z",
          "2024-02-29T00:00:00Z",
          "2024-02-29T12:00:00.000900Z",
          "2024-02-29T23:59:59.999999Z",
          "2024-03-01T00:00:00.000Z",
          "2025-01-01T00:00:00Z");
  private static final List<String> LIMITS =
      List.of(
          "2024-02-29",
          "2024-03-01",
          "2024-02-29T12:00:00",
          "2024-02-29T12:00",
          "2024-02-29T12:00:00.000901Z",
          "2024-02-29T12:00:00.001Z",
          "2024-02-29T12:00:00Z",
          "2024-03-01T01:00:00+01:00",
          "2030-01-01");

  private final Random random;
  private final int minor;
  private final String fullPython;
  private final String arch;

  /** Whether upload times play a part in this one. */
  private boolean timed;

  /** Few, so that files, requirement and constraints meet. */
  private final List<String> versions = new ArrayList<>();

  /**
   * @param fullPython {@code 3.11.7}
   * @param arch as in {@code linux_x86_64}
   */
  SelectionScenarios(Random random, String fullPython, String arch) {
    this.random = random;
    this.minor = Integer.parseInt(fullPython.split("\\.", -1)[1]);
    this.fullPython = fullPython;
    this.arch = arch;
    for (int i = 0; i < 4; i++) {
      versions.add(any(VERSIONS));
    }
  }

  SelectionScenario next(String id) {
    String project = any(PROJECTS);
    boolean hashes = chance(15);
    timed = chance(12);
    String requirement = requirement(project, hashes && chance(90));
    List<Location> locations = locations(project);
    SelectionScenario scenario =
        new SelectionScenario(
            id,
            requirement,
            constraints(project),
            options(project),
            List.of(),
            timed ? any(LIMITS) : "",
            locations);
    if (hashes) {
      scenario = scenario.withHashes(hashes(scenario));
    }
    return chance(hashes ? 50 : 8) ? withHashesOfConstraints(scenario) : scenario;
  }

  /** Most of them of files that are offered. */
  private List<String> hashes(SelectionScenario scenario) {
    List<String> hashes = new ArrayList<>();
    for (Location location : scenario.locations()) {
      for (Offer offer : location.files()) {
        if (chance(50)) {
          hashes.add(
              chance(90)
                  ? "sha256:" + scenario.sha256(location, offer)
                  : "sha512:" + scenario.sha512(location, offer));
        }
      }
    }
    if (hashes.isEmpty() || chance(10)) {
      hashes.add("sha256:" + "0".repeat(64));
    }
    return hashes;
  }

  private SelectionScenario withHashesOfConstraints(SelectionScenario scenario) {
    List<String> lines = new ArrayList<>(scenario.constraints());
    if (chance(50)) {
      lines.add(scenario.project() + any(List.of("==", "===", "==", ">=")) + any(versions));
    }
    lines.replaceAll(
        line -> {
          if (line.contains("#") || chance(40)) {
            return line;
          }
          String gap = chance(20) ? " \\\n    " : " ";
          StringBuilder hashed = new StringBuilder(line);
          hashes(scenario).forEach(hash -> hashed.append(gap).append("--hash=").append(hash));
          return hashed.toString();
        });
    if (chance(10)) {
      lines.add(
          "other==1.0 --hash="
              + any(
                  List.of(
                      "md5:" + "0".repeat(32),
                      "sha256:00",
                      "sha1:" + "0".repeat(40),
                      "sha256:" + "0".repeat(64))));
    }
    return scenario.withConstraints(lines);
  }

  private String requirement(String project, boolean pinned) {
    String spelled = chance(70) ? project : project.toUpperCase(java.util.Locale.ROOT);
    String extras = chance(10) ? "[x]" : "";
    String version = any(versions);
    String specifiers =
        pinned
            ? any(List.of("==", "===")) + version
            : any(
                List.of(
                    "",
                    "",
                    "",
                    "",
                    "==" + version,
                    "===" + version,
                    "===junk",
                    "==1.*",
                    "==1.0.*",
                    "!=1.1.*",
                    "~=1.0",
                    "~=1.0.0",
                    ">=1.0",
                    "<2.0",
                    ">1.0",
                    "<=2.0",
                    "!=1.0",
                    "<1.0.post1",
                    ">=1.0,<2.0",
                    ">=2.0rc1",
                    ">=1.0.dev0",
                    ">1.0rc1",
                    "<2.0rc2",
                    ">1.0.post0",
                    "==1.0+deb12.1",
                    "===1.0-beta-x",
                    ">=1!0"));
    String marker =
        chance(90)
            ? ""
            : any(
                List.of("; python_version >= '3'", "; python_version < '3'", "; os_name == 'nt'"));
    return spelled + extras + specifiers + marker;
  }

  private List<String> constraints(String project) {
    List<String> lines = new ArrayList<>();
    int count = chance(60) ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String version = any(versions);
      lines.add(
          any(
              List.of(
                  project + "===" + version,
                  project + "==" + version,
                  project + ">=1.0",
                  project + "<2.0",
                  project + "!=1.1",
                  project + "===" + version + ";python_version<'3.9'",
                  project + "==" + version + ";python_version=='3." + minor + "'",
                  project + ">=1.0,!=1.0.1 ; python_version>='3.0' and sys_platform=='linux'",
                  "other===" + version,
                  "another==1.0  # a comment",
                  "# nothing")));
    }
    if (chance(2)) {
      lines.add(any(List.of(project + "[x]==1.0", "other===junk", "other=1.0", "other>=1.0.*")));
    }
    return lines;
  }

  private List<String> options(String project) {
    List<String> options = new ArrayList<>();
    if (chance(10)) {
      options.add("--pre");
    }
    if (chance(8)) {
      options.add("--prefer-binary");
    }
    for (int i = 0; i < 2; i++) {
      if (chance(11)) {
        options.add(any(List.of("--no-binary", "--only-binary")));
        options.add(any(List.of(":all:", project, "other", ":none:")));
      }
    }
    return options;
  }

  private List<Location> locations(String project) {
    List<Location> locations = new ArrayList<>();
    locations.add(location("A", Role.INDEX, project));
    if (chance(70)) {
      locations.add(location("B", Role.EXTRA_INDEX, project));
    }
    if (chance(15)) {
      locations.add(location("C", Role.EXTRA_INDEX, project));
    }
    if (chance(20)) {
      locations.add(location("D", Role.FIND_LINKS_DIRECTORY, project));
    }
    if (chance(18)) {
      locations.add(location("E", Role.FIND_LINKS_PAGE, project));
    }
    if (chance(6)) {
      locations.add(location("F", Role.FIND_LINKS_DIRECTORY, project));
    }
    if (chance(12)) {
      locations.add(location("G", Role.FIND_LINKS_DIRECTORY_PAGES, project));
    }
    return locations;
  }

  private Location location(String name, Role role, String project) {
    Answer answer = answer(role);
    List<Offer> offers = answer == Answer.SERVED ? offers(project, role) : List.of();
    boolean json = answer == Answer.MALFORMED || (role.isIndex() && chance(timed ? 95 : 50));
    int status =
        switch (answer) {
          case NOT_FOUND -> 404;
          case REFUSED -> any(List.of(401, 403));
          case UNUSABLE -> any(List.of(200, 500, 503));
          case SERVED, MALFORMED -> 200;
        };
    return new Location(name, role, answer, json, status, offers);
  }

  private Answer answer(Role role) {
    int number = random.nextInt(100);
    return switch (role) {
      case FIND_LINKS_DIRECTORY, FIND_LINKS_DIRECTORY_PAGES -> Answer.SERVED;
      case FIND_LINKS_PAGE -> number < 4 ? Answer.NOT_FOUND : Answer.SERVED;
      case INDEX, EXTRA_INDEX -> {
        if (number < 7) {
          yield Answer.NOT_FOUND;
        }
        yield number < 9
            ? Answer.REFUSED
            : number < 13 ? Answer.UNUSABLE : number < 14 ? Answer.MALFORMED : Answer.SERVED;
      }
    };
  }

  /** Now and then two files of one page have the same name. */
  private List<Offer> offers(String project, Role role) {
    Map<String, Offer> offers = new LinkedHashMap<>();
    int count = chance(5) ? 0 : 1 + random.nextInt(9);
    boolean folder = role == Role.FIND_LINKS_DIRECTORY || role == Role.FIND_LINKS_DIRECTORY_PAGES;
    for (int i = 0; i < count; i++) {
      String filename = filename(project, folder);
      offers.put(filename, offer(filename, ""));
      if (!folder && chance(8)) {
        offers.put(filename + "2", offer(filename, "2"));
      }
    }
    return List.copyOf(offers.values());
  }

  private Offer offer(String filename, String copy) {
    String uploaded = timed && chance(98) || chance(10) ? any(UPLOADS) : "";
    return new Offer(filename, requiresPython(), chance(13), !chance(20), uploaded, copy);
  }

  private String filename(String project, boolean directory) {
    String version = chance(94) ? any(versions) : any(ODD_VERSIONS);
    if (chance(72)) {
      String build = any(BUILD_TAGS);
      return spelled(project, true)
          + "-"
          + version
          + (build.isEmpty() ? "" : "-" + build)
          + "-"
          + tag()
          + ".whl";
    }
    String extension = any(EXTENSIONS);
    // uv takes such a suffix for a part of the local version, which the metadata do not have
    String suffix =
        chance(92) || version.contains("+") ? "" : any(List.of("-py3." + minor, "-py2.7", "-py3"));
    return spelled(project, false)
        + "-"
        + version.replace('_', chance(50) ? '_' : '-')
        + suffix
        + (directory && extension.equals(".egg") ? ".txt" : extension);
  }

  private String spelled(String project, boolean wheel) {
    if (chance(4)) {
      return any(List.of("other", project + "2", project + "-extra"));
    }
    String escaped = project.replaceAll("[-_.]+", "_");
    if (chance(70)) {
      return escaped.toLowerCase(java.util.Locale.ROOT);
    }
    return any(
        wheel
            ? List.of(escaped, project.replace('-', '.'), escaped.replace("_", "__"))
            : List.of(
                escaped, project, project.replaceAll("[-_.]+", "-"), escaped.replace("_", "__")));
  }

  private String tag() {
    String cp = "cp3" + minor;
    String manylinux = "manylinux_2_17_" + arch + ".manylinux2014_" + arch;
    return any(
        List.of(
            "py3-none-any",
            "py3-none-any",
            "py3-none-any",
            "py3-none-any",
            "py2.py3-none-any",
            "py3" + minor + "-none-any",
            cp + "-none-any",
            "py38-none-any",
            "py2-none-any",
            cp + "-" + cp + "-linux_" + arch,
            cp + "-" + cp + "-linux_" + arch,
            cp + "-" + cp + "-" + manylinux,
            cp + "-" + cp + "-" + manylinux,
            cp + "-" + cp + "-manylinux_2_28_" + arch,
            cp + "-" + cp + "-manylinux_2_99_" + arch,
            cp + "-" + cp + "-musllinux_1_2_" + arch,
            cp + "-" + cp + "-win_amd64",
            "cp38-abi3-" + manylinux,
            "cp38-abi3-linux_" + arch,
            cp + "-abi3-linux_" + arch,
            "cp3" + (minor + 1) + "-cp3" + (minor + 1) + "-" + manylinux,
            "cp399-abi3-" + manylinux,
            cp + "-" + cp + "d-linux_" + arch,
            "py3-none-linux_" + arch,
            "py3-none-manylinux1_" + arch,
            "PY3-None-Any",
            "cp38.cp39-abi3.none-any",
            "pp310-pypy310_pp73-linux_" + arch,
            "py3.-none-any",
            "py+3-none-any",
            "py3-none-any-variant",
            "py3-none"));
  }

  private String requiresPython() {
    String own = "3." + minor;
    String next = "3." + (minor + 1);
    return chance(70)
        ? ""
        : any(
            List.of(
                ">=3.8",
                ">=3.8",
                ">=" + own,
                ">=" + next,
                ">=" + next,
                "<" + own,
                "<4",
                ">=3.6,!=" + own + ".*",
                ">=" + own + ",!=" + own + ".*",
                "==" + own + ".*",
                "==3.9.*",
                ">=3.6.*",
                ">=" + next + ".*",
                "<" + own + ".*",
                own,
                ">=3.6<4",
                "junk",
                "~=3",
                "~=3.6",
                "!=3.0*,>=2.7",
                ">" + own,
                ">" + fullPython,
                "<=" + fullPython,
                ">=3.6,",
                ">= '3.6'",
                ">=3.6.x",
                ">=" + fullPython + ",<" + next,
                ">=3,<3",
                "!=" + fullPython,
                "===" + fullPython,
                ">=3.8 ,  <4"));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
