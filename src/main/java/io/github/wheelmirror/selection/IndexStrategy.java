package io.github.wheelmirror.selection;

import io.github.wheelmirror.EnumText;

/** How uv searches several indexes ({@code --index-strategy}). */
public enum IndexStrategy {
  /** Only the first index that has the project is used; the default. */
  FIRST_INDEX,
  /** All versions of the first index are tried before those of the next. */
  UNSAFE_FIRST_MATCH,
  /** The best version of all indexes. */
  UNSAFE_BEST_MATCH;

  /** As uv's option spells it. */
  @Override
  public String toString() {
    return EnumText.of(this);
  }
}
