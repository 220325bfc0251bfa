package io.github.wheelmirror.tree;

import java.util.Objects;

/**
 * A channel of a region, for the status report.
 *
 * @param slug the channel
 * @param snapshot what is served; "" before the first release
 * @param serial the channel's release number, 0 before the first
 * @param released ISO instant, "" before the first release
 * @param previous what was served before; "" for nothing
 * @param interrupted the snapshot of a flip that a killed run left open, "" for none; the next
 *     deploy ends it
 * @param files wheels that the release lists
 * @param signature what the look at its signature found
 */
public record ChannelStatus(
    String slug,
    String snapshot,
    long serial,
    String released,
    String previous,
    String interrupted,
    int files,
    SignatureState signature) {

  public ChannelStatus {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(snapshot);
    Objects.requireNonNull(released);
    Objects.requireNonNull(previous);
    Objects.requireNonNull(interrupted);
    Objects.requireNonNull(signature);
  }

  /** One that has no release yet. */
  public static ChannelStatus unreleased(String slug, String interrupted) {
    return new ChannelStatus(slug, "", 0, "", "", interrupted, 0, SignatureState.NOT_ASKED);
  }
}
