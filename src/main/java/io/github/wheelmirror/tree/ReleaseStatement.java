package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the signature of a channel's {@code current.json} says: this is the current release until
 * then. A mirror that is frozen by somebody, or that nobody releases to any more, is noticed by the
 * end of it.
 *
 * @param expires ISO 8601 instant
 */
public record ReleaseStatement(
    int schemaVersion, String slug, String snapshot, long serial, String expires) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  /** Its media type in the envelope. */
  public static final String TYPE = "application/vnd.wheel-mirror.release+json";

  public ReleaseStatement {
    Require.schema(schemaVersion, SCHEMA_VERSION, "a signed release");
    TreeLayout.slug(slug);
    Require.digest(snapshot, "a snapshot's id");
    Objects.requireNonNull(expires);
  }

  /** Signs that a release is current. */
  public static DsseEnvelope sign(SigningKey key, Release release, Instant now) {
    Instant end = now.plus(key.life()).truncatedTo(ChronoUnit.SECONDS);
    return key.sign(
        TYPE,
        Json.write(
            new ReleaseStatement(
                SCHEMA_VERSION,
                release.slug(),
                release.snapshot(),
                release.serial(),
                end.toString())));
  }

  /**
   * Looks at a signature.
   *
   * @param envelope null for none
   */
  public static SignatureState state(
      TrustedKeys keys, @Nullable DsseEnvelope envelope, Release release, Instant now) {
    if (keys.isEmpty()) {
      return SignatureState.NOT_ASKED;
    }
    if (envelope == null) {
      return new SignatureState(SignatureState.Kind.MISSING, "");
    }
    Optional<ReleaseStatement> said = keys.verified(envelope, TYPE).flatMap(ReleaseStatement::read);
    if (said.isEmpty()) {
      return new SignatureState(SignatureState.Kind.INVALID, "no trusted key made it");
    }
    ReleaseStatement statement = said.get();
    if (!statement.slug().equals(release.slug())
        || !statement.snapshot().equals(release.snapshot())
        || statement.serial() != release.serial()) {
      return new SignatureState(
          SignatureState.Kind.INVALID,
          "it is of %s %s (release %d)"
              .formatted(statement.slug(), statement.snapshot(), statement.serial()));
    }
    try {
      return new SignatureState(
          Instant.parse(statement.expires()).isAfter(now)
              ? SignatureState.Kind.VALID
              : SignatureState.Kind.EXPIRED,
          statement.expires());
    } catch (DateTimeException e) {
      return new SignatureState(SignatureState.Kind.INVALID, "its end is no time");
    }
  }

  /** Whether less than half of the life of a valid signature is left, or it is none. */
  public static boolean isDue(SigningKey key, SignatureState state, Instant now) {
    Duration half = key.life().dividedBy(2);
    return state.kind() != SignatureState.Kind.VALID
        || Instant.parse(state.words()).isBefore(now.plus(half));
  }

  private static Optional<ReleaseStatement> read(byte[] json) {
    try {
      return Optional.of(Json.read(json, ReleaseStatement.class, "a signature"));
    } catch (MirrorException e) {
      // signed by a trusted key, but of a shape that this version does not know
      return Optional.empty();
    }
  }
}
