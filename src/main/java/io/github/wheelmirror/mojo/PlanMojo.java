package io.github.wheelmirror.mojo;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Asks the index once per project and writes {@code plan.json}: one state for each branch, pin and
 * target. The dry run that a person reads first; does what is missing before it.
 */
@Mojo(
    name = "plan",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    threadSafe = true,
    requiresProject = false)
public class PlanMojo extends AbstractMirrorMojo {

  @Inject
  PlanMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of("index pages that were read stay in the cache");
  }

  @Override
  void run(Session session) {
    session.goals().plan();
  }
}
