package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** In what two wheels of the same sdist differ. */
public final class WheelDifference {

  private WheelDifference() {}

  /**
   * Names of members, or words where it is not a member; empty if every byte is the same.
   *
   * @throws IOException if one of them is no sound archive
   */
  public static List<String> between(Path first, Path second) throws IOException {
    if (Files.mismatch(first, second) < 0) {
      return List.of();
    }
    Map<String, String> one = digests(first);
    Map<String, String> other = digests(second);
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      if (!one.containsKey(name)) {
        differences.add(name + " (only the second time)");
      } else if (!other.containsKey(name)) {
        differences.add(name + " (only the first time)");
      } else if (!String.valueOf(one.get(name)).equals(other.get(name))) {
        differences.add(name);
      }
    }
    return differences.isEmpty()
        ? List.of("(order, times or compression of the members)")
        : List.copyOf(differences);
  }

  private static Map<String, String> digests(Path wheel) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    try (ZipArchive archive = ZipArchive.open(wheel, WheelLimits.DEFAULT)) {
      for (ZipMember member : archive.members()) {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(archive.open(member), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        digests.put(
            member.name(), HexFormat.of().formatHex(digest.digest()) + " " + member.unixMode());
      }
    }
    return digests;
  }
}
