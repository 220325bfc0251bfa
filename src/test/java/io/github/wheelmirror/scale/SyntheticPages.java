package io.github.wheelmirror.scale;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.constraints.Pin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Project pages with the names and the numbers of files that a public index has for the pinned
 * projects: most have a wheel and an sdist for each of some twenty versions, some only sdists, a
 * few a wheel for every Python and platform. The same pins make the same pages.
 */
final class SyntheticPages {

  /** What a project has besides its sdists; in twentieths of all projects. */
  private enum Kind {
    PURE(14),
    SDIST_ONLY(2),
    ABI3(1),
    COMPILED(2),
    /** No such project, or not the pinned version. */
    LACKING(1);

    private final int share;

    Kind(int share) {
      this.share = share;
    }
  }

  private static final List<String> PLATFORMS =
      List.of(
          "manylinux_2_17_x86_64.manylinux2014_x86_64",
          "manylinux_2_17_aarch64.manylinux2014_aarch64",
          "manylinux_2_5_i686.manylinux1_i686",
          "musllinux_1_2_x86_64",
          "musllinux_1_2_aarch64",
          "macosx_10_9_x86_64",
          "macosx_11_0_arm64",
          "win32",
          "win_amd64");

  private final Map<String, Set<String>> pinned = new TreeMap<>();

  SyntheticPages(Collection<Pin> pins) {
    for (Pin pin : pins) {
      pinned
          .computeIfAbsent(pin.name().toString(), name -> new TreeSet<>())
          .add(pin.version().toString());
    }
  }

  Set<String> projects() {
    return pinned.keySet();
  }

  /** The page as PEP 691 JSON; empty if the index does not have the project. */
  byte[] page(String project) {
    Set<String> versions = pinned.get(project);
    if (versions == null) {
      return new byte[0];
    }
    Random random = new Random(project.hashCode());
    Kind kind = kind(random);
    if (kind == Kind.LACKING && random.nextBoolean()) {
      return new byte[0];
    }
    Set<String> all = kind == Kind.LACKING ? new TreeSet<>() : new LinkedHashSet<>(versions);
    int others = 8 + random.nextInt(22);
    for (int i = 0; i < others; i++) {
      all.add("0." + (i / 4) + "." + (i % 4));
    }
    List<String> files = new ArrayList<>();
    boolean popular = random.nextInt(3) == 0;
    for (String version : all) {
      filenames(project, version, kind, popular).forEach(name -> files.add(file(project, name)));
    }
    return ("{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"%s\",\"versions\":[],\"files\":[%s]}")
        .formatted(project, String.join(",", files))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Kind kind(Random random) {
    int chosen = random.nextInt(20);
    for (Kind kind : Kind.values()) {
      chosen -= kind.share;
      if (chosen < 0) {
        return kind;
      }
    }
    return Kind.PURE;
  }

  private static List<String> filenames(
      String project, String version, Kind kind, boolean popular) {
    String stem = project.replace('-', '_') + "-" + version;
    List<String> names = new ArrayList<>();
    switch (kind) {
      case PURE, LACKING -> names.add(stem + "-py2.py3-none-any.whl");
      case SDIST_ONLY -> {}
      case ABI3 -> PLATFORMS.forEach(p -> names.add(stem + "-cp38-abi3-" + p + ".whl"));
      case COMPILED -> {
        for (int minor = 8; minor <= 14; minor++) {
          String python = "cp3" + minor + "-cp3" + minor;
          for (String platform : popular ? PLATFORMS : PLATFORMS.subList(0, 3)) {
            names.add(stem + "-" + python + "-" + platform + ".whl");
          }
        }
      }
    }
    names.add(stem + ".tar.gz");
    return names;
  }

  private static String file(String project, String filename) {
    String sha256 = Sha256.of(filename.getBytes(StandardCharsets.UTF_8));
    boolean wheel = filename.endsWith(".whl");
    return ("{\"filename\":\"%s\",\"url\":\"../../packages/%s/%s/%s/%s\",\"size\":%d,"
            + "\"hashes\":{\"sha256\":\"%s\"},\"requires-python\":%s,\"yanked\":false,%s"
            + "\"provenance\":null,\"upload-time\":\"2023-0%d-1%dT10:11:12.345678Z\"}")
        .formatted(
            filename,
            sha256.substring(0, 2),
            sha256.substring(2, 4),
            sha256.substring(4),
            filename,
            10_000 + project.length() * 1_000,
            sha256,
            project.length() % 3 == 0 ? "null" : "\">=3.6\"",
            wheel ? "\"core-metadata\":{\"sha256\":\"" + sha256 + "\"}," : "",
            1 + project.length() % 9,
            project.length() % 10);
  }
}
