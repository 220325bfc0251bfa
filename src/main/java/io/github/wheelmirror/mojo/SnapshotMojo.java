package io.github.wheelmirror.mojo;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes the pages and the manifest of each channel, staged and invisible, and writes {@code
 * snapshot.json}; does what is missing before it.
 */
@Mojo(
    name = "snapshot",
    defaultPhase = LifecyclePhase.PACKAGE,
    threadSafe = true,
    requiresProject = false)
public class SnapshotMojo extends AbstractMirrorMojo {

  @Inject
  SnapshotMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of(InterruptHint.WHEELHOUSE);
  }

  @Override
  void run(Session session) {
    session.goals().snapshot();
  }
}
