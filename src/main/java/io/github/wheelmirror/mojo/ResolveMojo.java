package io.github.wheelmirror.mojo;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Reads the constraints of every selected branch and writes {@code resolution.json}: each pin once,
 * with the branches and targets that want it.
 */
@Mojo(
    name = "resolve",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    threadSafe = true,
    requiresProject = false)
public class ResolveMojo extends AbstractMirrorMojo {

  @Inject
  ResolveMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of("what was fetched of the constraints stays in the cache");
  }

  @Override
  void run(Session session) {
    session.goals().resolve();
  }
}
