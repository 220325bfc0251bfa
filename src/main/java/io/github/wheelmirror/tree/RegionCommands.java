package io.github.wheelmirror.tree;

import java.util.Objects;

/**
 * Commands of the operator that make what was written to a region visible to its clients, such as
 * {@code vos release}; each a line for the shell, "" for none.
 *
 * @param afterStage after new wheels, pages and the snapshot were written, before anything relies
 *     on them
 * @param afterFlip after a channel's pointer moved
 * @param afterPrune after snapshots or files were removed
 */
public record RegionCommands(String afterStage, String afterFlip, String afterPrune) {
  /** A region whose clients see what is written. */
  public static final RegionCommands NONE = new RegionCommands("", "", "");

  public RegionCommands {
    Objects.requireNonNull(afterStage);
    Objects.requireNonNull(afterFlip);
    Objects.requireNonNull(afterPrune);
  }
}
