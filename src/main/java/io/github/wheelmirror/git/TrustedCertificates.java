package io.github.wheelmirror.git;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Authorities read from PEM files, as pip's {@code cert} setting names them. */
final class TrustedCertificates {

  private TrustedCertificates() {}

  /**
   * Trust managers for exactly these authorities.
   *
   * @throws MirrorException (input) if a file cannot be read or holds no certificate
   */
  static TrustManager[] load(List<Path> files) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Path file : files) {
        for (Certificate certificate : read(file)) {
          store.setCertificateEntry("authority-" + count++, certificate);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw MirrorException.machinery(
          "the certificates " + files + " cannot be used",
          String.valueOf(e.getMessage()),
          "name PEM files with one or more certificates",
          e);
    }
  }

  private static List<Certificate> read(Path file) {
    String fix = "name a PEM file with one or more certificates";
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw MirrorException.input(
            "the certificate file " + file + " cannot be used", "it holds no certificate", fix);
      }
      return found;
    } catch (IOException e) {
      throw MirrorException.input(
          "the certificate file " + file + " cannot be read", String.valueOf(e.getMessage()), fix);
    } catch (GeneralSecurityException e) {
      throw MirrorException.input(
          "the certificate file " + file + " cannot be used", String.valueOf(e.getMessage()), fix);
    }
  }
}
