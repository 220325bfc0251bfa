package io.github.wheelmirror.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The local store of finished wheels, by content: {@code pool/} as in a published tree, so that
 * staging a release copies paths as they are.
 */
public final class Wheelhouse {

  private final Path root;

  /** The store in this folder, which need not exist yet. */
  public Wheelhouse(Path root) {
    this.root = Objects.requireNonNull(root);
  }

  /** The wheel, if the store has it. */
  public Optional<Path> path(String sha256, String filename) {
    return existing(TreeLayout.wheel(sha256, filename));
  }

  /** The wheel's metadata file (PEP 658), if the store has it. */
  public Optional<Path> metadata(String sha256, String filename) {
    return existing(TreeLayout.metadata(sha256, filename));
  }

  private Optional<Path> existing(String path) {
    return Optional.of(root.resolve(path)).filter(Files::isRegularFile);
  }
}
