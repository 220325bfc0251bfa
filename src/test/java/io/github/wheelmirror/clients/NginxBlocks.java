package io.github.wheelmirror.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The configurations that {@code src/site/markdown/serving.md} tells people to use. */
public final class NginxBlocks {

  private static final Pattern BLOCK = Pattern.compile("(?s)```nginx\n(.*?)```");

  private final List<String> blocks;

  /** Of that region's folder. */
  public NginxBlocks(Path region) throws IOException {
    Path page = Path.of(System.getProperty("basedir", "")).resolve("src/site/markdown/serving.md");
    blocks =
        BLOCK
            .matcher(Files.readString(page))
            .results()
            .map((MatchResult block) -> block.group(1))
            .map(block -> block.replace("/srv/wheel-mirror/", region + "/"))
            .toList();
  }

  /** For the {@code server} block. */
  public String minimal() {
    return blocks.get(0);
  }

  /** For the {@code http} block. */
  public String recommendedHttp() {
    return blocks.get(1);
  }

  /** For the {@code server} block. */
  public String recommended() {
    return blocks.get(2);
  }
}
