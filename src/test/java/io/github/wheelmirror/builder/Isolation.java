package io.github.wheelmirror.builder;

import java.io.IOException;
import java.nio.file.Path;

/** What this host can do to keep builds apart, for tests of other packages. */
public final class Isolation {

  private Isolation() {}

  /** Whether a build can change nothing but its own folder. */
  public static boolean filesProtected(Path scratch) throws IOException {
    return Sandbox.find(Pythons.RUNNER, Pythons.PATH, PrivatePlaces.NONE, scratch.toRealPath())
        .filesProtected();
  }
}
