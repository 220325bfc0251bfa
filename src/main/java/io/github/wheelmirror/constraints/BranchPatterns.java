package io.github.wheelmirror.constraints;

import java.util.List;

/**
 * Which branches are mirrored: patterns over the short name ({@code stable/*}) or the full one
 * ({@code refs/heads/stable/*}); {@code *} stands for any run of characters, {@code ?} for one.
 *
 * <p>Tags are matched by their exact name, by a pattern that ends with {@code -eol}, {@code -eom}
 * or {@code -em}, or by their full name.
 *
 * @param include what is wanted; empty for {@code master} and {@code stable/*}
 * @param exclude what is left out of it
 * @param retired branches that are given up: left out, and not missed when they vanish
 */
public record BranchPatterns(List<String> include, List<String> exclude, List<String> retired) {

  private static final List<String> DEFAULTS = List.of("master", "stable/*");

  public BranchPatterns {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    retired = List.copyOf(retired);
  }

  /** {@code master} and {@code stable/*}. */
  public static BranchPatterns defaults() {
    return new BranchPatterns(List.of(), List.of(), List.of());
  }

  /** The include patterns in force. */
  List<String> wanted() {
    return include.isEmpty() ? DEFAULTS : include;
  }
}
