package io.github.wheelmirror.publish;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.tree.DsseEnvelope;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseStatement;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Signing;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The content of {@code current.json}: for people and scripts that want the pinned URL; the pointer
 * decides.
 *
 * @param schemaVersion 1
 * @param slug the channel
 * @param snapshot the id of what is current
 * @param serial the channel's release number
 * @param previous the id of what was current before; "" for the first release
 * @param released ISO instant
 * @param signatures that say so until when, see {@link ReleaseStatement}; empty if nobody signs
 * @param origin as of the {@link Release}; left out where it is ""
 */
record CurrentRelease(
    int schemaVersion,
    String slug,
    String snapshot,
    long serial,
    String previous,
    String released,
    List<DsseEnvelope> signatures,
    @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String origin) {
  private static final int SCHEMA_VERSION = 1;

  CurrentRelease {
    Objects.requireNonNull(slug);
    Objects.requireNonNull(snapshot);
    Objects.requireNonNull(previous);
    Objects.requireNonNull(released);
    signatures = List.copyOf(signatures);
    Objects.requireNonNull(origin);
  }

  /**
   * Of a release, signed if there is a key.
   *
   * @param previous the id of what was current before; "" for nothing
   */
  static CurrentRelease of(Release release, String previous, Signing signing, Instant now) {
    return new CurrentRelease(
        SCHEMA_VERSION,
        release.slug(),
        release.snapshot(),
        release.serial(),
        previous,
        release.released(),
        signing.key().map(key -> ReleaseStatement.sign(key, release, now)).stream().toList(),
        release.origin());
  }

  /** What its signature is worth for a release. */
  SignatureState state(Signing signing, Release of, Instant now) {
    return ReleaseStatement.state(
        signing.trusted(), signatures.isEmpty() ? null : signatures.get(0), of, now);
  }

  /** The release. */
  Release release() {
    return new Release(slug, snapshot, serial, released, origin);
  }
}
