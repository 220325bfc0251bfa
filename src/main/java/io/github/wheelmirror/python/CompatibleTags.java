package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags that an interpreter on a platform supports, best first (PEP 425, 600, 656, 730, 738,
 * 783, 803).
 */
public final class CompatibleTags {

  private final List<Tag> tags;
  private final Map<Tag, Integer> priorities;

  private CompatibleTags(List<Tag> tags) {
    this.tags = List.copyOf(tags);
    this.priorities = new HashMap<>();
    for (int i = 0; i < this.tags.size(); i++) {
      priorities.putIfAbsent(this.tags.get(i), i);
    }
  }

  /** The given tags, best first. */
  public static CompatibleTags of(List<Tag> tags) {
    return new CompatibleTags(tags);
  }

  /**
   * What the interpreter supports on the platform, in the order of packaging's {@code sys_tags()}
   * of the given rules.
   */
  public static CompatibleTags of(Interpreter interpreter, Platform platform, TagRules rules) {
    List<String> platforms = platform.tags(rules);
    List<Tag> tags = new ArrayList<>();
    for (Interpreter.NamedAbi each : interpreter.loadable()) {
      platforms.forEach(p -> tags.add(new Tag(each.interpreter(), each.abi(), p)));
    }
    for (String pure : interpreter.purePythons()) {
      platforms.forEach(p -> tags.add(new Tag(pure, "none", p)));
    }
    interpreter.ownPureName().forEach(name -> tags.add(new Tag(name, "none", "any")));
    interpreter.purePythons().forEach(name -> tags.add(new Tag(name, "none", "any")));
    return new CompatibleTags(tags);
  }

  /**
   * These tags in the order that other rules give them: among the platforms of one interpreter and
   * ABI, native {@code linux_*} moves to the front or to the end. For a list whose own rules are
   * not known.
   */
  public CompatibleTags reordered(TagRules rules) {
    List<Tag> ordered = new ArrayList<>();
    for (int start = 0; start < tags.size(); ) {
      int end = start + 1;
      while (end < tags.size() && sameButPlatform(tags.get(start), tags.get(end))) {
        end++;
      }
      List<Tag> run = tags.subList(start, end);
      run.stream().filter(tag -> rules.isFirst(tag.platform())).forEach(ordered::add);
      run.stream().filter(tag -> rules.isBetween(tag.platform())).forEach(ordered::add);
      run.stream().filter(tag -> rules.isLast(tag.platform())).forEach(ordered::add);
      start = end;
    }
    return new CompatibleTags(ordered.stream().map(rules::named).toList());
  }

  private static boolean sameButPlatform(Tag one, Tag other) {
    return one.interpreter().equals(other.interpreter()) && one.abi().equals(other.abi());
  }

  /** All tags, best first. */
  public List<Tag> tags() {
    return tags;
  }

  /** Whether a wheel with this tag can be installed. */
  public boolean supports(Tag tag) {
    return priorities.containsKey(tag);
  }

  /**
   * How good the best of a wheel's tags is: its index in {@link #tags()}, smaller is better; empty
   * if none is supported.
   */
  public OptionalInt priority(Set<Tag> wheelTags) {
    int best = Integer.MAX_VALUE;
    for (Tag tag : wheelTags) {
      best = Math.min(best, priorities.getOrDefault(tag, Integer.MAX_VALUE));
    }
    return best == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(best);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompatibleTags that && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return tags.hashCode();
  }

  /** The number of tags and the best one. */
  @Override
  public String toString() {
    return tags.size() + " tags" + (tags.isEmpty() ? "" : ", best " + tags.get(0));
  }
}
