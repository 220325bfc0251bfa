package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.util.Optional;

/** What builds have cost so far on this machine: port to where it is remembered. */
public interface BuildHistory {

  /** Nothing is remembered. */
  BuildHistory NONE =
      new BuildHistory() {
        @Override
        public Optional<BuildCost> last(ProjectName project, TargetId target) {
          return Optional.empty();
        }

        @Override
        public void remember(ProjectName project, TargetId target, BuildCost cost) {}
      };

  /** The cost of the last build of the project, of whatever version, on the target. */
  Optional<BuildCost> last(ProjectName project, TargetId target);

  /** Remembers the cost of a build. */
  void remember(ProjectName project, TargetId target, BuildCost cost);
}
