package io.github.wheelmirror.constraints;

import java.util.regex.Pattern;

/**
 * A ref of a repository and the commit it stands for.
 *
 * @param name the full name, {@code refs/heads/master}
 * @param commit 40 (or 64) lower-case hexadecimal digits
 */
public record GitRef(String name, String commit) {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

  public GitRef {
    if (!name.startsWith("refs/") || name.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException("not a full ref name: " + name);
    }
    if (!COMMIT.matcher(commit).matches()) {
      throw new IllegalArgumentException("not a commit: " + commit);
    }
  }
}
