package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.tree.PemKey;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SigningKey;
import io.github.wheelmirror.tree.TrustedKeys;
import java.io.File;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the keys that sign releases, and those whose signatures count. */
final class SigningRequests {
  private static final int MAX_BYTES = 64 << 10;

  private final RequestPaths paths;
  private final ServerCredentials servers;
  private final Seen seen;

  SigningRequests(RequestPaths paths, ServerCredentials servers, Seen seen) {
    this.paths = paths;
    this.servers = servers;
    this.seen = seen;
  }

  Signing signing(AbstractMirrorMojo mojo) {
    List<PublicKey> keys = new ArrayList<>();
    for (File file : mojo.trustedKeyFiles) {
      if (RequestPaths.isGiven(file)) {
        keys.add(read(file, "trustedKeyFiles", PemKey::publicKey));
      }
    }
    TrustedKeys trusted = new TrustedKeys(keys);
    File file = mojo.signingKeyFile;
    if (file == null || !RequestPaths.isGiven(file)) {
      return new Signing(Optional.empty(), trusted);
    }
    if (mojo.signatureDays < 1) {
      throw MirrorException.input(
          "<signatureDays> is " + mojo.signatureDays,
          "it is for how many days a signature is good",
          "give a number from 1 up, longer than twice the time between two deploys");
    }
    Credentials login =
        servers.of(mojo.signingServerId, "signingServerId", mojo.session.getSettings());
    Secret passphrase = login == null ? new Secret("") : login.password();
    return new Signing(
        Optional.of(
            SigningKey.of(
                read(file, "signingKeyFile", pem -> PemKey.privateKey(pem, passphrase)),
                trusted,
                Duration.ofDays(mojo.signatureDays))),
        trusted);
  }

  private <T> T read(File file, String parameter, Function<byte[], T> reader) {
    Path path = paths.absolute(file);
    byte[] pem = GivenFile.read(path, MAX_BYTES, "<" + parameter + "> names " + path, seen);
    try {
      return reader.apply(pem);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<" + parameter + "> names " + path,
          String.valueOf(e.getMessage()),
          "make a key with openssl genpkey -algorithm ed25519 -out KEY, and its public half with"
              + " openssl pkey -in KEY -pubout -out KEY.pub; of an encrypted key, name the server"
              + " of settings.xml whose password opens it in <signingServerId>");
    }
  }
}
