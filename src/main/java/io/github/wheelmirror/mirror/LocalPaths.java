package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.WorkResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Names for this machine's folders in what is written down: stage files travel to others. */
final class LocalPaths {

  private final Map<String, String> names =
      new TreeMap<>(
          Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  /** Hides these places. */
  LocalPaths(MirrorRequest.Places places) {
    name(places.cache(), "<cache>");
    name(places.workspace(), "<workspace>");
  }

  private void name(Path folder, String name) {
    Path absolute = folder.toAbsolutePath().normalize();
    names.put(absolute.toString(), name);
    try {
      names.put(absolute.toRealPath().toString(), name);
    } catch (IOException notMadeYet) {
      // then nothing can be told about it
      return;
    }
  }

  /** The same result with names instead of paths. */
  WorkResult hidden(WorkResult result) {
    if (!(result instanceof WorkResult.Failed failed)) {
      return result;
    }
    Diagnosis told = failed.diagnosis();
    return new WorkResult.Failed(
        new Diagnosis(
            told.failureClass(), hidden(told.symptom()), hidden(told.why()), hidden(told.fix())),
        failed.log());
  }

  /** The same text with names instead of paths. */
  String hidden(String text) {
    String hidden = text;
    for (Map.Entry<String, String> each : names.entrySet()) {
      hidden = hidden.replace(each.getKey(), each.getValue());
    }
    return hidden;
  }
}
