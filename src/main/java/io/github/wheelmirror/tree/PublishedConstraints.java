package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.BranchState;
import io.github.wheelmirror.constraints.Resolution;
import io.github.wheelmirror.constraints.ResolvedBranch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the constraints file of each branch for clients. */
final class PublishedConstraints {

  private static final Pattern PYTHON = Pattern.compile("[a-z]+([0-9])([0-9]+)[a-z]*");

  private PublishedConstraints() {}

  /** Content by path within the snapshot; a branch without constraints has none. */
  static Map<String, byte[]> of(
      Resolution resolution, List<ManifestServed> served, List<String> pythons) {
    Map<String, byte[]> documents = new TreeMap<>();
    for (ResolvedBranch branch : resolution.branches()) {
      List<String> lines =
          branch.state() == BranchState.HELD
              ? held(branch.name(), served, pythons)
              : branch.constraints();
      if (!lines.isEmpty()) {
        String text = String.join("\n", lines) + "\n";
        documents.put(TreeLayout.constraints(branch.name()), text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return documents;
  }

  /** A held branch's own lines are refused or unreadable, so they are made from its last pins. */
  private static List<String> held(
      String branch, List<ManifestServed> served, List<String> pythons) {
    Map<String, TreeSet<String>> pins = new HashMap<>();
    for (ManifestServed each : served) {
      if (each.branch().equals(branch)) {
        pins.computeIfAbsent(each.pin().toString(), pin -> new TreeSet<>(Manifest.PYTHON_ORDER))
            .addAll(each.pythons());
      }
    }
    List<String> lines = new ArrayList<>();
    new TreeMap<>(pins)
        .forEach((pin, on) -> lines.add(on.containsAll(pythons) ? pin : pin + marker(on)));
    return lines;
  }

  private static String marker(Set<String> pythons) {
    return pythons.stream()
        .map(PublishedConstraints::version)
        .flatMap(Optional::stream)
        .distinct()
        .map(version -> "python_version=='" + version + "'")
        .collect(Collectors.joining(" or ", ";", ""));
  }

  /** {@code 3.12} of {@code cp312}, as markers spell it. */
  static Optional<String> version(String python) {
    Matcher matcher = PYTHON.matcher(python);
    return matcher.matches()
        ? Optional.of(matcher.group(1) + "." + matcher.group(2))
        : Optional.empty();
  }
}
