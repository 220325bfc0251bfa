package io.github.wheelmirror.constraints;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A release series in order of time: names by their letter, and all of them before numbered ones
 * (... yoga, zed, 2023.1, 2023.2 ...).
 *
 * @param numbers the parts of a number; empty for a name
 * @param name lower case; for a number what follows it
 */
record Series(List<BigInteger> numbers, String name) implements Comparable<Series> {

  Series {
    numbers = List.copyOf(numbers);
  }

  static Series of(String text) {
    List<BigInteger> numbers = new ArrayList<>();
    String[] parts = text.split("\\.", -1);
    int used = 0;
    while (used < parts.length && parts[used].matches("[0-9]+")) {
      numbers.add(new BigInteger(parts[used++]));
    }
    String rest = String.join(".", List.of(parts).subList(used, parts.length));
    return new Series(numbers, rest.toLowerCase(Locale.ROOT));
  }

  @Override
  public int compareTo(Series other) {
    for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
      int part = numbers.get(i).compareTo(other.numbers.get(i));
      if (part != 0) {
        return part;
      }
    }
    int length = Integer.compare(numbers.size(), other.numbers.size());
    return length != 0 ? length : name.compareTo(other.name);
  }
}
