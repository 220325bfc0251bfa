package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes TLS contexts from pip's {@code cert}, {@code client-cert} and {@code trusted-host}. */
final class TlsContexts {

  private TlsContexts() {}

  /** A context that trusts nobody, and so needs no certificates: for what is not encrypted. */
  static SSLContext none() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** A context that trusts the configured certificates, else those of Java. */
  static SSLContext verifying(PipConfiguration pip) {
    return context(pip, trustManagers(pip, List.of()));
  }

  /** A context that trusts the configured certificates and those of Java. */
  static SSLContext verifyingWithJavas(PipConfiguration pip) {
    return context(pip, withJavas(pip));
  }

  /** Who trusts the configured certificates and those of Java; empty if none are configured. */
  static List<TrustManager> withJavas(PipConfiguration pip) {
    if (pip.trustedAuthorities().isEmpty()) {
      return List.of();
    }
    try {
      TrustManagerFactory javas =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      javas.init((KeyStore) null);
      List<X509Certificate> certificates = new ArrayList<>();
      for (TrustManager manager : javas.getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          certificates.addAll(List.of(known.getAcceptedIssuers()));
        }
      }
      return trustManagers(pip, certificates);
    } catch (GeneralSecurityException e) {
      throw MirrorException.machinery(
          "the certificates of Java cannot be used",
          e.toString(),
          "see that its trust store is whole (-Djavax.net.ssl.trustStore)",
          e);
    }
  }

  /** A context that trusts any server: only for hosts that the person calls trusted. */
  static SSLContext trusting(PipConfiguration pip) {
    return context(pip, List.of(new TrustAll()));
  }

  private static SSLContext context(PipConfiguration pip, List<TrustManager> trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      List<KeyManager> keys = keyManagers(pip);
      // Null means Java's own: its trusted certificates, and no client certificate.
      context.init(
          keys.isEmpty() ? null : keys.toArray(new KeyManager[0]),
          trust.isEmpty() ? null : trust.toArray(new TrustManager[0]),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw MirrorException.machinery(
          "TLS cannot be set up",
          e.toString(),
          "check the certificates that pip is configured to use (pip config list, PIP_CERT,"
              + " PIP_CLIENT_CERT)",
          e);
    }
  }

  private static List<TrustManager> trustManagers(
      PipConfiguration pip, List<X509Certificate> others) {
    if (pip.trustedAuthorities().isEmpty()) {
      return List.of();
    }
    Path source = pip.trustedAuthorities().get();
    try {
      KeyStore store = emptyStore();
      List<X509Certificate> certificates = new ArrayList<>(Pem.certificates(source));
      certificates.addAll(others);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("certificate-" + i, certificates.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return List.of(factory.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw MirrorException.machinery(
          "the certificates in " + source + " cannot be used",
          e.toString(),
          "name a PEM file in PIP_CERT",
          e);
    }
  }

  private static List<KeyManager> keyManagers(PipConfiguration pip)
      throws GeneralSecurityException, IOException {
    if (pip.clientCertificate().isEmpty()) {
      return List.of();
    }
    Path file = pip.environment().path(pip.clientCertificate());
    KeyStore store = emptyStore();
    char[] noPassword = new char[0];
    store.setKeyEntry(
        "client",
        Pem.privateKey(file),
        noPassword,
        Pem.certificates(file).toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, noPassword);
    return List.of(factory.getKeyManagers());
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Checks nothing. The extended class is needed: around a plain one Java still compares the host
   * name.
   */
  private static final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
