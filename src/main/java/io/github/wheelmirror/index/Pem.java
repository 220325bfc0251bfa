package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Certificates and keys of PEM files (RFC 7468), as {@code pip --cert} takes them. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

  private Pem() {}

  /**
   * All certificates of a file, or of the files of a folder.
   *
   * @throws MirrorException (input) if there is none
   */
  static List<X509Certificate> certificates(Path source) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files(source)) {
      for (Block block : blocks(file)) {
        if (block.kind().equals("CERTIFICATE")) {
          block.certificate().ifPresent(certificates::add);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw unusable(source, "it holds no certificate");
    }
    return certificates;
  }

  /**
   * The private key of a client certificate's file.
   *
   * @throws MirrorException (input) if there is none in the unencrypted PKCS #8 form
   */
  static PrivateKey privateKey(Path file) {
    for (Block block : blocks(file)) {
      if (!block.kind().endsWith("PRIVATE KEY")) {
        continue;
      }
      if (!block.kind().equals("PRIVATE KEY")) {
        throw unusable(
            file, "its key has the form " + block.kind() + "; Java reads unencrypted PKCS #8 only");
      }
      for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(block.bytes()));
        } catch (GeneralSecurityException e) {
          // The block does not name its algorithm, so the next one is tried.
        }
      }
    }
    throw unusable(file, "it holds no private key");
  }

  private static List<Path> files(Path source) {
    if (!Files.isDirectory(source)) {
      return List.of(source);
    }
    try (Stream<Path> files = Files.list(source)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw unusable(source, e.toString());
    }
  }

  private static List<Block> blocks(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(file, e.toString());
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static MirrorException unusable(Path source, String why) {
    return MirrorException.input(
        "the certificate file " + source + " cannot be used",
        why,
        "name a PEM file in pip's option cert or client-cert (PIP_CERT, REQUESTS_CA_BUNDLE,"
            + " SSL_CERT_FILE); a key is converted by: openssl pkcs8 -topk8 -nocrypt");
  }

  private record Block(String kind, String text) {

    byte[] bytes() {
      return Base64.getMimeDecoder().decode(text);
    }

    /** Empty for one that Java cannot read: a bundle is still good without it. */
    java.util.Optional<X509Certificate> certificate() {
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return java.util.Optional.of(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes())));
      } catch (CertificateException | IllegalArgumentException e) {
        return java.util.Optional.empty();
      }
    }
  }
}
