package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How one part of a plan's work ended: {@code build-report-<i>-of-<n>.json}.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param plan sha256 of the {@code plan.json}
 * @param slug the platform of the host that did it
 * @param shard which part
 * @param downloads sorted by id
 * @param builds sorted by work, then target
 * @param rebuilt the sample that was built twice, in {@link Rebuilt#ORDER}
 * @param requirements the locks that own wheels among the files were built with
 * @param costs of builds, for the next plan, sorted
 */
public record ShardReport(
    int schemaVersion,
    String plan,
    String slug,
    Shard shard,
    List<Download> downloads,
    List<Build> builds,
    List<Rebuilt> rebuilt,
    LockedRequirements requirements,
    List<Cost> costs) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 2;

  /** How a download ended. */
  public record Download(String download, WorkResult result) {
    public Download {
      Check.notBlank(download, "a download");
      Objects.requireNonNull(result);
    }
  }

  /** How a build ended for one target. */
  public record Build(String work, TargetId target, WorkResult result) {
    public Build {
      Check.notBlank(work, "the build work");
      Objects.requireNonNull(target);
      Objects.requireNonNull(result);
    }
  }

  /** What the last build of a project cost. */
  public record Cost(ProjectName project, TargetId target, double seconds, long memoryBytes) {
    public Cost {
      Objects.requireNonNull(project);
      Objects.requireNonNull(target);
    }

    /** The cost alone. */
    public BuildCost cost() {
      return new BuildCost(seconds, memoryBytes);
    }
  }

  public ShardReport {
    Check.schema(schemaVersion, SCHEMA_VERSION, "a shard's report");
    Check.digest(plan, "the digest of the plan");
    Check.notBlank(slug, "the platform of a shard");
    Objects.requireNonNull(shard);
    downloads = Check.sorted(downloads, Comparator.comparing(Download::download));
    builds = Check.sorted(builds, Comparator.comparing(Build::work).thenComparing(Build::target));
    rebuilt = Check.sorted(rebuilt, Rebuilt.ORDER);
    Objects.requireNonNull(requirements);
    costs = Check.sorted(costs, Comparator.comparing(Cost::project).thenComparing(Cost::target));
  }

  /** All wheels that it has, each once. */
  public List<WheelFile> files() {
    List<WorkResult> results = new ArrayList<>();
    downloads.forEach(each -> results.add(each.result()));
    builds.forEach(each -> results.add(each.result()));
    return results.stream()
        .filter(WorkResult.Done.class::isInstance)
        .map(result -> ((WorkResult.Done) result).file())
        .distinct()
        .sorted(WheelFile.ORDER)
        .toList();
  }
}
