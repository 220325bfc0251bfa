package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.tree.PemKey;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SigningKey;
import io.github.wheelmirror.tree.TrustedKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the keys that sign releases, and those whose signatures count. */
final class SigningRequests {
  private static final int MAX_BYTES = 64 << 10;

  /** Ten years: more is a mistake, for the end of a signature is what makes it worth checking. */
  private static final int MOST_DAYS = 3650;

  private final RequestPaths paths;
  private final ServerCredentials servers;
  private final Seen seen;

  SigningRequests(RequestPaths paths, ServerCredentials servers, Seen seen) {
    this.paths = paths;
    this.servers = servers;
    this.seen = seen;
  }

  Signing signing(AbstractMirrorMojo mojo) {
    WrongSettings wrong = new WrongSettings();
    List<PublicKey> keys =
        wrong.readEach(
            mojo.trustedKeyFiles.stream().filter(RequestPaths::isGiven).toList(),
            file -> read(file, "trustedKeyFiles", PemKey::publicKey));
    TrustedKeys trusted = new TrustedKeys(keys);
    File file = mojo.signingKeyFile;
    if (file == null || !RequestPaths.isGiven(file)) {
      wrong.refuse();
      return new Signing(Optional.empty(), trusted);
    }
    wrong.check(() -> checkDays(mojo.signatureDays));
    Supplier<Secret> passphrase = wrong.read(() -> passphrase(mojo));
    Supplier<PrivateKey> key =
        wrong.read(
            () -> read(file, "signingKeyFile", pem -> PemKey.privateKey(pem, passphrase.get())));
    wrong.refuse();
    if (passphrase.get().reveal().isEmpty() && mojo.memo().isFirst("readable key")) {
      everybodysKey(paths.absolute(file)).ifPresent(mojo.getLog()::warn);
    }
    return new Signing(
        Optional.of(SigningKey.of(key.get(), trusted, Duration.ofDays(mojo.signatureDays))),
        trusted);
  }

  private static void checkDays(int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw MirrorException.input(
          "<signatureDays> is " + days,
          "it is for how many days a signature is good",
          "give a number from 1 to "
              + MOST_DAYS
              + ", longer than twice the time between two deploys: whoever freezes the mirror is"
              + " noticed when it is over");
    }
  }

  private Secret passphrase(AbstractMirrorMojo mojo) {
    Credentials login =
        servers.of(mojo.signingServerId, "signingServerId", mojo.session.getSettings());
    return login == null ? new Secret("") : login.password();
  }

  /**
   * A warning of a key that every user of the machine can read, so can sign what they like with.
   */
  static Optional<String> everybodysKey(Path key) {
    try {
      return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(
              "<signingKeyFile> "
                  + key
                  + " can be read by every user of this machine, who can sign a release with it;"
                  + " take that away with chmod o-r, or encrypt the key and name the server of"
                  + " settings.xml that has its password in <signingServerId>")
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // what cannot be read is told by whoever reads it next; other systems have no such bits
      return Optional.empty();
    }
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
