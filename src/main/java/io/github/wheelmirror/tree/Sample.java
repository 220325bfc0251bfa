package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Pin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses a few pins as by lot, but the same ones for the same seed, whatever the Java or the order
 * in which they come.
 *
 * @param size how many pins of each branch on each Python
 * @param seed another one chooses others
 */
public record Sample(int size, String seed) {

  /**
   * The sample of one branch on one Python. Half of it are own wheels if there are so many: they
   * are few, and nobody else has tried them.
   *
   * @param own whether the mirror built the pin's wheel
   */
  public List<Pin> of(String branch, String python, Collection<Pin> pins, Predicate<Pin> own) {
    List<Pin> lots =
        pins.stream()
            .sorted(
                Comparator.comparing((Pin pin) -> lot(branch, python, pin))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    List<Pin> chosen = new ArrayList<>(lots.stream().filter(own).limit((size + 1) / 2).toList());
    lots.stream()
        .filter(pin -> !chosen.contains(pin))
        .limit(Math.max(0, size - chosen.size()))
        .toList()
        .forEach(chosen::add);
    return chosen.stream().sorted().toList();
  }

  private String lot(String branch, String python, Pin pin) {
    String text = String.join("\n", seed, branch, python, pin.toString());
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
