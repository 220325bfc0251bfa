package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.MissingFiles;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RequirementsUsed;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.ForgedWheel.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good wheels by a seed, each broken in one way: the verifier finds just that. The first rows are
 * the table of what existing tools find; {@code -Dseed=NUMBER} makes other wheels.
 */
@Timeout(120)
class DamageTableTest {

  private static final long SEED = Long.getLong("seed", 20261126);
  private static final int EACH = 2;

  private static final Origin MIRRORED =
      new Origin.Mirrored("https://files.example.org/x", "https://index.example.org/simple/");

  @TempDir private Path folder = Path.of("");

  static Stream<DamageRow> rows() {
    return Stream.of(
            ContentDamage.table(), ContentDamage.more(), ArchiveDamage.rows(), NativeDamage.rows())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void justThatIsFound(DamageRow row) throws IOException {
    for (Kind kind : row.kinds()) {
      for (int i = 0; i < EACH; i++) {
        for (boolean own : new boolean[] {false, true}) {
          ForgedWheel wheel = ForgedWheel.good(kind, SEED + i);
          row.damage().accept(wheel);
          assertThat(found(wheel, own ? built("", "") : MIRRORED))
              .as("%s, %s, own: %s, seed %d", row, kind, own, SEED + i)
              .isEqualTo(own ? row.own() : row.mirrored());
        }
      }
    }
  }

  @Test
  void aGoodWheelRaisesNoAlarm() throws IOException {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 25; i++) {
        ForgedWheel wheel = ForgedWheel.good(kind, SEED + i);
        assertThat(found(wheel, MIRRORED)).as("%s %d", kind, i).isEmpty();
        assertThat(found(wheel, built("", ""))).as("%s %d", kind, i).isEmpty();
        wheel.record();
        assertThat(found(wheel, MIRRORED)).as("%s %d, recorded again", kind, i).isEmpty();
      }
    }
  }

  @Test
  void theTableHasAllRowsOfTheSpecificationAndTwentyMore() {
    List<String> names = rows().map(DamageRow::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    // RECORD without hashes and with md5 are one row there
    assertThat(names).filteredOn(name -> name.startsWith("§4.2 ")).hasSize(13);
    assertThat(names).filteredOn(name -> !name.startsWith("§4.2 ")).hasSizeGreaterThan(60);
  }

  @Test
  void whatTheBuildRecordedIsTold() throws IOException {
    assertThat(found(ForgedWheel.good(Kind.PURE, SEED), built("", "all")))
        .containsExactly("error wheel-extension-missing");
    assertThat(found(ForgedWheel.good(Kind.PURE, SEED), built("", "some")))
        .containsExactly("warning wheel-extension-missing");
    assertThat(found(ForgedWheel.good(Kind.ABI3, SEED), built("", "all"))).isEmpty();
    assertThat(found(ForgedWheel.good(Kind.PURE, SEED), built("on 3.12 it requires less", "")))
        .containsExactly("info wheel-metadata-differs");
  }

  @Test
  void whatTheBuildFoundMissingIsTold() throws IOException {
    assertThat(found(ForgedWheel.good(Kind.EXTENSION, SEED), lacking(0, 1, 0)))
        .containsExactly("warning wheel-files-missing");
    assertThat(found(ForgedWheel.good(Kind.PURE, SEED), lacking(0, 0, 1)))
        .containsExactly("info wheel-files-missing");
    assertThat(found(ForgedWheel.good(Kind.PURE, SEED), lacking(0, 0, 0))).isEmpty();
  }

  private static Origin lacking(int modules, int extensions, int data) {
    return built(
        "",
        "",
        List.of(
            new MissingFiles(
                "a-1.0-cp310-cp310-manylinux1_x86_64.whl",
                modules,
                extensions,
                data,
                Collections.nCopies(modules + extensions + data, "name"))));
  }

  private static Origin built(String notShared, String compiledUpstream) {
    return built(notShared, compiledUpstream, List.of());
  }

  private static Origin built(
      String notShared, String compiledUpstream, List<MissingFiles> missing) {
    return new Origin.Built(
        "ab".repeat(32),
        "cd".repeat(32),
        "1",
        true,
        List.of(),
        RequirementsUsed.NOTHING,
        List.of(),
        notShared,
        compiledUpstream,
        missing);
  }

  /** What is found in the wheel when it is listed, each kind of finding once, sorted. */
  private List<String> found(ForgedWheel wheel, Origin origin) throws IOException {
    byte[] bytes = wheel.build();
    String sha256 = Sha256.of(bytes);
    Path wheelhouse = folder.resolve("wheelhouse");
    write(wheelhouse.resolve(TreeLayout.wheel(sha256, wheel.filename)), bytes);
    write(wheelhouse.resolve(TreeLayout.metadata(sha256, wheel.filename)), wheel.sidecar());
    ManifestFile file = wheel.listed(bytes, origin);
    Manifest manifest = listing(file);
    return new SnapshotFiles(
            manifest,
            new Wheelhouse(wheelhouse),
            Manifest.empty(ReleaseScenario.SLUG),
            List.of(ReleaseScenario.target("cp311")))
        .check().stream()
            .map(problem -> problem.severity() + " " + problem.code())
            .distinct()
            .sorted()
            .toList();
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** A manifest that lists the wheel for CPython 3.11. */
  static Manifest listing(ManifestFile file) {
    Manifest none = Manifest.empty(ReleaseScenario.SLUG);
    return new Manifest(
        none.schemaVersion(),
        none.slug(),
        List.of("cp311"),
        List.of(),
        List.of(file),
        List.of(),
        List.of(),
        List.of(),
        none.coverage(),
        none.buildRequirements(),
        List.of(
            new ManifestServed(
                "master",
                new Pin(file.project(), file.version()),
                file.filename(),
                List.of("cp311"),
                false)));
  }
}
