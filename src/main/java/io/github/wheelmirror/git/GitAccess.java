package io.github.wheelmirror.git;

import io.github.wheelmirror.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a Git server may be reached.
 *
 * @param credentials for the repository's own server; never shown to another one
 * @param environment variables to read proxy settings from ({@code https_proxy}, {@code no_proxy},
 *     ...), as pip does
 * @param certificates PEM files of authorities that replace the JVM's; empty for the JVM's own
 * @param timeout bound for connecting and for each read; whole seconds, at least one
 * @param offline whether the network must not be used; repositories on this machine still are
 * @param ssh starts the system's ssh
 */
public record GitAccess(
    Credentials credentials,
    Map<String, String> environment,
    List<Path> certificates,
    Duration timeout,
    boolean offline,
    SshLauncher ssh) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  public GitAccess {
    Objects.requireNonNull(credentials);
    environment = Map.copyOf(environment);
    certificates = List.copyOf(certificates);
    Objects.requireNonNull(ssh);
    if (timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("timeout below one second: " + timeout);
    }
  }

  /** Online, without credentials, proxies or own certificates. */
  public static GitAccess anonymous(SshLauncher ssh) {
    return new GitAccess(Credentials.NONE, Map.of(), List.of(), DEFAULT_TIMEOUT, false, ssh);
  }

  /** The same with these credentials. */
  public GitAccess withCredentials(Credentials value) {
    return new GitAccess(value, environment, certificates, timeout, offline, ssh);
  }

  /** The same with proxy settings from these variables. */
  public GitAccess withEnvironment(Map<String, String> value) {
    return new GitAccess(credentials, value, certificates, timeout, offline, ssh);
  }

  /** The same trusting the authorities of these PEM files instead of the JVM's. */
  public GitAccess withCertificates(List<Path> value) {
    return new GitAccess(credentials, environment, value, timeout, offline, ssh);
  }

  /** The same with another time limit. */
  public GitAccess withTimeout(Duration value) {
    return new GitAccess(credentials, environment, certificates, value, offline, ssh);
  }

  /** The same with the network allowed or not. */
  public GitAccess withOffline(boolean value) {
    return new GitAccess(credentials, environment, certificates, timeout, value, ssh);
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "GitAccess[credentials=%s, certificates=%s, timeout=%s, offline=%s]"
        .formatted(credentials, certificates, timeout, offline);
  }
}
