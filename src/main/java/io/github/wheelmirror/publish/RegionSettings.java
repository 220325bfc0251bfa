package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.PublicUrl;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How one directory region is configured.
 *
 * @param name the region's name, for messages
 * @param root the folder of the published tree
 * @param url where clients see that folder, such as {@code https://mirror.example/wheel/}; "" if
 *     nobody knows, then no client configuration is written
 * @param lockWait how long to wait for another run
 * @param commands what the operator wants to be run
 * @param signing who signs what is released
 * @param network how the URL is reached from here
 */
public record RegionSettings(
    String name,
    Path root,
    String url,
    Duration lockWait,
    RegionCommands commands,
    Signing signing,
    HostNetwork network) {
  /** Long enough for a release of some gigabytes. */
  public static final Duration LOCK_WAIT = Duration.ofMinutes(10);

  public RegionSettings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(root);
    Objects.requireNonNull(lockWait);
    Objects.requireNonNull(commands);
    Objects.requireNonNull(signing);
    Objects.requireNonNull(network);
    url = url.isEmpty() || url.endsWith("/") ? url : url + "/";
    if (!url.isEmpty()) {
      PublicUrl.require(name, url);
    }
  }

  /** A region whose URL nobody knows, with the usual wait. */
  public RegionSettings(String name, Path root) {
    this(name, root, "", LOCK_WAIT);
  }

  /** A region whose clients see what is written. */
  public RegionSettings(String name, Path root, String url, Duration lockWait) {
    this(name, root, url, lockWait, RegionCommands.NONE);
  }

  /** A region whose releases nobody signs. */
  public RegionSettings(
      String name, Path root, String url, Duration lockWait, RegionCommands commands) {
    this(name, root, url, lockWait, commands, Signing.NONE);
  }

  /** A region whose URL is reached as Java does without any settings. */
  public RegionSettings(
      String name,
      Path root,
      String url,
      Duration lockWait,
      RegionCommands commands,
      Signing signing) {
    this(name, root, url, lockWait, commands, signing, HostNetwork.PLAIN);
  }
}
