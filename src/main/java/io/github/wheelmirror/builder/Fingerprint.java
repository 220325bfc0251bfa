package io.github.wheelmirror.builder;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Whether a folder changed: its files' names, sizes, times and inodes, not their content. */
final class Fingerprint {

  private Fingerprint() {}

  static String of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted().toList();
    }
    MessageDigest digest = Sha256.digest();
    for (Path file : files) {
      BasicFileAttributes facts =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String line =
          file + "\0" + facts.size() + "\0" + facts.lastModifiedTime() + "\0" + facts.fileKey();
      digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
