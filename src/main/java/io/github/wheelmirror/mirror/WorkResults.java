package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.build.WorkTarget;
import java.util.List;
import java.util.Map;

/**
 * How a plan's work ended, or a part of it.
 *
 * @param downloads by {@link DownloadWork#id}
 * @param builds one a target of each build
 * @param rebuilt the sample that was built twice
 */
record WorkResults(
    Map<String, WorkResult> downloads, Map<WorkTarget, WorkResult> builds, List<Rebuilt> rebuilt) {

  WorkResults {
    downloads = Map.copyOf(downloads);
    builds = Map.copyOf(builds);
    rebuilt = List.copyOf(rebuilt);
  }
}
