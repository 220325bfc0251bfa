package io.github.wheelmirror.builder;

import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Rusts that the user has by {@code rustup}. Its {@code rustc} and {@code cargo} only start
 * those of a toolchain, which they look for below the home folder; and builds have another.
 */
public final class RustToolchains {

  /** No rustup. */
  public static final RustToolchains NONE = new RustToolchains(false, Optional.empty());

  private static final String PROGRAM = "rustup";

  /** It is a few lines; who put more there did not mean it for rustup. */
  private static final int MAX_SETTINGS = 1 << 20;

  private final boolean present;
  private final Optional<Path> folder;

  private RustToolchains(boolean present, Optional<Path> folder) {
    this.present = present;
    this.folder = folder;
  }

  /**
   * Those of the rustup that a path has.
   *
   * @param home the user's
   * @param rustupHome the user's {@code RUSTUP_HOME}, {@code ""} if it is not set
   */
  public static RustToolchains of(SearchPath path, Path home, String rustupHome) {
    if (Stream.of(PROGRAM, "cargo", "rustc").noneMatch(name -> isRustup(path, name))) {
      return NONE;
    }
    return new RustToolchains(
        true,
        Stream.of(rustupHome)
            .filter(set -> !set.isEmpty())
            .map(Path::of)
            // rustup takes another for a folder of where it is started: each build's own
            .filter(Path::isAbsolute)
            .findFirst()
            .or(() -> Optional.of(home.resolve(".rustup")))
            .filter(Files::isDirectory));
  }

  private static boolean isRustup(SearchPath path, String program) {
    Optional<Path> found = path.find(program);
    try {
      return found.isPresent() && found.get().toRealPath().endsWith(PROGRAM);
    } catch (IOException gone) {
      return false;
    }
  }

  /** What makes its programs find them, and not fetch others. */
  public Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    if (present) {
      variables.put("RUSTUP_AUTO_INSTALL", "0");
      folder.ifPresent(one -> variables.put("RUSTUP_HOME", one.toString()));
    }
    return variables;
  }

  /** What changes when another Rust would be started. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    variables().forEach((name, value) -> facts.add(name + "=" + value));
    folder.ifPresent(
        one -> {
          facts.add(settings(one.resolve("settings.toml")));
          facts.addAll(entries(one.resolve("toolchains")));
          // has a file for each, which changes when that is brought up to date
          facts.addAll(entries(one.resolve("update-hashes")));
        });
    return facts;
  }

  private static String settings(Path file) {
    try {
      return Files.size(file) > MAX_SETTINGS ? Circumstances.fact(file) : Files.readString(file);
    } catch (IOException unreadable) {
      return Circumstances.fact(file);
    }
  }

  private static List<String> entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Circumstances::fact).toList();
    } catch (IOException absent) {
      return List.of(folder + " -");
    }
  }
}
