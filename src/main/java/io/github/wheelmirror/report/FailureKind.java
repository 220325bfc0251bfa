package io.github.wheelmirror.report;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.report.MirrorReport.FailureFacts;
import io.github.wheelmirror.report.MirrorReport.PinFacts;
import io.github.wheelmirror.report.MirrorReport.StateFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is not served for reasons of one kind.
 *
 * @param pins how many
 * @param causes each with what it hits, the one that hits most first
 */
record FailureKind(String kind, int pins, List<Cause> causes) {

  /** What several pins may have in common. */
  record Words(String symptom, String why, String fix) {}

  /** A cause and the pins that it hits. */
  record Cause(Words words, List<Hit> hits) {}

  /** A pin that fails, on these targets. */
  record Hit(Pin pin, List<StateFacts> states) {}

  /** All kinds, that with the most pins first. */
  static List<FailureKind> of(MirrorReport report) {
    Map<String, Map<Words, Map<Pin, List<StateFacts>>>> kinds = new TreeMap<>();
    for (PinFacts pin : report.pins()) {
      for (StateFacts state : pin.states()) {
        FailureFacts failure = state.failure();
        if (!failure.isNone()) {
          kinds
              .computeIfAbsent(failure.kind(), k -> new LinkedHashMap<>())
              .computeIfAbsent(
                  new Words(failure.symptom(), failure.why(), failure.fix()),
                  w -> new LinkedHashMap<>())
              .computeIfAbsent(pin.pin(), p -> new ArrayList<>())
              .add(state);
        }
      }
    }
    List<FailureKind> all = new ArrayList<>();
    kinds.forEach((kind, causes) -> all.add(of(kind, causes)));
    all.sort(Comparator.comparing(each -> -each.pins()));
    return all;
  }

  private static FailureKind of(String kind, Map<Words, Map<Pin, List<StateFacts>>> causes) {
    List<Cause> list = new ArrayList<>();
    causes.forEach(
        (words, pins) -> {
          List<Hit> hits = new ArrayList<>();
          pins.forEach((pin, states) -> hits.add(new Hit(pin, states)));
          list.add(new Cause(words, hits));
        });
    list.sort(Comparator.comparing(each -> -each.hits().size()));
    long pins = causes.values().stream().flatMap(each -> each.keySet().stream()).distinct().count();
    return new FailureKind(kind, (int) pins, list);
  }
}
