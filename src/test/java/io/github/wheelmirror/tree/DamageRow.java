package io.github.wheelmirror.tree;

import io.github.wheelmirror.tree.ForgedWheel.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One way in which a wheel is broken.
 *
 * @param mirrored what must be found in upstream's wheel, as {@code error wheel-record-hash},
 *     sorted; nothing else may be
 * @param own what must be found in an own build
 */
record DamageRow(
    String name,
    Set<Kind> kinds,
    Consumer<ForgedWheel> damage,
    List<String> mirrored,
    List<String> own) {

  static final Set<Kind> ALL = Set.of(Kind.values());
  static final Set<Kind> PURE = Set.of(Kind.PURE, Kind.DATA);
  static final Set<Kind> COMPILED = Set.of(Kind.EXTENSION, Kind.ABI3);

  /**
   * A row.
   *
   * @param found {@code error …}, {@code warning …} or {@code info …} for both; {@code untidy …}
   *     for an info of upstream's and a warning of an own build; {@code own …} for an info of
   *     upstream's and an error of an own build
   */
  static DamageRow of(String name, Set<Kind> kinds, Consumer<ForgedWheel> damage, String... found) {
    return new DamageRow(
        name, kinds, damage, said(found, "info ", "info "), said(found, "warning ", "error "));
  }

  /** A row whose findings are worded in full, as they differ by who made the wheel. */
  static DamageRow differing(
      String name,
      Set<Kind> kinds,
      Consumer<ForgedWheel> damage,
      List<String> mirrored,
      List<String> own) {
    return new DamageRow(name, kinds, damage, mirrored, own);
  }

  private static List<String> said(String[] found, String untidy, String own) {
    List<String> said = new ArrayList<>();
    for (String each : Arrays.asList(found)) {
      said.add(
          each.replaceFirst("^untidy ", untidy)
              .replaceFirst("^own ", own)
              .replace(" ", " wheel-")
              .replace("wheel-!", ""));
    }
    return said.stream().sorted().toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
