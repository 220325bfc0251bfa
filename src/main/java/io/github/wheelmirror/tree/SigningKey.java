package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.DsseEnvelope.DsseSignature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The private key (Ed25519) that signs what is released; prints nothing of itself. */
public final class SigningKey {
  private final PrivateKey key;
  private final String id;
  private final Duration life;

  private SigningKey(PrivateKey key, String id, Duration life) {
    this.key = key;
    this.id = id;
    this.life = life;
  }

  /**
   * A key whose public half is among the trusted ones: a signature that nobody checks is noticed
   * when it is too late.
   *
   * @param life for how long a signature is good
   * @throws MirrorException (input) if it is not
   */
  public static SigningKey of(PrivateKey key, TrustedKeys trusted, Duration life) {
    byte[] probe = "wheel-mirror".getBytes(StandardCharsets.UTF_8);
    byte[] signature = sign(key, probe);
    for (Map.Entry<String, PublicKey> each : trusted.byId().entrySet()) {
      if (TrustedKeys.isValid(each.getValue(), probe, signature)) {
        return new SigningKey(key, each.getKey(), life);
      }
    }
    throw MirrorException.input(
        "releases cannot be signed",
        trusted.isEmpty()
            ? "<signingKeyFile> is configured and <trustedKeyFiles> is not"
            : "none of <trustedKeyFiles> is the public half of <signingKeyFile>",
        "write it with openssl pkey -in KEY -pubout -out KEY.pub, and name KEY.pub in"
            + " <trustedKeyFiles>");
  }

  /** For how long a signature is good. */
  public Duration life() {
    return life;
  }

  /** Signs these bytes as that type. */
  public DsseEnvelope sign(String payloadType, byte[] payload) {
    byte[] signature = sign(key, DsseEnvelope.encoding(payloadType, payload));
    return new DsseEnvelope(
        payloadType,
        Base64.getEncoder().encodeToString(payload),
        List.of(new DsseSignature(id, Base64.getEncoder().encodeToString(signature))));
  }

  private static byte[] sign(PrivateKey key, byte[] bytes) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw MirrorException.input(
          "releases cannot be signed",
          "<signingKeyFile> is no Ed25519 key: " + e.getMessage(),
          "make one with openssl genpkey -algorithm ed25519 -out KEY");
    }
  }
}
