package io.github.wheelmirror.mojo;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.RegionStatus;
import io.github.wheelmirror.mirror.ServeMirror;
import io.github.wheelmirror.mirror.StagedSnapshots;
import io.github.wheelmirror.publish.DirectoryRegion;
import io.github.wheelmirror.publish.RegionSettings;
import io.github.wheelmirror.publish.RegionTree;
import io.github.wheelmirror.publish.ServedTree;
import io.github.wheelmirror.publish.StagedTree;
import io.github.wheelmirror.publish.StaticServer;
import io.github.wheelmirror.tree.Wheelhouse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The regions, and what serves them or what is staged for them. */
final class RegionWiring {

  private final MirrorRequest request;

  RegionWiring(MirrorRequest request) {
    this.request = request;
  }

  List<DirectoryRegion> regions() {
    return request.release().regions().stream()
        .map(
            region ->
                new DirectoryRegion(
                    new RegionSettings(
                        region.name(),
                        region.directory(),
                        region.url(),
                        request.release().lockTimeout())))
        .toList();
  }

  /** What every region serves. */
  List<RegionStatus> status() {
    if (request.release().regions().isEmpty()) {
      throw MirrorException.input(
          "there is no region to ask",
          "neither <region> nor <regions> is configured",
          "name a mirror's folder with -Dwheel-mirror.region=FOLDER");
    }
    List<RegionStatus> all = new ArrayList<>();
    for (DirectoryRegion region : regions()) {
      region
          .status()
          .forEach(
              channel ->
                  all.add(
                      new RegionStatus(
                          region.name(),
                          channel.slug(),
                          channel.snapshot(),
                          channel.serial(),
                          channel.released(),
                          channel.previous(),
                          channel.interrupted(),
                          channel.files())));
    }
    return all;
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
    if (regions.isEmpty()) {
      throw MirrorException.input(
          "there is no region to serve",
          "neither <region> nor <regions> is configured",
          "name a mirror's folder with -Dwheel-mirror.region=FOLDER, or serve what is staged with"
              + " -Dwheel-mirror.serve.staged");
    }
    Path directory = regions.get(0).directory();
    if (!Files.isDirectory(directory)) {
      throw MirrorException.input(
          directory + " cannot be served",
          "there is no such folder",
          "run " + request.command().goal("deploy") + " first");
    }
    return new RegionTree(new RegionSettings(regions.get(0).name(), directory));
  }

  private ServedTree stagedTree(Path stagedFolder) {
    return new StagedTree(
        StagedSnapshots.in(stagedFolder),
        new Wheelhouse(request.places().cache().resolve("wheelhouse")),
        request.release().regions().stream()
            .filter(region -> Files.isDirectory(region.directory()))
            .map(region -> new RegionTree(new RegionSettings(region.name(), region.directory())))
            .toList());
  }
}
