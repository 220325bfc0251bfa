package io.github.wheelmirror.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Signed bytes with their signatures, as the DSSE protocol (v1.0) writes them in JSON.
 *
 * @param payloadType a media type: what the payload is
 * @param payload the signed bytes in Base64
 */
public record DsseEnvelope(String payloadType, String payload, List<DsseSignature> signatures) {

  /**
   * One signature.
   *
   * @param keyid the sha256 of the public key's DER form (X.509 SubjectPublicKeyInfo)
   * @param sig in Base64, of the pre-authentication encoding
   */
  public record DsseSignature(String keyid, String sig) {
    public DsseSignature {
      Objects.requireNonNull(keyid);
      Objects.requireNonNull(sig);
    }
  }

  public DsseEnvelope {
    Objects.requireNonNull(payloadType);
    Objects.requireNonNull(payload);
    signatures = List.copyOf(signatures);
  }

  /**
   * The signed bytes.
   *
   * @throws IllegalArgumentException if they are no Base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(payload);
  }

  /** What is really signed (DSSE v1.0, PAE): nobody can take one type of payload for another. */
  static byte[] encoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(type);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
