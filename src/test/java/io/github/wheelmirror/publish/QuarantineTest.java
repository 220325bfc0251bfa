package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.SnapshotFilter;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;
  private TestTree tree;
  private Path root;

  @BeforeEach
  void setUp() {
    tree = new TestTree(folder.resolve("tree"));
    root = folder.resolve("region");
  }

  private Snapshot released(Path to, String... projects) {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", projects);
    Region region = ReleasingProcess.region(to, Faults.NONE);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, base, NOW);
    return snapshot;
  }

  private static Quarantine of(ManifestFile file) {
    return Quarantine.NONE.plus(
        new QuarantineEntry("", List.of(Quarantine.file(file)), "bad", NOW.toString()));
  }

  private static boolean pooled(Path in, ManifestFile file) {
    return Files.exists(in.resolve(TreeLayout.wheel(file.sha256(), file.filename())));
  }

  private static int status(URI url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void theBytesAreGoneForClientsAndKeptForWhoLooksIntoIt()
      throws IOException, InterruptedException {
    Snapshot snapshot = released(root, "alpha", "beta");
    ManifestFile alpha = snapshot.manifest().files().get(0);
    ManifestFile beta = snapshot.manifest().files().get(1);
    Region region = ReleasingProcess.region(root, Faults.NONE);

    assertThat(region.quarantine(of(alpha))).containsExactly(Quarantine.file(alpha));

    assertThat(region.quarantine()).isEqualTo(of(alpha));
    assertThat(root.resolve(TreeLayout.quarantined(alpha.sha256())).resolve(alpha.filename()))
        .exists();
    try (StaticServer server =
        StaticServer.start(new RegionTree(new RegionSettings("main", root)), 0)) {
      URI url = server.url();
      assertThat(status(url.resolve(TreeLayout.wheel(alpha.sha256(), alpha.filename()))))
          .isEqualTo(410);
      assertThat(status(url.resolve(TreeLayout.metadata(alpha.sha256(), alpha.filename()))))
          .isEqualTo(410);
      assertThat(status(url.resolve(TreeLayout.wheel(beta.sha256(), beta.filename()))))
          .isEqualTo(200);
      assertThat(status(url.resolve(TreeLayout.wheel("a".repeat(64), beta.filename()))))
          .isEqualTo(404);
      assertThat(status(url.resolve(TreeLayout.QUARANTINE))).isEqualTo(200);
      assertThat(status(url.resolve(TreeLayout.quarantined(alpha.sha256()) + "/x"))).isEqualTo(404);
    }
    assertThat(region.quarantine(of(alpha))).isEmpty();
  }

  @Test
  void entriesAreOnlyAdded() {
    Snapshot snapshot = released(root, "alpha", "beta");
    Region region = ReleasingProcess.region(root, Faults.NONE);
    region.quarantine(of(snapshot.manifest().files().get(0)));
    region.quarantine(of(snapshot.manifest().files().get(1)));
    assertThat(region.quarantine().entries()).hasSize(2);
    region.quarantine(Quarantine.NONE);
    assertThat(region.quarantine().entries()).hasSize(2);
  }

  @Test
  void whatIsOutIsNotStagedAgain() {
    Snapshot snapshot = tree.snapshot(SLUG, "1.0", "alpha");
    Region region = ReleasingProcess.region(root, Faults.NONE);
    region.quarantine(of(snapshot.manifest().files().get(0)));
    assertThatThrownBy(() -> released(root, "alpha"))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("alpha-1.0-py3-none-any.whl is in quarantine in region main");
    assertThat(pooled(root, snapshot.manifest().files().get(0))).isFalse();
  }

  @Test
  void aDamagedListIsNeverTakenForNothing() throws IOException {
    released(root, "alpha");
    Files.writeString(root.resolve(TreeLayout.QUARANTINE), "{");
    Region region = ReleasingProcess.region(root, Faults.NONE);
    assertThatThrownBy(region::quarantine).hasMessageContaining(TreeLayout.QUARANTINE);
    assertThatThrownBy(() -> released(root, "beta")).hasMessageContaining(TreeLayout.QUARANTINE);
    assertThatThrownBy(region::quarantine)
        .isInstanceOfSatisfying(
            MirrorException.class,
            damaged ->
                assertThat(damaged.fix())
                    .startsWith("restore it from another region or a backup")
                    .doesNotContain("delete"));
  }

  /** A quarantine and the release after it. */
  private static void take(Path in, TestTree tree, ManifestFile file, Faults faults) {
    Region region = ReleasingProcess.region(in, faults);
    region.quarantine(of(file));
    Optional<Release> current = region.current(SLUG);
    SnapshotFilter filter = new SnapshotFilter(of(file));
    var manifest = region.manifest(SLUG, current.orElseThrow().snapshot());
    if (filter.concerns(manifest)) {
      StagedRelease staged =
          region.stage(
              filter.filtered(region, manifest, in.resolveSibling(in.getFileName() + "-rest")),
              tree.wheelhouse(),
              Progress.NONE);
      region.flip(staged, current, NOW);
    }
  }

  @Test
  void afterAFailureAtAnyStepTheNextRunEndsIt() throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    Path first = folder.resolve("steps");
    ManifestFile alpha = released(first, "alpha", "beta").manifest().files().get(0);
    take(first, tree, alpha, steps::add);
    assertThat(steps).contains("quarantine: list", "quarantine: move", "flip: current");
    for (String step : new ArrayList<>(steps)) {
      Path in = folder.resolve("region-" + step.replaceAll("\\\\W", "-"));
      released(in, "alpha", "beta");
      assertThatThrownBy(
              () ->
                  take(
                      in,
                      tree,
                      alpha,
                      at -> {
                        if (at.equals(step)) {
                          throw new IOException("ended at " + step);
                        }
                      }))
          .as(step)
          .hasMessageContaining("ended at " + step);
      take(in, tree, alpha, Faults.NONE);
      assertThat(pooled(in, alpha)).as(step).isFalse();
      assertThat(new VisibleTree(in).files(SLUG))
          .as(step)
          .containsExactly("beta-1.0-py3-none-any.whl");
      // the note of a process that runs, as this one does, is nobody else's to remove
      assertThat(new VisibleTree(in).junk())
          .as(step)
          .filteredOn(junk -> !step.equals("flip: note") || !junk.startsWith("state/staging/"))
          .isEmpty();
      Map<String, String> state = new VisibleTree(in).stat();
      take(in, tree, alpha, Faults.NONE);
      assertThat(new VisibleTree(in).stat()).as(step).isEqualTo(state);
    }
  }
}
