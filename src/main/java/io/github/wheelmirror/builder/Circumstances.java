package io.github.wheelmirror.builder;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a host decides whether a failed build would fail again: the packages that are installed,
 * the programs that are found, the Rusts behind rustup, the limits. Told from times and sizes,
 * without starting anything.
 */
public final class Circumstances {

  /** What package managers rewrite with each package: Debian's, RPM's two kinds, Alpine's. */
  private static final List<Path> PACKAGES =
      List.of(
          Path.of("/var/lib/dpkg/status"),
          Path.of("/var/lib/rpm/rpmdb.sqlite"),
          Path.of("/var/lib/rpm/Packages"),
          Path.of("/usr/lib/sysimage/rpm/rpmdb.sqlite"),
          Path.of("/lib/apk/db/installed"),
          Path.of("/usr/local/include"),
          Path.of("/usr/local/lib"));

  private Circumstances() {}

  /**
   * A digest of them.
   *
   * @param path where builds find programs
   * @param rust what rustup's programs would start
   * @param limits how far builds may go
   */
  public static String of(SearchPath path, RustToolchains rust, BuildLimits limits) {
    List<String> facts = new ArrayList<>();
    PACKAGES.forEach(file -> facts.add(fact(file)));
    path.directories().forEach(folder -> facts.add(programs(folder)));
    facts.addAll(rust.facts());
    facts.add(limits.toString());
    return Sha256.of(String.join("\n", facts).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A version manager writes all shims anew whenever pip has run, and they are alike: of their
   * folder only the names tell something, but for the dot file that is there while it writes.
   */
  private static String programs(Path folder) {
    if (!folder.endsWith("shims")) {
      return fact(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return folder
          + files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .collect(Collectors.joining(" ", " ", ""));
    } catch (IOException | UncheckedIOException unreadable) {
      return folder + " -";
    }
  }

  static String fact(Path file) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return file + " " + facts.lastModifiedTime().toMillis() + " " + facts.size();
    } catch (IOException absent) {
      return file + " -";
    }
  }
}
