package io.github.wheelmirror.selection;

/** A tool on a target, ready to choose; a pure function, safe for threads. */
public sealed interface Selector permits PipSelector, UvSelector {

  /**
   * The file that the tool takes first for a requirement, and why each other one lost. A later step
   * of the real tool may still refuse the file: metadata that contradicts its name, a hash that was
   * not told, a conflict with another project.
   */
  Explanation explain(SelectionRequest request);
}
