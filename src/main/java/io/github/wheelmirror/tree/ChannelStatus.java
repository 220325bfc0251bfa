package io.github.wheelmirror.tree;

import java.util.Objects;
import java.util.Optional;

/**
 * A channel of a region, for the status report.
 *
 * @param slug the channel
 * @param release what is served; empty before the first release
 * @param previous what was served before; "" for nothing
 * @param interrupted the snapshot of a flip that a killed run left open, "" for none; the next
 *     deploy ends it
 * @param files wheels that the release lists
 * @param signature what the look at its signature found
 */
public record ChannelStatus(
    String slug,
    Optional<Release> release,
    String previous,
    String interrupted,
    int files,
    SignatureState signature) {

  public ChannelStatus {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(release);
    Objects.requireNonNull(previous);
    Objects.requireNonNull(interrupted);
    Objects.requireNonNull(signature);
  }

  /** One that has no release yet. */
  public static ChannelStatus unreleased(String slug, String interrupted) {
    return new ChannelStatus(slug, Optional.empty(), "", interrupted, 0, SignatureState.NOT_ASKED);
  }

  /** The id of what is served; "" before the first release. */
  public String snapshot() {
    return release.map(Release::snapshot).orElse("");
  }

  /** The channel's release number; 0 before the first. */
  public long serial() {
    return release.map(Release::serial).orElse(0L);
  }

  /** ISO instant of the release; "" before the first. */
  public String released() {
    return release.map(Release::released).orElse("");
  }
}
