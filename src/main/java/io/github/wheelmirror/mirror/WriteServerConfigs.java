package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.report.MirrorLog;
import io.github.wheelmirror.tree.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the configurations of web servers for each region that is a folder, here or on another
 * host.
 */
public final class WriteServerConfigs {
  private final List<MirrorRequest.RegionSettings> regions;
  private final MirrorLog log;

  /** For these regions. */
  public WriteServerConfigs(List<MirrorRequest.RegionSettings> regions, MirrorLog log) {
    this.regions = regions;
    this.log = log;
  }

  /**
   * Writes them; touches no file that is right already.
   *
   * @param prefix the path in the URL of all regions, {@code ""} for that of each region's own
   *     public URL
   * @param folder gets a folder for each region
   */
  public void run(String prefix, Path folder) {
    NoRegion.refuse(regions, "to configure a server for");
    for (MirrorRequest.RegionSettings region : regions) {
      if (region.place() instanceof RegionPlace.Folder root) {
        write(new ServerConfig(root.path(), prefix(region, prefix)), below(folder, region));
      } else if (region.place() instanceof RegionPlace.Host host) {
        Path there = folder(region, host);
        write(new ServerConfig(there, prefix(region, prefix)), below(folder, region));
        log.note("  these are for " + host.url().getHost() + ", where " + there + " is");
      } else {
        log.note(region.id() + " is " + region.place() + ", which serves itself");
      }
    }
  }

  /** An id is any text; as a path it could lead to another place, which others would lose. */
  private static Path below(Path folder, MirrorRequest.RegionSettings region) {
    String id = region.id();
    if (id.equals(".") || id.equals("..") || id.indexOf('/') >= 0 || id.indexOf(0) >= 0) {
      throw MirrorException.input(
          "the configuration for region " + id + " cannot be written",
          "'" + id + "' is no name of a folder",
          "give the region an <id> without '/', like <id>main</id>");
    }
    return folder.resolve(id);
  }

  private static Path folder(MirrorRequest.RegionSettings region, RegionPlace.Host host) {
    String path = host.url().getPath();
    if (path == null || !path.startsWith("/")) {
      throw MirrorException.input(
          "the configuration for region " + region.id() + " cannot be written",
          host + " names no folder of that host",
          "write its <url> like ssh://mirror@host.example/srv/wheel");
    }
    return Path.of(path).normalize();
  }

  private static String prefix(MirrorRequest.RegionSettings region, String prefix) {
    if (!prefix.isEmpty()) {
      return prefix;
    }
    if (region.publicUrl().isEmpty()) {
      throw MirrorException.input(
          "the configuration for region " + region.id() + " cannot be written",
          "nobody says under which path clients see it",
          "give its <publicUrl>, or -Dwheel-mirror.server-config.prefix=/wheel/");
    }
    String path = URI.create(region.publicUrl()).getRawPath();
    return path.endsWith("/") ? path : path + "/";
  }

  private void write(ServerConfig config, Path folder) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("nginx-http.conf", config.nginxHttp());
    files.put("nginx-server.conf", config.nginxServer());
    files.put("apache.conf", config.apache());
    files.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw MirrorException.machinery(
                file + " cannot be written",
                IoWords.of(e),
                "name another folder with -Dwheel-mirror.server-config.folder=FOLDER",
                e);
          }
          log.note(String.valueOf(file));
        });
  }
}
