package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Pin;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How many sources of an installed wheel its Python can compile to bytecode.
 *
 * @param compiled how many files can be compiled
 * @param failed how many cannot
 * @param skipped how many were not tried: too large, or the time was up
 * @param files the first ones that cannot, as {@code RECORD} names them; not all if they are many
 * @param line where in the first of them, from 1; 0 if that is not known
 * @param words what Python said of that one, {@code ""} if all can
 */
public record CompiledSources(
    Pin pin, int compiled, int failed, int skipped, List<String> files, int line, String words)
    implements Comparable<CompiledSources> {

  private static final Comparator<CompiledSources> ORDER =
      Comparator.comparing(CompiledSources::pin);

  public CompiledSources {
    Objects.requireNonNull(pin);
    files = List.copyOf(files);
    Objects.requireNonNull(words);
    if (compiled < 0 || failed < files.size() || skipped < 0 || line < 0) {
      throw new IllegalArgumentException("not the numbers of the sources of " + pin);
    }
    if (files.isEmpty() != (failed == 0)) {
      throw new IllegalArgumentException("a source of " + pin + " cannot be compiled: which one?");
    }
  }

  @Override
  public int compareTo(CompiledSources other) {
    return ORDER.compare(this, other);
  }
}
