package io.github.wheelmirror.index;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate of {@code localhost} that nobody knows, and its key; see their README. */
final class TestCertificate {

  private TestCertificate() {}

  /** Of a server that shows it. */
  static SSLContext server() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        Pem.privateKey(resource("server.key")),
        new char[0],
        Pem.certificates(resource("server.pem")).toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TestCertificate.class.getResource(name)).toURI());
  }
}
