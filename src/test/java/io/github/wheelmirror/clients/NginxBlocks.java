package io.github.wheelmirror.clients;

import io.github.wheelmirror.tree.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The block that {@code src/site/markdown/serving.md} begins with, and what the goal writes. */
public final class NginxBlocks {

  private static final Pattern BLOCK = Pattern.compile("(?s)```nginx\n(.*?)```");

  private final String minimal;
  private final ServerConfig config;

  /** Of that region's folder. */
  public NginxBlocks(Path region) throws IOException {
    Path page = Path.of(System.getProperty("basedir", "")).resolve("src/site/markdown/serving.md");
    Matcher block = BLOCK.matcher(Files.readString(page));
    if (!block.find()) {
      throw new IOException(page + " has no block for nginx");
    }
    minimal = block.group(1).replace("/srv/wheel-mirror/", region + "/");
    config = new ServerConfig(region, "/wheel/");
  }

  /** For the {@code server} block. */
  public String minimal() {
    return minimal;
  }

  /** For the {@code http} block. */
  public String recommendedHttp() {
    return config.nginxHttp();
  }

  /** For the {@code server} block. */
  public String recommended() {
    return config.nginxServer();
  }

  /** For Apache's virtual host. */
  public String apache() {
    return config.apache();
  }
}
