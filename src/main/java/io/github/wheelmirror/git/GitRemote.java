package io.github.wheelmirror.git;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.constraints.GitRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** The far end: lists its refs and fetches some of them. */
final class GitRemote {

  private static final String[] PREFIXES = {"refs/heads/", "refs/tags/", "refs/remotes/"};

  private final GitUrl url;
  private final GitAccess access;

  GitRemote(GitUrl url, GitAccess access) {
    this.url = url;
    // a user in the URL without a password elsewhere is a token, as Git hosts give them
    this.access =
        access.credentials().isPresent()
            ? access
            : access.withCredentials(new Credentials("", url.user(), new Secret("")));
  }

  /** All heads, tags and remote-tracking refs by name; a tag with the commit it stands for. */
  List<GitRef> list() throws GitFailure {
    return converse(
        Optional.empty(),
        transport -> {
          try (FetchConnection connection = transport.openFetch(List.of(), PREFIXES)) {
            List<GitRef> refs = new ArrayList<>();
            for (Ref ref : connection.getRefs()) {
              addIfWanted(ref, refs);
            }
            refs.sort(Comparator.comparing(GitRef::name));
            return List.copyOf(refs);
          }
        });
  }

  /**
   * Fetches refs as they are now.
   *
   * @param depth number of commits, or 0 for the whole history
   */
  void fetch(Repository into, List<GitRef> refs, int depth) throws GitFailure {
    List<RefSpec> specs = refs.stream().map(GitRemote::spec).toList();
    converse(
        Optional.of(into),
        transport -> {
          transport.setTagOpt(TagOpt.NO_TAGS);
          if (depth > 0) {
            transport.setDepth(depth);
          }
          return transport.fetch(NullProgressMonitor.INSTANCE, specs);
        });
  }

  private static void addIfWanted(Ref ref, List<GitRef> refs) {
    ObjectId id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
    String name = ref.getName();
    for (String prefix : PREFIXES) {
      // a remote-tracking HEAD is a second name of a branch, not a branch
      if (id != null && name.startsWith(prefix) && !name.endsWith("/HEAD")) {
        refs.add(new GitRef(name, id.name()));
      }
    }
  }

  /** Names in the cache are digests: a branch that became a folder of branches cannot clash. */
  private static RefSpec spec(GitRef ref) {
    UUID id = UUID.nameUUIDFromBytes(ref.name().getBytes(StandardCharsets.UTF_8));
    return new RefSpec("+" + ref.name() + ":refs/mirrored/" + id);
  }

  private interface Conversation<T> {
    T with(Transport transport) throws IOException;
  }

  private <T> T converse(Optional<Repository> local, Conversation<T> conversation)
      throws GitFailure {
    Origin origin = Origin.of(url.uri());
    HttpConnections http =
        new HttpConnections(origin, new ProxyEnvironment(access.environment()), trust(origin));
    SystemSsh ssh = new SystemSsh(access.ssh(), access.timeout());
    try (Transport transport = open(local)) {
      transport.setTimeout(Math.toIntExact(access.timeout().toSeconds()));
      transport.setCredentialsProvider(new OriginCredentials(origin, access.credentials()));
      if (transport instanceof TransportHttp overHttp) {
        overHttp.setHttpConnectionFactory(http);
      }
      if (transport instanceof SshTransport overSsh) {
        overSsh.setSshSessionFactory(ssh);
      }
      return conversation.with(transport);
    } catch (MirrorException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw GitFailure.of(
          e, local.isEmpty(), http.lastStatus(), ssh.lastWords(), access.credentials().isPresent());
    }
  }

  private Transport open(Optional<Repository> local) throws IOException {
    URIish uri = url.uri();
    return local.isPresent() ? Transport.open(local.get(), uri) : Transport.open(uri);
  }

  private List<TrustManager> trust(Origin origin) {
    return access.certificates().isEmpty() || !origin.scheme().startsWith("http")
        ? List.of()
        : List.of(TrustedCertificates.load(access.certificates()));
  }
}
