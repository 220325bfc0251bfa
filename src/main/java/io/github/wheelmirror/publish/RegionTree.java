package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.ChannelStatus;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A released tree as a server shows it: all of its root but the state of running releases. */
public final class RegionTree implements ServedTree {
  private final RegionSettings settings;

  /** The tree in the region's folder. */
  public RegionTree(RegionSettings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Path> find(List<String> names) throws IOException {
    return names.isEmpty() || names.get(0).equals(TreeLayout.STATE)
        ? Optional.empty()
        : within(settings.root(), settings.root(), names);
  }

  @Override
  public boolean isGone(List<String> names) {
    return TreeLayout.poolDigest(names)
        .filter(
            digest -> Files.isDirectory(settings.root().resolve(TreeLayout.quarantined(digest))))
        .isPresent();
  }

  @Override
  public List<Channel> channels() {
    List<Channel> channels = new ArrayList<>();
    for (ChannelStatus status : new DirectoryRegion(settings).status()) {
      if (!status.snapshot().isEmpty()) {
        channels.add(new Channel(status.slug(), status.snapshot()));
      }
    }
    return channels;
  }

  /**
   * The file below {@code start}, if its real path lies below {@code limit}: the tree's own links
   * stay inside, any other one is as if it were not there.
   */
  static Optional<Path> within(Path limit, Path start, List<String> names) throws IOException {
    Path path = start;
    for (String name : names) {
      path = path.resolve(name);
    }
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      // resolved once: what is read is of one release even if the pointer moves meanwhile
      Path real = path.toRealPath();
      return real.startsWith(limit.toRealPath()) ? Optional.of(real) : Optional.empty();
    } catch (FileSystemException e) {
      // went away between the two looks, or a loop of links
      return Optional.empty();
    }
  }
}
