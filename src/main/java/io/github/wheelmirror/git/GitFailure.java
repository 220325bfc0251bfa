package io.github.wheelmirror.git;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.MissingBundlePrerequisiteException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;

/** Why talking to a repository failed, told apart as far as the peer lets us. */
final class GitFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** What a person has to do differs from one to the next. */
  enum Reason {
    NOT_FOUND,
    NOT_GIT,
    NEEDS_CREDENTIALS,
    CREDENTIALS_REFUSED,
    FORBIDDEN,
    TLS,
    PROXY,
    HOST_KEY,
    NO_SSH,
    TIMEOUT,
    UNREACHABLE,
    SERVER_ERROR,
    INCOMPLETE_BUNDLE,
    OTHER
  }

  private final Reason reason;
  private final String detail;

  GitFailure(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.detail = detail;
  }

  /**
   * Finds the reason.
   *
   * @param listing whether it happened before the peer had shown itself to be a repository
   * @param status the last HTTP status, 0 if there was none
   * @param sshMessages what ssh said on standard error; empty if it was not used
   * @param credentialed whether credentials were configured
   */
  static GitFailure of(
      Throwable failure, boolean listing, int status, String sshMessages, boolean credentialed) {
    Reason reason =
        fromSsh(failure, sshMessages)
            .or(() -> fromNetwork(failure))
            .or(() -> fromStatus(status, credentialed))
            .or(() -> fromJGit(failure))
            .orElse(listing && talksNonsense(failure, status) ? Reason.NOT_GIT : Reason.OTHER);
    return new GitFailure(reason, detail(failure, status, sshMessages), failure);
  }

  Reason reason() {
    return reason;
  }

  /** Whether the peer or the way to it is at fault, so that a fresh cache would change nothing. */
  boolean isRemote() {
    return reason != Reason.OTHER;
  }

  /** The failure in words for a person. */
  MirrorException inWords(GitUrl url) {
    String what = "constraints repository " + url + " ";
    return switch (reason) {
      case NOT_FOUND ->
          url.kind() == GitUrl.Kind.LOCAL ? notFoundHere(what, url.path()) : notFound(what);
      case NOT_GIT ->
          input(
              what + "is not a Git repository",
              "give the URL that 'git clone' would take, not that of a page about it");
      case NEEDS_CREDENTIALS ->
          input(
              what + "needs a user name and password, or does not exist",
              "check the URL; put user name and password (or token) into a <server> of settings.xml"
                  + " and name its id in <constraintsServerId>");
      case CREDENTIALS_REFUSED ->
          input(
              what + "refuses the user name or password",
              "correct the <server> of settings.xml that <constraintsServerId> names; for ssh,"
                  + " load a key that the server knows");
      case FORBIDDEN ->
          input(what + "may not be read", "ask its owner for access, or use other credentials");
      case TLS ->
          machinery(
              what + "cannot be reached over TLS",
              "if the server has a private authority, name its PEM file as certificate (as pip's"
                  + " PIP_CERT does)");
      case PROXY ->
          machinery(
              what + "cannot be reached through the proxy",
              "correct https_proxy (http://<user>:<password>@<host>:<port>) or the <proxy> of"
                  + " settings.xml, or name the server in no_proxy");
      case HOST_KEY ->
          machinery(
              what + "has an ssh host key that is not trusted",
              "connect once with ssh by hand and accept the key, or add it to known_hosts");
      case NO_SSH -> machinery(what + "needs ssh", "install the ssh client (openssh-client)");
      case TIMEOUT ->
          machinery(what + "does not answer in time", "try again later, or check the proxy");
      case UNREACHABLE ->
          machinery(
              what + "cannot be reached",
              "check the host name, the network and https_proxy; with -o the cache is used instead");
      case SERVER_ERROR -> machinery(what + "answers with an error", "try again later");
      case INCOMPLETE_BUNDLE ->
          input(
              what + "is an incomplete bundle",
              "make it again with 'git bundle create <file> --branches --tags'");
      case OTHER -> machinery(what + "cannot be read", "try again; the cause is shown with -e");
    };
  }

  private MirrorException notFound(String what) {
    return input(what + "was not found", "check the URL or path; it must be a Git repository");
  }

  /** JGit says of both that they are not found. */
  private MirrorException notFoundHere(String what, Path path) {
    return Files.exists(path)
        ? new MirrorException(
            MirrorException.Kind.INPUT,
            what + "is not a Git repository",
            "there is a "
                + (Files.isDirectory(path) ? "folder" : "file")
                + ", and it holds no repository",
            "name the folder that 'git clone' would take, or make a repository of it with 'git init"
                + " -b main', 'git add' for the constraints file and 'git commit'",
            getCause())
        : notFound(what);
  }

  private MirrorException input(String what, String fix) {
    return new MirrorException(MirrorException.Kind.INPUT, what, detail, fix, getCause());
  }

  private MirrorException machinery(String what, String fix) {
    return MirrorException.machinery(what, detail, fix, getCause());
  }

  private static Optional<Reason> fromSsh(Throwable failure, String messages) {
    if (find(failure, SystemSsh.SshNotStartedException.class)) {
      return Optional.of(Reason.NO_SSH);
    }
    String text = messages.toLowerCase(Locale.ROOT);
    if (text.contains("host key verification failed")
        || text.contains("identification has changed")) {
      return Optional.of(Reason.HOST_KEY);
    }
    if (text.contains("permission denied") || text.contains("too many authentication failures")) {
      return Optional.of(Reason.CREDENTIALS_REFUSED);
    }
    if (text.contains("does not appear to be a git repository")
        || text.contains("repository not found")
        || text.contains("no such file or directory")) {
      return Optional.of(Reason.NOT_FOUND);
    }
    if (text.contains("timed out")) {
      return Optional.of(Reason.TIMEOUT);
    }
    if (text.contains("could not resolve hostname")
        || text.contains("connection refused")
        || text.contains("no route to host")
        || text.contains("connection closed by")
        || text.contains("connection reset by")) {
      return Optional.of(Reason.UNREACHABLE);
    }
    return Optional.empty();
  }

  private static Optional<Reason> fromNetwork(Throwable failure) {
    if (find(failure, SSLException.class) || find(failure, CertificateException.class)) {
      return Optional.of(Reason.TLS);
    }
    if (find(failure, SocketTimeoutException.class)
        || find(failure, InterruptedIOException.class)) {
      return Optional.of(Reason.TIMEOUT);
    }
    if (find(failure, UnknownHostException.class) || find(failure, SocketException.class)) {
      return Optional.of(Reason.UNREACHABLE);
    }
    return chain(failure).stream()
            .anyMatch(e -> String.valueOf(e.getMessage()).contains("tunnel through proxy"))
        ? Optional.of(Reason.PROXY)
        : Optional.empty();
  }

  private static Optional<Reason> fromStatus(int status, boolean credentialed) {
    return switch (status) {
      case 401 -> Optional.of(credentialed ? Reason.CREDENTIALS_REFUSED : Reason.NEEDS_CREDENTIALS);
      case 403 -> Optional.of(Reason.FORBIDDEN);
      case 404, 410 -> Optional.of(Reason.NOT_FOUND);
      case 407 -> Optional.of(Reason.PROXY);
      case 408, 504 -> Optional.of(Reason.TIMEOUT);
      default -> status >= 400 ? Optional.of(Reason.SERVER_ERROR) : Optional.empty();
    };
  }

  private static Optional<Reason> fromJGit(Throwable failure) {
    if (find(failure, NoRemoteRepositoryException.class)) {
      return Optional.of(Reason.NOT_FOUND);
    }
    if (find(failure, MissingBundlePrerequisiteException.class)) {
      return Optional.of(Reason.INCOMPLETE_BUNDLE);
    }
    return Optional.empty();
  }

  private static boolean talksNonsense(Throwable failure, int status) {
    // JGit has no type for a file that is no bundle
    return status == 200
        || find(failure, PackProtocolException.class)
        || chain(failure).stream()
            .filter(TransportException.class::isInstance)
            .anyMatch(e -> String.valueOf(e.getMessage()).endsWith("not a bundle"));
  }

  private static String words(Throwable root) {
    if (root instanceof IOException failure) {
      return IoWords.of(failure);
    }
    return root.getMessage() == null
        ? "no reason is given (" + root.getClass().getSimpleName() + ")"
        : root.getMessage();
  }

  private static String detail(Throwable failure, int status, String sshMessages) {
    if (!sshMessages.isEmpty()) {
      List<String> lines =
          sshMessages.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
      return "ssh says: "
          + String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
    if (status >= 400) {
      return "the server answers with HTTP status " + status;
    }
    List<Throwable> chain = chain(failure);
    return GitUrl.redactWithin(words(chain.get(chain.size() - 1))).replaceAll("\\s+", " ");
  }

  private static boolean find(Throwable failure, Class<? extends Throwable> type) {
    return chain(failure).stream().anyMatch(type::isInstance);
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable e = failure; e != null && !chain.contains(e); e = e.getCause()) {
      chain.add(e);
    }
    return chain;
  }
}
