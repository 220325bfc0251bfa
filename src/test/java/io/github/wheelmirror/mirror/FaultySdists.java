package io.github.wheelmirror.mirror;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.it.SyntheticFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Pins with an sdist each, of which each has one {@link Fault} or none. */
final class FaultySdists {

  private static final int SOME = 5;

  private final Map<String, Fault> faults = new LinkedHashMap<>();

  private FaultySdists() {}

  /** That many: every kind as long as there is room, the rest is sound. */
  static FaultySdists of(LocalIndex index, List<Fault> kinds, int count, Random random) {
    List<Fault> chosen = new ArrayList<>(kinds);
    Collections.shuffle(chosen, random);
    while (chosen.size() < count) {
      chosen.add(random.nextInt(4) == 0 ? Fault.REQUIREMENT : Fault.NONE);
    }
    chosen.subList(count, chosen.size()).clear();
    Collections.shuffle(chosen, random);
    index.wheel("helper", "1.0", "py3-none-any");
    FaultySdists pins = new FaultySdists();
    chosen.forEach(fault -> pins.add(index, fault));
    return pins;
  }

  /** A few kinds: those without which no sample is one, and some others. */
  static List<Fault> someKinds(boolean filesProtected, Random random) {
    List<Fault> others = kinds(filesProtected);
    Collections.shuffle(others, random);
    Set<Fault> some = EnumSet.of(Fault.HANGS, Fault.FORKS, Fault.CUT_SDIST);
    others.stream().limit(SOME).forEach(some::add);
    return List.copyOf(some);
  }

  /** All kinds that any folder of this host can stand. */
  static List<Fault> kinds(boolean filesProtected) {
    List<Fault> kinds = new ArrayList<>(Arrays.asList(Fault.values()));
    kinds.remove(Fault.FILLS_DISK);
    if (!filesProtected) {
      kinds.removeAll(Fault.ATTACKS);
    }
    return kinds;
  }

  /** By the name of the project. */
  Map<String, Fault> faults() {
    return Collections.unmodifiableMap(faults);
  }

  Fault fault(Pin pin) {
    return Objects.requireNonNull(faults.get(pin.name().value()));
  }

  /** Lines of a constraints file: those that are built, or all. */
  String[] lines(boolean all) {
    return faults.entrySet().stream()
        .filter(pin -> all || pin.getValue().isBuilt())
        .map(pin -> pin.getKey() + "===1.0")
        .toArray(String[]::new);
  }

  private void add(LocalIndex index, Fault fault) {
    String name =
        "p%02d-%s"
            .formatted(faults.size(), fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    faults.put(name, fault);
    String distribution = name.replace('-', '_');
    String filename = distribution + "-1.0.tar.gz";
    index.file(name, filename, sdist(distribution, name, fault), "");
    if (fault == Fault.WRONG_HASH) {
      index.damages(name, filename);
    }
  }

  private static byte[] sdist(String distribution, String name, Fault fault) {
    String top = distribution + "-1.0/";
    switch (fault) {
      case TRAVERSAL:
        return SyntheticFiles.tarGz(Map.of(top + "../../escape", "", top + "setup.py", ""));
      case NO_BUILD_FILE:
        return SyntheticFiles.tarGz(Map.of(top + "PKG-INFO", "Metadata-Version: 2.1\n"));
      default:
        List<String> requires = fault == Fault.REQUIREMENT ? List.of("helper") : List.of();
        byte[] whole = SyntheticFiles.sdist(distribution, name, "1.0", fault.script(), requires);
        return fault == Fault.CUT_SDIST ? Arrays.copyOf(whole, whole.length / 2) : whole;
    }
  }
}
