package io.github.wheelmirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.clients.SelectionScenario.Location;
import io.github.wheelmirror.clients.SelectionScenario.Offer;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.ConstraintLines;
import io.github.wheelmirror.selection.Explanation;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Note;
import io.github.wheelmirror.selection.Place;
import io.github.wheelmirror.selection.Place.Role;
import io.github.wheelmirror.selection.Reason;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.SelectionRequest;
import io.github.wheelmirror.selection.SelectionTarget;
import io.github.wheelmirror.selection.Selector;
import io.github.wheelmirror.selection.Tool;
import io.github.wheelmirror.selection.UploadLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real pip and real uv choose from a loopback index the file that the rules name, in random
 * scenarios: a sample by default, 300 with {@code -Dlong=true}, or {@code -Dscenarios=NUMBER}.
 * {@code -Dseed=NUMBER} chooses other ones, {@code -Dclients=pip-25.3,uv-0.13.0} other clients.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class SelectionAgainstClientsTest {

  private static final long SEED = Long.getLong("seed", 20261126);
  private static final int SCENARIOS =
      Integer.getInteger("scenarios", Boolean.getBoolean("long") ? 300 : 12);
  private static final List<String> CLIENTS =
      List.of(System.getProperty("clients", "pip-26.3,pip-23.0.1,uv-0.13.9").split(","));
  private static final List<String> STRATEGIES =
      List.of("first-index", "unsafe-first-match", "unsafe-best-match");
  private static final int SHOWN = 10;

  @TempDir Path folder;

  private record Difference(String scenario, String expected, String actual) {}

  @Test
  void clientsChooseTheFilesThatTheRulesName() throws Exception {
    Interpreter python = python();
    List<InstalledClient> clients = new ArrayList<>();
    for (String name : CLIENTS) {
      Optional<InstalledClient> client = InstalledClient.install(name, python);
      Programs.require(client.isPresent(), name + " cannot be installed");
      clients.add(client.orElseThrow());
    }
    Target target = HostTargets.of(python);
    SelectionTarget selected = new SelectionTarget(target.environment(), target.tags());
    String arch = target.environment().platformMachine();
    List<Future<List<Difference>>> results = new ArrayList<>();
    int[] counts = new int[2];
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try (ScenarioServer server = new ScenarioServer()) {
      for (int i = 0; i < SCENARIOS; i++) {
        SelectionScenario scenario =
            new SelectionScenarios(new Random(SEED + i), target.fullVersion(), arch).next("s" + i);
        server.add(scenario);
        results.add(workers.submit(() -> compare(scenario, server, clients, selected, counts)));
      }
      List<String> lines = new ArrayList<>();
      for (Future<List<Difference>> result : results) {
        result.get().forEach(difference -> lines.add(difference.toString()));
      }
      System.out.println(
          "seed "
              + SEED
              + ": "
              + SCENARIOS
              + " scenarios, "
              + counts[0]
              + " questions, "
              + counts[1]
              + " answered with a file, "
              + lines.size()
              + " differences");
      assertThat(lines).as(String.join("\n\n", lines.stream().limit(SHOWN).toList())).isEmpty();
      assertThat(counts[1]).as("answers with a file").isGreaterThan(counts[0] / 10);
    } finally {
      workers.shutdownNow();
    }
  }

  /** pip 26.3 needs Python 3.10, pip 23.0 does not run on 3.12. */
  private static Interpreter python() {
    Optional<Interpreter> found =
        MirrorRun.interpreters().all().stream()
            .filter(one -> one.facts().isCpython() && one.facts().tools().hasPip())
            .filter(one -> List.of("3.11", "3.10").contains(one.facts().shortVersion()))
            .findFirst();
    Programs.require(found.isPresent(), "there is no CPython 3.10 or 3.11 with pip");
    return found.orElseThrow();
  }

  private List<Difference> compare(
      SelectionScenario scenario,
      ScenarioServer server,
      List<InstalledClient> clients,
      SelectionTarget target,
      int[] counts)
      throws IOException {
    Path root = Files.createDirectories(folder.resolve(scenario.id()));
    Map<String, String> names = new LinkedHashMap<>();
    List<Place> places = new ArrayList<>();
    for (Location location : scenario.locations()) {
      String name = server.url(scenario, location);
      if (location.isDirectory()) {
        name = directory(scenario, location, root).toString();
      }
      names.put(location.name(), name);
      List<ListedFile> listed =
          location.files().stream().map(offer -> scenario.listed(location, offer)).toList();
      places.add(new Place(name, location.role(), location.answer(), listed));
    }
    List<Difference> differences = new ArrayList<>();
    for (InstalledClient client : clients) {
      if (client.isUv() && scenario.options().contains("--prefer-binary")
          || !scenario.uploadedPriorTo().isEmpty() && !client.knowsUploads()) {
        continue;
      }
      for (String strategy : client.isUv() ? STRATEGIES : List.of("")) {
        Path place = root.resolve(client.name() + strategy);
        InstalledClient.Answer answer =
            client.ask(
                scenario,
                location -> names.getOrDefault(location.name(), ""),
                options(scenario, client, strategy),
                place);
        Tool tool = Tool.parse(client.name() + (strategy.isEmpty() ? "" : "-" + strategy));
        Explanation explanation = explanation(scenario, places, tool.on(target));
        String expected = expected(scenario, explanation, names, tool.on(target));
        synchronized (counts) {
          counts[0]++;
          counts[1] += answer.chosen().equals("none") ? 0 : 1;
        }
        if (!expected.equals(answer.chosen())) {
          differences.add(
              new Difference(
                  tool + ": " + scenario,
                  expected + " " + explanation,
                  answer.chosen() + " " + answer.output()));
        }
        delete(place);
      }
    }
    return differences;
  }

  /** A folder with the files, or with a page beside a folder of them. */
  private static Path directory(SelectionScenario scenario, Location location, Path root)
      throws IOException {
    boolean pages = location.role() == Role.FIND_LINKS_DIRECTORY_PAGES;
    Path directory = Files.createDirectories(root.resolve(location.name()));
    Path files = pages ? Files.createDirectories(directory.resolve("files")) : directory;
    for (Offer offer : location.files()) {
      Files.write(files.resolve(offer.filename()), scenario.content(location, offer));
    }
    if (pages) {
      Files.writeString(directory.resolve("page.html"), ScenarioServer.html(scenario, location));
    }
    return directory;
  }

  private static List<String> options(
      SelectionScenario scenario, InstalledClient client, String strategy) {
    List<String> options = new ArrayList<>(scenario.options());
    if (client.isUv()) {
      if (options.remove("--pre")) {
        options.addAll(List.of("--prerelease", "allow"));
      }
      options.addAll(List.of("--index-strategy", strategy));
    }
    if (!scenario.uploadedPriorTo().isEmpty()) {
      options.add(client.isUv() ? "--exclude-newer" : "--uploaded-prior-to");
      options.add(scenario.uploadedPriorTo());
    }
    return options;
  }

  private static Explanation explanation(
      SelectionScenario scenario, List<Place> places, Selector selector) {
    List<String> options = new ArrayList<>(scenario.options());
    scenario.hashes().forEach(hash -> options.add("--hash=" + hash));
    return selector.explain(
        new SelectionRequest(
            Requirement.parse(scenario.requirement()),
            places,
            ConstraintLines.of(scenario.logicalConstraints()),
            SelectionOptions.parse(options).withUploadedPriorTo(limit(scenario))));
  }

  private static @Nullable UploadLimit limit(SelectionScenario scenario) {
    String text = scenario.uploadedPriorTo();
    return text.isEmpty() ? null : UploadLimit.parse(text, ZoneOffset.UTC);
  }

  /** What is chosen, unless the download shows a wrong hash that the page did not tell. */
  private static String expected(
      SelectionScenario scenario,
      Explanation explanation,
      Map<String, String> names,
      Selector selector) {
    int at = 0;
    for (Location location : scenario.locations()) {
      for (Offer offer : location.files()) {
        if (explanation.verdicts().get(at++).reason() == Reason.CHOSEN) {
          return explanation.notes().contains(Note.HASH_CHECKED_LATER)
                  && isWrong(scenario, location, offer, names, selector)
              ? "none"
              : SelectionScenario.place(location, offer) + "/" + offer.filename();
        }
      }
    }
    return "none";
  }

  /** Whether the file would be refused, were it the only one and its hashes told. */
  private static boolean isWrong(
      SelectionScenario scenario,
      Location location,
      Offer offer,
      Map<String, String> names,
      Selector selector) {
    ListedFile listed = scenario.listed(location, offer);
    ListedFile told =
        new ListedFile(
            listed.filename(),
            listed.requiresPython(),
            listed.yanked(),
            scenario.hashes(location, offer),
            listed.uploaded(),
            listed.local(),
            Map.of());
    Place place =
        Place.served(names.getOrDefault(location.name(), ""), location.role(), List.of(told));
    return explanation(scenario, List.of(place), selector).chosen().isEmpty();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
