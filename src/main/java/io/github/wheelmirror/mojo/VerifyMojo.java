package io.github.wheelmirror.mojo;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Checks every file, page and link that is staged, the coverage and the regressions, and writes
 * {@code verification.json}; does what is missing before it.
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    threadSafe = true,
    requiresProject = false)
public class VerifyMojo extends AbstractMirrorMojo {

  @Inject
  VerifyMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  Optional<String> keptIfInterrupted() {
    return Optional.of(InterruptHint.WHEELHOUSE);
  }

  @Override
  void run(Session session) {
    session.goals().verify();
  }
}
