package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.SignatureState.Kind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Release RELEASE =
      new Release("debian-12-x86_64", "a".repeat(64), 7, NOW.toString());

  private final KeyPair pair = pair();
  private final TrustedKeys trusted = new TrustedKeys(List.of(pair.getPublic()));
  private final SigningKey key = SigningKey.of(pair.getPrivate(), trusted, Duration.ofDays(30));

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every JDK has Ed25519", e);
    }
  }

  /** The example of the protocol's text. */
  @Test
  void whatIsSignedIsThePreAuthenticationEncoding() {
    assertThat(
            new String(
                DsseEnvelope.encoding(
                    "http://example.com/HelloWorld",
                    "hello world".getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void aSignatureIsGoodForItsReleaseUntilItsEnd() {
    DsseEnvelope signed = ReleaseStatement.sign(key, RELEASE, NOW);
    assertThat(state(trusted, signed, RELEASE, NOW))
        .isEqualTo(new SignatureState(Kind.VALID, "2026-12-01T00:00:00Z"));
    assertThat(state(trusted, signed, RELEASE, NOW.plus(Duration.ofDays(30))).kind())
        .isEqualTo(Kind.EXPIRED);
    Release next = new Release(RELEASE.slug(), RELEASE.snapshot(), 8, RELEASE.released());
    assertThat(state(trusted, signed, next, NOW).kind()).isEqualTo(Kind.INVALID);
    Release other = new Release("alpine-3-x86_64", RELEASE.snapshot(), 7, RELEASE.released());
    assertThat(state(trusted, signed, other, NOW).kind()).isEqualTo(Kind.INVALID);
    assertThat(state(TrustedKeys.NONE, signed, RELEASE, NOW).kind()).isEqualTo(Kind.NOT_ASKED);
    TrustedKeys others = new TrustedKeys(List.of(pair().getPublic()));
    assertThat(state(others, signed, RELEASE, NOW).kind()).isEqualTo(Kind.INVALID);
    TrustedKeys both = new TrustedKeys(List.of(pair().getPublic(), pair.getPublic()));
    assertThat(state(both, signed, RELEASE, NOW).kind()).isEqualTo(Kind.VALID);
  }

  private static SignatureState state(
      TrustedKeys keys, DsseEnvelope signed, Release release, Instant now) {
    return ReleaseStatement.state(keys, signed, release, now);
  }

  @Test
  void noBitOfItCanBeChanged() {
    DsseEnvelope signed = ReleaseStatement.sign(key, RELEASE, NOW);
    byte[] payload = Base64.getDecoder().decode(signed.payload());
    for (int i = 0; i < payload.length; i++) {
      byte[] changed = payload.clone();
      changed[i] ^= 1;
      DsseEnvelope forged =
          new DsseEnvelope(
              signed.payloadType(),
              Base64.getEncoder().encodeToString(changed),
              signed.signatures());
      assertThat(trusted.verified(forged, ReleaseStatement.TYPE)).as("byte " + i).isEmpty();
    }
    assertThat(trusted.verified(signed, "application/json")).isEmpty();
    assertThat(
            trusted.verified(
                new DsseEnvelope("application/json", signed.payload(), signed.signatures()),
                "application/json"))
        .as("the type is signed too")
        .isEmpty();
    DsseEnvelope damaged =
        new DsseEnvelope(signed.payloadType(), signed.payload() + "!", signed.signatures());
    assertThat(trusted.verified(damaged, ReleaseStatement.TYPE)).isEmpty();
    DsseEnvelope shortened =
        new DsseEnvelope(
            signed.payloadType(),
            signed.payload(),
            List.of(new DsseEnvelope.DsseSignature(signed.signatures().get(0).keyid(), "AAAA")));
    assertThat(trusted.verified(shortened, ReleaseStatement.TYPE)).isEmpty();
  }

  @Test
  void itIsDueWhenLessThanHalfIsLeft() {
    DsseEnvelope signed = ReleaseStatement.sign(key, RELEASE, NOW);
    Instant half = NOW.plus(Duration.ofDays(15));
    assertThat(ReleaseStatement.isDue(key, state(trusted, signed, RELEASE, NOW), NOW)).isFalse();
    assertThat(ReleaseStatement.isDue(key, state(trusted, signed, RELEASE, half), half)).isFalse();
    Instant more = half.plusSeconds(1);
    assertThat(ReleaseStatement.isDue(key, state(trusted, signed, RELEASE, more), more)).isTrue();
    assertThat(ReleaseStatement.isDue(key, new SignatureState(Kind.MISSING, ""), NOW)).isTrue();
  }

  @Test
  void aKeyThatNobodyTrustsSignsNothing() {
    assertThatThrownBy(() -> SigningKey.of(pair.getPrivate(), TrustedKeys.NONE, Duration.ofDays(1)))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("<trustedKeyFiles> is not");
    assertThatThrownBy(() -> SigningKey.of(pair().getPrivate(), trusted, Duration.ofDays(1)))
        .hasMessageContaining("none of <trustedKeyFiles> is the public half");
  }

  @Test
  void filesThatAreNoKeysAreRefusedWithoutTheirContent() {
    for (String text :
        List.of(
            "",
            "hunter2",
            "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\naHVudGVyMg==\n"
                + "-----END ENCRYPTED PRIVATE KEY-----\n")) {
      byte[] pem = text.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> PemKey.privateKey(pem, new Secret("x")))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("hunter2")
          .doesNotContain("aHVudGVyMg");
      assertThatThrownBy(() -> PemKey.publicKey(pem)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
