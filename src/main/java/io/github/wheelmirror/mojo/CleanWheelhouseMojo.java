package io.github.wheelmirror.mojo;

import io.github.wheelmirror.mirror.CleanWheelhouse;
import java.time.Duration;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes from the cache directory what no run has used for long: wheels, sdists, locks, build
 * requirements and environments, index pages, remembered failures and the history of builds; never
 * Git or compiler caches. Builds may run at the same time.
 */
@Mojo(name = "clean-wheelhouse", threadSafe = true, requiresProject = false)
public class CleanWheelhouseMojo extends AbstractMirrorMojo {

  /**
   * For how many days something must not have been used to be removed. With less than two, runs
   * that use the cache are waited for as long as {@link #lockTimeout} says.
   */
  @Parameter(
      property = "wheel-mirror.clean-wheelhouse.unusedFor",
      defaultValue = "30",
      required = true)
  int unusedFor = 30;

  /**
   * Whether everything is removed, used or not. Runs that use the cache are waited for as long as
   * {@link #lockTimeout} says.
   */
  @Parameter(
      property = "wheel-mirror.clean-wheelhouse.all",
      defaultValue = "false",
      required = true)
  boolean all;

  /** Whether it is only told what would be removed. */
  @Parameter(
      property = "wheel-mirror.clean-wheelhouse.dryRun",
      defaultValue = "false",
      required = true)
  boolean dryRun;

  @Inject
  CleanWheelhouseMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void checkOwnParameters() {
    settings();
  }

  private CleanWheelhouse.Settings settings() {
    return new CleanWheelhouse.Settings(Duration.ofDays(unusedFor), all, dryRun);
  }

  @Override
  void run(Session session) {
    session.cleanWheelhouse(settings());
  }
}
