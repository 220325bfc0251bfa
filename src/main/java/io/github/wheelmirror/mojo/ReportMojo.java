package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes a report in HTML that works from disk: what each region serves, the coverage of each
 * branch, the pins with their files, failures with their fixes, checks and past releases. It shows
 * what there is, be it before the first build or after a failed one, and builds nothing.
 */
@Mojo(name = "report", threadSafe = true, requiresProject = false)
public class ReportMojo extends AbstractMirrorMojo {

  @Inject
  ReportMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  boolean needsConstraints() {
    return false;
  }

  @Override
  void run(Session session) {
    session.report();
  }
}
