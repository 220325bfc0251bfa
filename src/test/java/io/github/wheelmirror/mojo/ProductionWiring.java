package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Seen;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.NamedPlace;
import io.github.wheelmirror.mirror.Outside;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.selection.PlaceSource;
import io.github.wheelmirror.tree.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lets tests of other packages use the adapters as the goals do. */
public final class ProductionWiring {

  private ProductionWiring() {}

  /** Everything that the use cases need, wired as in a run of Maven. */
  public static Outside outside(MirrorRequest request, MirrorLog log) {
    return outside(request, log, System.getenv(), new Seen());
  }

  /** The same in another environment, for a run that notes what it sees. */
  public static Outside outside(
      MirrorRequest request, MirrorLog log, Map<String, String> environment, Seen seen) {
    return new Wiring(request, environment, home(environment), List.of(), seen).outside(log);
  }

  /** What makes a client of a place that {@code explain} names. */
  public static Function<NamedPlace, PlaceSource> places(
      MirrorRequest request, Map<String, String> environment) {
    return new Wiring(request, environment, home(environment), List.of(), new Seen())::places;
  }

  /** What adapters keep in the cache that can be made again. */
  public static List<Store> collectable(MirrorRequest request) {
    Map<String, String> environment = System.getenv();
    return new Wiring(request, environment, home(environment), List.of(), new Seen()).collectable();
  }

  private static Path home(Map<String, String> environment) {
    return RequestPaths.home(environment, System.getProperty("user.home"));
  }
}
