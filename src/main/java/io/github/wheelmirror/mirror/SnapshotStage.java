package io.github.wheelmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is staged: {@code snapshot.json}.
 *
 * @param schemaVersion {@link Workspace#SCHEMA_VERSION}
 * @param report sha256 of the {@code build-report.json} that it was made from
 * @param channels one per platform slug, sorted
 */
public record SnapshotStage(int schemaVersion, String report, List<Channel> channels) {

  public SnapshotStage {
    channels = List.copyOf(channels);
  }

  /** The staged snapshot of a channel: its id is the sha256 of its manifest. */
  public record Channel(String slug, String snapshot) {}

  /** The snapshot ids by slug. */
  Map<String, String> ids() {
    Map<String, String> ids = new TreeMap<>();
    channels.forEach(channel -> ids.put(channel.slug(), channel.snapshot()));
    return ids;
  }
}
