package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.ReleaseScenario.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.python.Marker;
import io.github.wheelmirror.python.MarkerEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents are made again, and locks are for the channel's own Pythons. */
class DocumentsCheckTest {

  private static final Manifest NONE = Manifest.empty(SLUG);
  private static final String LOCK = "pylock.master.toml";

  @TempDir private Path folder = Path.of("");

  private ReleaseScenario scenario(String... pythons) {
    return new ReleaseScenario(folder, pythons).branch("master");
  }

  private ReleaseScenario full() {
    return scenario("cp311", "cp312")
        .mirrored("master", "foo", "1.0")
        .built("master", TestWheel.of("own", "2.0").buildTag("1"), false);
  }

  /** Stages another document under a manifest that lists it, as nobody but a forger would. */
  private static Snapshot forged(Snapshot snapshot, String path, UnaryOperator<String> change)
      throws IOException {
    Path file = snapshot.directory().resolve(TreeLayout.document(snapshot.id(), path));
    byte[] bytes = change.apply(Files.readString(file)).getBytes(StandardCharsets.UTF_8);
    Manifest manifest =
        snapshot
            .manifest()
            .with(
                snapshot.manifest().more().stream()
                    .map(each -> each.path().equals(path) ? ManifestDocument.of(path, bytes) : each)
                    .toList());
    return restaged(snapshot, manifest, Map.of(path, bytes));
  }

  /** Stages a snapshot's files under another manifest. */
  private static Snapshot restaged(Snapshot snapshot, Manifest manifest, Map<String, byte[]> other)
      throws IOException {
    Path before = snapshot.directory().resolve(TreeLayout.snapshot(snapshot.id()));
    Path after = snapshot.directory().resolve(TreeLayout.snapshot(manifest.id()));
    if (!before.equals(after)) {
      Files.move(before, after);
    }
    replace(snapshot.directory().resolve(TreeLayout.manifest(manifest.id())), manifest.bytes());
    for (Map.Entry<String, byte[]> each : other.entrySet()) {
      replace(
          snapshot.directory().resolve(TreeLayout.document(manifest.id(), each.getKey())),
          each.getValue());
    }
    return Snapshot.open(snapshot.directory());
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.delete(file);
    Files.write(file, bytes);
  }

  private static List<String> found(VerifiedResult result) {
    return result.channel().errors().stream()
        .map(each -> each.code() + " " + each.where())
        .toList();
  }

  @Test
  void eachDocumentThatSaysSomethingElseIsNamedThoughTheManifestListsIt() throws IOException {
    for (String path : List.of(LOCK, TreeLayout.sbom(), TreeLayout.provenance())) {
      ReleaseScenario scenario = full();
      Snapshot snapshot = scenario.snapshot();
      assertThat(scenario.verify().channel().problems()).isEmpty();
      forged(snapshot, path, text -> text.replace("1.0", "1.1").replace("\"own\"", "\"won\""));
      assertThat(found(scenario.verify())).containsExactly("document-content " + path);
    }
  }

  @Test
  void aDocumentThatIsLeftOutOrAddedIsNamed() throws IOException {
    ReleaseScenario scenario = full();
    Snapshot snapshot = scenario.snapshot();
    List<ManifestDocument> without =
        snapshot.manifest().more().stream().filter(each -> !each.path().equals(LOCK)).toList();
    Files.delete(snapshot.directory().resolve(TreeLayout.document(snapshot.id(), LOCK)));
    restaged(snapshot, snapshot.manifest().with(without), Map.of());
    assertThat(found(scenario.verify())).containsExactly("documents " + LOCK);

    Snapshot whole = scenario.snapshot();
    List<ManifestDocument> more = new ArrayList<>(whole.manifest().more());
    byte[] bytes = "x".getBytes(StandardCharsets.UTF_8);
    more.add(ManifestDocument.of("pylock.other.toml", bytes));
    Files.write(
        whole.directory().resolve(TreeLayout.document(whole.id(), "pylock.other.toml")), bytes);
    restaged(whole, whole.manifest().with(more), Map.of());
    assertThat(found(scenario.verify())).containsExactly("documents pylock.other.toml");
  }

  @Test
  void constraintsAndEnvironmentsAreThoseOfTheResolution() {
    Resolution resolution = full().inputs(NONE).resolution();
    Manifest manifest = full().snapshot().manifest();
    assertThat(DocumentsCheck.ofResolution(manifest, resolution)).isEmpty();

    Resolution more = full().branch("stable/2025.1").inputs(NONE).resolution();
    assertThat(DocumentsCheck.ofResolution(manifest, more))
        .extracting(each -> each.code() + " " + each.where())
        .containsExactly("documents constraints/stable/2025.1.txt");

    Manifest other =
        with(
            manifest,
            List.of(environment("cp311", "cpython", "3.11"), environment("cp312", "x", "3.12")));
    assertThat(DocumentsCheck.ofResolution(other, resolution))
        .extracting(each -> each.code() + " " + each.where())
        .containsExactly("documents manifest.json");
  }

