package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.DsseEnvelope.DsseSignature;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The public keys (Ed25519) whose signatures count; without any, nothing is asked for. */
public final class TrustedKeys {

  /** Nobody's signature is asked for. */
  public static final TrustedKeys NONE = new TrustedKeys(List.of());

  private final Map<String, PublicKey> keys = new TreeMap<>();

  public TrustedKeys(List<PublicKey> keys) {
    keys.forEach(key -> this.keys.put(id(key), key));
  }

  /** The key's id: sha256 of its DER form. */
  static String id(PublicKey key) {
    return Sha256.of(key.getEncoded());
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The keys by id. */
  Map<String, PublicKey> byId() {
    return Map.copyOf(keys);
  }

  /**
   * The payload, if one of these keys signed it as that type.
   *
   * @return nothing if none did, or the envelope is of another type or damaged
   */
  public Optional<byte[]> verified(DsseEnvelope envelope, String payloadType) {
    if (!envelope.payloadType().equals(payloadType)) {
      return Optional.empty();
    }
    try {
      byte[] payload = envelope.bytes();
      byte[] signed = DsseEnvelope.encoding(payloadType, payload);
      for (DsseSignature signature : envelope.signatures()) {
        PublicKey key = keys.get(signature.keyid());
        if (key != null && isValid(key, signed, Base64.getDecoder().decode(signature.sig()))) {
          return Optional.of(payload);
        }
      }
    } catch (IllegalArgumentException e) {
      // no Base64: as good as not signed
      return Optional.empty();
    }
    return Optional.empty();
  }

  static boolean isValid(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // of a wrong length or another kind of key: not a signature of this key
      return false;
    }
  }
}
