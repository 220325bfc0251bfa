package io.github.wheelmirror.git;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Authorities read from PEM files or folders of them, as pip's {@code cert} setting names them. */
final class TrustedCertificates {

  private static final String FIX = "name a PEM file with one or more certificates";

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
        for (Certificate certificate : Files.isDirectory(file) ? readAll(file) : read(file)) {
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

  /** A folder may hold other things besides. */
  private static List<Certificate> readAll(Path folder) {
    List<Certificate> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try {
          found.addAll(read(file));
        } catch (MirrorException e) {
          continue;
        }
      }
    } catch (IOException e) {
      throw MirrorException.input(
          "the folder " + folder + " with certificates cannot be read", IoWords.of(e), FIX);
    }
    if (found.isEmpty()) {
      throw MirrorException.input(
          "the folder " + folder + " with certificates cannot be used", "it holds none", FIX);
    }
    return found;
  }

  private static List<Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw MirrorException.input(
            "the certificate file " + file + " cannot be used", "it holds no certificate", FIX);
      }
      return found;
    } catch (IOException e) {
      throw MirrorException.input(
          "the certificate file " + file + " cannot be read", IoWords.of(e), FIX);
    } catch (GeneralSecurityException e) {
      throw MirrorException.input(
          "the certificate file " + file + " cannot be used", String.valueOf(e.getMessage()), FIX);
    }
  }
}