  private static ManifestEnvironment environment(String python, String name, String version) {
    return new ManifestEnvironment(python, name, version, "linux", "x86_64");
  }

  private static Manifest with(Manifest manifest, List<ManifestEnvironment> environments) {
    return new Manifest(
        manifest.schemaVersion(),
        manifest.slug(),
        manifest.pythons(),
        manifest.branches(),
        manifest.files(),
        manifest.pages(),
        manifest.root(),
        manifest.constraints(),
        manifest.coverage(),
        manifest.buildRequirements(),
        manifest.served(),
        environments,
        manifest.more(),
        manifest.retired());
  }

  private static JsonNode lock(Manifest manifest) throws IOException {
    return new TomlMapper()
        .readTree(Objects.requireNonNull(PylockFiles.relative(manifest).get(LOCK)));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void markersChooseOneVersionForEachPythonAndTheEnvironmentsAreThoseOfTheTargets()
      throws IOException {
    Snapshot snapshot =
        scenario("cp39", "cp310", "cp312")
            .mirrored("master", TestWheel.of("foo", "1.0"), "cp39", "cp310")
            .mirrored("master", TestWheel.of("foo", "2.0"), "cp312")
            .snapshot();
    JsonNode lock = lock(snapshot.manifest());
    for (String python : List.of("cp39", "cp310", "cp312")) {
      MarkerEnvironment environment = ReleaseScenario.target(python).environment();
      List<String> chosen = new ArrayList<>();
      for (JsonNode entry : lock.path("packages")) {
        if (Marker.parse(entry.path("marker").asText()).evaluate(environment)) {
          chosen.add(entry.path("version").asText());
        }
      }
      assertThat(chosen).containsExactly(python.equals("cp312") ? "2.0" : "1.0");
      assertThat(texts(lock.path("environments")))
          .filteredOn(text -> Marker.parse(text).evaluate(environment))
          .hasSize(1);
    }
  }

  @Test
  void pythonsOfTwoImplementationsAreToldApart() throws IOException {
    Snapshot snapshot =
        scenario("cp310", "pp310")
            .mirrored("master", TestWheel.of("foo", "1.0"), "cp310")
            .mirrored("master", TestWheel.of("foo", "2.0"), "pp310")
            .snapshot();
    JsonNode lock =
        lock(
            with(
                snapshot.manifest(),
                List.of(
                    environment("cp310", "cpython", "3.10"),
                    environment("pp310", "pypy", "3.10"))));
    assertThat(texts(lock.path("environments")))
        .containsExactly(
            "implementation_name == 'cpython' and python_version == '3.10'"
                + " and sys_platform == 'linux' and platform_machine == 'x86_64'",
            "implementation_name == 'pypy' and python_version == '3.10'"
                + " and sys_platform == 'linux' and platform_machine == 'x86_64'");
    List<String> markers = new ArrayList<>();
    lock.path("packages").forEach(each -> markers.add(each.path("marker").asText()));
    assertThat(markers)
        .containsExactly(
            "(implementation_name == 'cpython' and python_version == '3.10')",
            "(implementation_name == 'pypy' and python_version == '3.10')");
  }

  @Test
  void whatCannotStandInAMarkerIsRefused() {
    assertThatThrownBy(() -> environment("cp312", "x' or 'a' == 'a", "3.12"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> environment("cp312", "cpython", "3"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                with(
                    scenario("cp311").mirrored("master", "foo", "1.0").snapshot().manifest(),
                    List.of(environment("cp312", "cpython", "3.12"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReleaseOfBeforeKeepsItsIdAndItsDocumentsAndIsVerified() throws IOException {
    ReleaseScenario scenario = full();
    Snapshot snapshot = scenario.snapshot();
    Manifest old = with(snapshot.manifest(), List.of());
    // what wrote such releases had other forms of these
    Map<String, byte[]> documents = new HashMap<>(PylockFiles.relative(old));
    documents.put(TreeLayout.sbom(), "{}\n".getBytes(StandardCharsets.UTF_8));
    List<ManifestDocument> listed =
        old.more().stream()
            .map(
                each ->
                    documents.containsKey(each.path())
                        ? ManifestDocument.of(
                            each.path(), Objects.requireNonNull(documents.get(each.path())))
                        : each)
            .toList();
    restaged(snapshot, old.with(listed), documents);

    Manifest read = Snapshot.open(snapshot.directory()).manifest();
    assertThat(new String(read.bytes(), StandardCharsets.UTF_8)).doesNotContain("environments");
    assertThat(read).isEqualTo(Json.read(old.with(listed).bytes(), Manifest.class, "it"));
    assertThat(texts(lock(read).path("environments")))
        .startsWith(
            "python_version == '3.11' and sys_platform == 'linux' and platform_machine =="
                + " 'x86_64'");
    assertThat(scenario.verify().channel().problems()).isEmpty();
  }
}
