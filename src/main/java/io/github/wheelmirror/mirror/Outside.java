package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildHistory;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.FailedBuilds;
import io.github.wheelmirror.tree.InstallClient;
import io.github.wheelmirror.tree.KeptHistory;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.SampleInstaller;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the use cases need from outside; adapters are made when first asked for.
 *
 * @param targets asks the configured Pythons, and reads target files
 * @param index opens the index for these targets; closed by the caller
 * @param locks what build requirements were locked to
 * @param builder makes wheels on this host
 * @param clients ask real installers what they would take
 * @param seen what this run saw, for the next one
 */
public record Outside(
    Supplier<ConstraintsSource> constraints,
    Supplier<List<Target>> targets,
    Supplier<OpenIndex> index,
    Supplier<WheelBuilder> builder,
    Wheelhouse wheelhouse,
    Sdists sdists,
    LockStore locks,
    List<Region> regions,
    MirrorLog log,
    Clock clock,
    Experience experience,
    Clients clients,
    Seen seen) {

  public Outside {
    regions = List.copyOf(regions);
  }

  /**
   * What is taken out of the regions, as far as they can be read: a region that cannot is told it
   * by the next release.
   *
   * @throws MirrorException (machinery) if there are regions and none can be read
   */
  public Quarantine quarantine() {
    Quarantine all = Quarantine.NONE;
    List<MirrorException> failures = new ArrayList<>();
    for (Region region : regions) {
      try {
        all = all.plus(region.quarantine());
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty() && failures.size() == regions.size()) {
      throw failures.get(0);
    }
    return all;
  }

  /**
   * Real installers and what they need.
   *
   * @param clients those that are wanted
   * @param server serves what is staged in a folder on loopback; closed by the caller
   * @param installer installs samples
   */
  public record Clients(
      Supplier<List<InstallClient>> clients,
      Function<Path, ServeMirror.Server> server,
      Supplier<SampleInstaller> installer) {

    /** Nobody installs anything. */
    public Clients(
        Supplier<List<InstallClient>> clients, Function<Path, ServeMirror.Server> server) {
      this(
          clients,
          server,
          () -> order -> new SampleInstaller.Result.Absent("there is no installer"));
    }
  }

  /**
   * What earlier builds have taught.
   *
   * @param failures not to be tried again for as long as nothing changes
   * @param history what builds cost
   * @param circumstances what of this host decides whether a build fails, as a digest
   * @param retryFailed whether failed builds are tried again all the same
   */
  public record Experience(
      FailedBuilds failures,
      BuildHistory history,
      Supplier<String> circumstances,
      boolean retryFailed) {

    /** What a build will cost for all its targets together, if it is known of any of them. */
    public Optional<BuildCost> known(BuildWork work) {
      return work.targets().stream()
          .flatMap(target -> history.last(work.pin().name(), target).stream())
          .reduce(BuildCost::then);
    }

    /** What a build will cost for all its targets together, as far as is known. */
    public BuildCost expected(BuildWork work) {
      return known(work).orElse(BuildCost.UNKNOWN);
    }

    /** That which is kept in the wheelhouse's folder. */
    public static Experience in(
        Wheelhouse wheelhouse, Supplier<String> circumstances, boolean retryFailed) {
      return new Experience(
          new FailedBuilds(wheelhouse.root()),
          new KeptHistory(wheelhouse.root().resolve(KeptHistory.FOLDER)),
          circumstances,
          retryFailed);
    }
  }

  /**
   * An index and the names of its locations, without credentials.
   *
   * @param trustedUnhashed those whose files may be taken without a strong hash
   */
  public record OpenIndex(
      DistributionIndex index, List<String> locations, Set<String> trustedUnhashed)
      implements AutoCloseable {
    public OpenIndex {
      locations = List.copyOf(locations);
      trustedUnhashed = Set.copyOf(trustedUnhashed);
    }

    @Override
    public void close() {
      index.close();
    }
  }
}
