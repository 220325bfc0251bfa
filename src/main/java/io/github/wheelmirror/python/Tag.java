package io.github.wheelmirror.python;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One compatibility tag: interpreter, ABI and platform, lower-cased (PEP 425).
 *
 * @param interpreter implementation and version, for example {@code cp311} or {@code py3}
 * @param abi for example {@code cp311}, {@code abi3} or {@code none}
 * @param platform for example {@code manylinux_2_17_x86_64} or {@code any}
 */
public record Tag(String interpreter, String abi, String platform) implements Comparable<Tag> {

  /** A compressed tag set that stands for more tags than this is refused. */
  public static final int MAX_SET_SIZE = 10_000;

  private static final Comparator<Tag> ORDER =
      Comparator.comparing(Tag::interpreter).thenComparing(Tag::abi).thenComparing(Tag::platform);

  /**
   * Lower-cases and checks the three parts.
   *
   * @throws InvalidTagException if a part is empty or has a dash or a dot, or the interpreter is
   *     not an identifier
   */
  public Tag {
    interpreter = part(interpreter);
    abi = part(abi);
    platform = part(platform);
    if (!PythonUnicode.isIdentifier(interpreter)) {
      throw new InvalidTagException(interpreter, "the interpreter is not an identifier");
    }
  }

  private static String part(String text) {
    if (text.isEmpty() || text.indexOf('-') >= 0 || text.indexOf('.') >= 0) {
      throw new InvalidTagException(text, "a part is empty or has a dash or a dot");
    }
    return PythonText.lower(text);
  }

  /**
   * Reads one tag such as {@code cp311-cp311-linux_x86_64}.
   *
   * @throws InvalidTagException also for a compressed tag set
   */
  @JsonCreator
  public static Tag parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new InvalidTagException(text, "it does not have three parts");
    }
    return new Tag(parts[0], parts[1], parts[2]);
  }

  /**
   * Expands a compressed tag set such as {@code py2.py3-none-any}.
   *
   * @return the tags, unmodifiable, in natural order
   * @throws InvalidTagException as packaging 26.3 {@code parse_tag}, and for sets of more than
   *     {@link #MAX_SET_SIZE} tags
   */
  public static SortedSet<Tag> parseSet(String text) {
    List<List<String>> parts = split(text);
    long size = 1;
    for (List<String> part : parts) {
      size *= part.size();
      if (size > MAX_SET_SIZE) {
        throw new InvalidTagException(
            text, "the set stands for more than " + MAX_SET_SIZE + " tags");
      }
    }
    SortedSet<Tag> tags = new TreeSet<>();
    for (String interpreter : parts.get(0)) {
      for (String abi : parts.get(1)) {
        for (String platform : parts.get(2)) {
          tags.add(new Tag(interpreter, abi, platform));
        }
      }
    }
    return Collections.unmodifiableSortedSet(tags);
  }

  /**
   * The normal form of a compressed tag set: lower case, members of each part sorted and without
   * duplicates, as PEP 425 asks of new files.
   *
   * @throws InvalidTagException as {@link #parseSet(String)}
   */
  public static String normalizeSet(String text) {
    parseSet(text);
    List<String> parts = new ArrayList<>();
    for (List<String> part : split(text)) {
      SortedSet<String> members = new TreeSet<>(PythonText::compare);
      part.forEach(member -> members.add(PythonText.lower(member)));
      parts.add(String.join(".", members));
    }
    return String.join("-", parts);
  }

  /** Whether the members of each part are in ascending order, as PEP 425 asks of new files. */
  static boolean isSortedSet(String text) {
    return split(text).stream()
        .allMatch(part -> part.equals(part.stream().sorted(PythonText::compare).toList()));
  }

  private static List<List<String>> split(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new InvalidTagException(text, "it does not have three parts");
    }
    return Arrays.stream(parts).map(part -> List.of(part.split("\\.", -1))).toList();
  }

  /** Whether every CPython, on every platform, may use it: {@code *-none-any}. */
  public boolean isPure() {
    return abi.equals("none") && platform.equals("any");
  }

  @Override
  public int compareTo(Tag other) {
    return ORDER.compare(this, other);
  }

  /** As a record's, but without the run-time search for how: sets of tags are filled at start. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tag that
        && platform.equals(that.platform)
        && abi.equals(that.abi)
        && interpreter.equals(that.interpreter);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * interpreter.hashCode() + abi.hashCode()) + platform.hashCode();
  }

  /** Interpreter, ABI and platform joined with dashes. */
  @JsonValue
  @Override
  public String toString() {
    return interpreter + "-" + abi + "-" + platform;
  }
}
