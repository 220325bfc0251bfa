package io.github.wheelmirror.selection;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.ProjectName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What tells which files there are of a project: port to index clients. */
public interface PlaceSource extends AutoCloseable {

  /**
   * The places, in the order that a tool is told of them. A place that does not answer, or with
   * what is no page, is one without files.
   *
   * @throws MirrorException if it cannot be found out how a place answers, such as offline
   */
  Map<ProjectName, List<Place>> places(Collection<ProjectName> projects);

  /** What a person should know of the places, in words. */
  List<String> warnings();

  /** Ends what runs in the background. */
  @Override
  void close();
}
