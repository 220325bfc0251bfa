package io.github.wheelmirror.mojo;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.HandOverStore;
import io.github.wheelmirror.index.InstallerNetwork;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.NoRegion;
import io.github.wheelmirror.mirror.RegionPlace;
import io.github.wheelmirror.mirror.ServeMirror;
import io.github.wheelmirror.mirror.StagedSnapshots;
import io.github.wheelmirror.publish.BucketHandOvers;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.HostNetwork;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.publish.RegionTree;
import io.github.wheelmirror.publish.RsyncRegion;
import io.github.wheelmirror.publish.S3Region;
import io.github.wheelmirror.publish.S3Settings;
import io.github.wheelmirror.publish.ServedTree;
import io.github.wheelmirror.publish.SshPlace;
import io.github.wheelmirror.publish.StagedTree;
import io.github.wheelmirror.publish.StaticServer;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The regions, and what serves them or what is staged for them. */
final class RegionWiring {

  private static final int REPLICA_DIGITS = 16;

  private final MirrorRequest request;
  private final HostNetwork network;

  RegionWiring(MirrorRequest request, InstallerNetwork network) {
    this.request = request;
    this.network = new HostNetwork(network::send, network::trustManagers);
  }

  List<Region> regions() {
    return request.release().regions().stream().map(this::region).toList();
  }

  private Region region(MirrorRequest.RegionSettings region) {
    if (region.place() instanceof RegionPlace.Folder folder) {
      return new DirectoryRegion(
          new RegionSettings(
              region.id(),
              folder.path(),
              region.publicUrl(),
              request.release().lockTimeout(),
              region.commands(),
              request.release().signing(),
              network));
    }
    if (region.place() instanceof RegionPlace.Host host) {
      String url = host.url().toString();
      String replica = Sha256.of(url.getBytes(StandardCharsets.UTF_8)).substring(0, REPLICA_DIGITS);
      return new RsyncRegion(
          new RegionSettings(
              region.id(),
              request.places().cache().resolve("regions").resolve(replica),
              region.publicUrl(),
              request.release().lockTimeout(),
              region.commands(),
              request.release().signing(),
              network),
          SshPlace.parse(region.id(), url),
          Objects.requireNonNullElse(System.getenv("RSYNC_RSH"), ""));
    }
    Credentials login = region.login();
    return new S3Region(
        S3Settings.parse(
            region.id(),
            region.place().toString(),
            login == null ? Credentials.NONE : login,
            region.publicUrl(),
            request.release().lockTimeout(),
            region.commands(),
            request.release().signing()),
        network);
  }

  /** A bucket for what shards hand over. */
  HandOverStore handOverStore(String url, @Nullable Credentials login) {
    return new BucketHandOvers(
        S3Settings.parse(
            "for shards",
            url,
            login == null ? Credentials.NONE : login,
            "",
            request.release().lockTimeout(),
            RegionCommands.NONE,
            Signing.NONE),
        network);
  }

  /** A running server of the first region, or of what is staged. */
  ServeMirror.Server server(int port, boolean staged, Path stagedFolder) {
    ServedTree tree = staged ? stagedTree(stagedFolder) : regionTree();
    StaticServer server = StaticServer.start(tree, port);
    return new ServeMirror.Server() {
      @Override
      public URI url() {
        return server.url();
      }

      @Override
      public List<String> channels() {
        try {
          return tree.channels().stream().map(ServedTree.Channel::slug).toList();
        } catch (IOException e) {
          throw MirrorException.machinery(
              "the channels cannot be listed", IoWords.of(e), "see whether the disk is healthy", e);
        }
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private ServedTree regionTree() {
    List<MirrorRequest.RegionSettings> regions = request.release().regions();
    NoRegion.refuse(
        regions, "to serve", ", or serve what is staged with -Dwheel-mirror.serve.staged");
    MirrorRequest.RegionSettings first = regions.get(0);
    Path folder = folder(first).orElseThrow(() -> bucket(first));
    if (!Files.isDirectory(folder)) {
      throw MirrorException.input(
          folder + " cannot be served",
          "there is no such folder",
          "run " + request.command().goal("deploy") + " first");
    }
    return new RegionTree(new RegionSettings(first.id(), folder));
  }

  private static MirrorException bucket(MirrorRequest.RegionSettings region) {
    return MirrorException.input(
        "region " + region.id() + " cannot be served from here",
        "it is " + region.place(),
        "clients install from its own URL; to serve a folder, name that one first");
  }

  private static Optional<Path> folder(MirrorRequest.RegionSettings region) {
    return region.place() instanceof RegionPlace.Folder folder
        ? Optional.of(folder.path())
        : Optional.empty();
  }

  private ServedTree stagedTree(Path stagedFolder) {
    return new StagedTree(
        StagedSnapshots.in(stagedFolder),
        new Wheelhouse(request.places().cache().resolve("wheelhouse")),
        request.release().regions().stream()
            .flatMap(
                region ->
                    folder(region).filter(Files::isDirectory).stream()
                        .map(path -> new RegionTree(new RegionSettings(region.id(), path))))
            .toList());
  }
}
