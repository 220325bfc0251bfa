package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions in folders, of which one is left out of some releases. */
class RegionsApartTest {

  @TempDir Path folder;
  private MirrorScenario scenario;

  @BeforeEach
  void released() {
    scenario = MirrorScenario.quick(folder);
    scenario
        .index
        .wheel("idna", "3.2", "py3-none-any")
        .wheel("idna", "3.3", "py3-none-any")
        .wheel("idna", "3.4", "py3-none-any")
        .wheel("idna", "3.5", "py3-none-any");
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private void deploy(String version, String... regions) {
    scenario.regions = List.of(regions);
    scenario.branch("master", "idna===" + version);
    scenario.lifecycle();
  }

  private Release served(int region) {
    return scenario.outside().regions().get(region).current(TestTargets.SLUG).orElseThrow();
  }

  private List<String> superseded(int region) {
    Region of = scenario.outside().regions().get(region);
    return of.manifest(TestTargets.SLUG, served(region).snapshot()).files().stream()
        .filter(ManifestFile::superseded)
        .map(ManifestFile::filename)
        .toList();
  }

  @Test
  void whatOneRegionServedAloneStaysListedInTheNextReleaseOfAll() {
    deploy("3.2", "east");
    deploy("3.3", "east");
    deploy("3.2", "east");
    deploy("3.2", "east", "west");
    assertThat(served(1).serial()).isEqualTo(served(0).serial()).isEqualTo(3);
    deploy("3.4", "west");

    deploy("3.5", "east", "west");

    assertThat(served(0).serial()).isEqualTo(5);
    assertThat(served(1).serial()).isEqualTo(5);
    assertThat(superseded(0)).contains("idna-3.4-py3-none-any.whl").isEqualTo(superseded(1));
  }

  private void quarantine(String pin, String... regions) {
    scenario.regions = List.of(regions);
    new QuarantineFiles(scenario.outside())
        .run(new QuarantineFiles.Settings(pin, "", "it was compromised"));
  }

  @Test
  void whatQuarantineLeftOfAnOldReleaseIsNotComparedWith() {
    scenario.index.wheel("six", "1.16.0", "py3-none-any").wheel("attrs", "24.1.0", "py3-none-any");
    scenario.regions = List.of("east", "west");
    scenario.branch("master", "idna===3.2", "six===1.16.0", "attrs===24.1.0");
    scenario.lifecycle();
    deploy("3.3", "east");
    quarantine("six===1.16.0", "west");
    quarantine("attrs===24.1.0", "west");
    scenario.regions = List.of("east", "west");
    assertThat(served(1).serial()).isEqualTo(3).isGreaterThan(served(0).serial());
    assertThat(served(1).origin())
        .isEqualTo(scenario.outside().regions().get(1).history(TestTargets.SLUG).get(0).snapshot());

    deploy("3.4", "east", "west");

    assertThat(served(0).serial()).isEqualTo(served(1).serial()).isEqualTo(4);
    assertThat(superseded(0)).contains("idna-3.3-py3-none-any.whl").isEqualTo(superseded(1));
    assertThat(served(0).origin()).isEmpty();
  }
}
