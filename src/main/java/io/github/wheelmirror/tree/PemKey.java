package io.github.wheelmirror.tree;

import io.github.wheelmirror.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads Ed25519 keys (RFC 8410) in PEM files (RFC 7468): {@code PRIVATE KEY} and {@code ENCRYPTED
 * PRIVATE KEY} (PKCS #8), {@code PUBLIC KEY}. All methods throw an IllegalArgumentException that
 * says what is wrong with the file and nothing of its content.
 */
public final class PemKey {
  private static final String ALGORITHM = "Ed25519";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemKey() {}

  /**
   * A private key.
   *
   * @param passphrase of an encrypted one
   */
  public static PrivateKey privateKey(byte[] pem, Secret passphrase) {
    Block block = block(pem, "PRIVATE KEY");
    try {
      PKCS8EncodedKeySpec spec =
          block.label().startsWith("ENCRYPTED ")
              ? decrypted(block.der(), passphrase)
              : new PKCS8EncodedKeySpec(block.der());
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it holds no Ed25519 private key", e);
    }
  }

  /** A public key. */
  public static PublicKey publicKey(byte[] pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(block(pem, "PUBLIC KEY").der()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it holds no Ed25519 public key", e);
    }
  }

  private record Block(String label, byte[] der) {}

  private static Block block(byte[] pem, String wanted) {
    Matcher found = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    while (found.find()) {
      if (found.group(1).equals(wanted) || found.group(1).equals("ENCRYPTED " + wanted)) {
        try {
          return new Block(found.group(1), Base64.getMimeDecoder().decode(found.group(2)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("the " + wanted + " in it is damaged", e);
        }
      }
    }
    throw new IllegalArgumentException("there is no " + wanted + " in it (a PEM file)");
  }

  private static PKCS8EncodedKeySpec decrypted(byte[] der, Secret passphrase)
      throws GeneralSecurityException {
    if (passphrase.reveal().isEmpty()) {
      throw new IllegalArgumentException(
          "it is encrypted, and no server of settings.xml with its passphrase is named");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      // the JDK calls PBES2 by its parts, and tells them by the parameters' text only
      String algorithm =
          info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(passphrase.reveal().toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("it cannot be decrypted with that passphrase", e);
    }
  }
}
