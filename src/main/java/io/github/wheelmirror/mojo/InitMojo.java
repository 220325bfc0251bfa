package io.github.wheelmirror.mojo;

import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes a first {@code pom.xml} with comments into the current folder, for the Git repository of
 * {@code -Dwheel-mirror.constraints=URL}. Every other parameter below that is given on the command
 * line is written into it, and so are the Python, the platform and this plugin's version as they
 * are here; {@code mvn wheel-mirror:build} and {@code mvn deploy} work with it at once. A {@code
 * pom.xml} that is there is never overwritten.
 */
@Mojo(name = "init", threadSafe = true, requiresProject = false)
public class InitMojo extends AbstractMirrorMojo {

  @Inject
  InitMojo(ServerCredentials servers) {
    super(servers);
  }

  @Override
  void run(Session session) {
    session.init(GivenParameters.plugin(execution), GivenParameters.of(this));
  }
}
