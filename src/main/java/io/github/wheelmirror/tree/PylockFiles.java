package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.PythonTime;
import io.github.wheelmirror.python.Version;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a lock file of each branch (the {@code pylock.toml} specification, PEP 751): every pin of
 * the branch that the snapshot serves, with the wheels that serve it and their hashes, and a marker
 * where it is not for all Pythons. {@code Requires-Python} is left to the wheels: upstream's texts
 * are not all valid, and one that is not would make the whole file invalid. The files know no
 * clock.
 */
public final class PylockFiles {
  private static final int READABLE = 8;
  private static final int DIGEST_DIGITS = 12;

  /** A branch may have a longer name than a file. */
  private static final int LONGEST = 200;

  private final Manifest manifest;
  private final String url;

  private PylockFiles(Manifest manifest, String url) {
    this.manifest = manifest;
    this.url = url;
  }

  /** A package of one version and the wheels that serve it on some Pythons. */
  private record Locked(ProjectName project, Version version) {}

  /**
   * Those of a snapshot, which is the same in all regions: wheels have paths relative to the file's
   * place below {@code /@<id>/} and {@code /<slug>/}.
   *
   * @return content by path in the snapshot; a branch that is not served has none
   */
  static Map<String, byte[]> relative(Manifest manifest) {
    return new PylockFiles(manifest, "").files();
  }

  /**
   * Those for a region with a URL, for clients that resolve no relative path.
   *
   * @param url of the region, with a slash at its end
   * @return content by file name
   */
  public static Map<String, byte[]> absolute(Manifest manifest, String url) {
    return new PylockFiles(manifest, url).files();
  }

  private SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Set<String> branches =
        manifest.served().stream()
            .map(ManifestServed::branch)
            .collect(Collectors.toCollection(TreeSet::new));
    names(branches)
        .forEach(
            (branch, name) -> {
              String text = text(branch);
              if (!text.isEmpty()) {
                files.put(name, text.getBytes(StandardCharsets.UTF_8));
              }
            });
    return files;
  }

  /**
   * The specification allows no dot in the name. A branch that is spelled so already has its own
   * name; of others that would get the same one, each has the beginning of its digest too, whatever
   * other branches there are.
   */
  static SortedMap<String, String> names(Collection<String> branches) {
    SortedMap<String, String> names = new TreeMap<>();
    for (String branch : new TreeSet<>(branches)) {
      names.put(branch, "pylock." + name(branch, branches) + ".toml");
    }
    return names;
  }

  private static String name(String branch, Collection<String> branches) {
    String plain = plain(branch);
    boolean shared =
        branches.stream().anyMatch(other -> !other.equals(branch) && plain(other).equals(plain));
    boolean isLong = plain.length() > LONGEST;
    if (!isLong && (plain.equals(branch) || !shared)) {
      return plain;
    }
    String digest = Sha256.of(branch.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_DIGITS);
    return plain.substring(0, Math.min(plain.length(), LONGEST)) + "--" + digest;
  }

  private static String plain(String branch) {
    return branch.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
  }

  private String text(String branch) {
    Map<String, ManifestFile> files = new HashMap<>();
    manifest.files().forEach(file -> files.put(file.filename(), file));
    Map<Locked, SortedMap<String, TreeSet<String>>> packages = new HashMap<>();
    for (ManifestServed served : manifest.served()) {
      if (served.branch().equals(branch) && !served.kept()) {
        ManifestFile file = Objects.requireNonNull(files.get(served.filename()));
        SortedMap<String, TreeSet<String>> wheels =
            packages.computeIfAbsent(
                new Locked(file.project(), file.version()), each -> new TreeMap<>());
        wheels
            .computeIfAbsent(file.filename(), each -> new TreeSet<>(Manifest.PYTHON_ORDER))
            .addAll(served.pythons());
      }
    }
    if (packages.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("lock-version = \"1.0\"\n");
    text.append("environments = [\n");
    environments().forEach(marker -> text.append("    ").append(quoted(marker)).append(",\n"));
    text.append("]\n");
    text.append("created-by = \"wheel-mirror\"\n");
    packages.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(Locked::project)
                    .thenComparing(Locked::version)
                    .thenComparing(each -> each.version().toString())))
        .forEach(each -> append(text, each.getKey(), each.getValue(), files));
    return text.toString();
  }

  /** Pythons that markers cannot tell apart are one. */
  private Stream<String> environments() {
    return manifest.environments().isEmpty()
        ? manifest.pythons().stream().map(this::environment)
        : manifest.environments().stream().map(ManifestEnvironment::marker).distinct();
  }

  /** What the name of a Python says, for a release of before there were environments. */
  private String environment(String python) {
    String slug = manifest.slug();
    String machine = slug.substring(slug.lastIndexOf('-') + 1);
    String platform = "sys_platform == 'linux' and platform_machine == '" + machine + "'";
    return PublishedConstraints.version(python)
        .map(version -> "python_version == '" + version + "' and " + platform)
        .orElse(platform);
  }

  private void append(
      StringBuilder text,
      Locked locked,
      SortedMap<String, TreeSet<String>> wheels,
      Map<String, ManifestFile> files) {
    Set<String> pythons = new TreeSet<>(Manifest.PYTHON_ORDER);
    wheels.values().forEach(pythons::addAll);
    text.append("\n[[packages]]\n");
    text.append("name = ").append(quoted(locked.project().value())).append('\n');
    text.append("version = ").append(quoted(locked.version().toString())).append('\n');
    if (!pythons.containsAll(manifest.pythons())) {
      String marker = markers(pythons).distinct().collect(Collectors.joining(" or "));
      if (!marker.isEmpty()) {
        text.append("marker = ").append(quoted(marker)).append('\n');
      }
    }
    List<ManifestFile> listed =
        wheels.keySet().stream().map(name -> Objects.requireNonNull(files.get(name))).toList();
    for (ManifestFile file : listed) {
      text.append("\n[[packages.wheels]]\n");
      text.append("name = ").append(quoted(file.filename())).append('\n');
      time(file).ifPresent(time -> text.append("upload-time = ").append(time).append('\n'));
      text.append(url.isEmpty() ? "path = " : "url = ")
          .append(
              quoted(
                  url.isEmpty()
                      ? "../" + TreeLayout.wheel(file.sha256(), file.filename())
                      : url + TreeLayout.rootWheelUrl(file.sha256(), file.filename())))
          .append('\n');
      text.append("size = ").append(file.size()).append('\n');
      text.append("hashes = { sha256 = ").append(quoted(file.sha256())).append(" }\n");
    }
  }

  private Stream<String> markers(Set<String> pythons) {
    if (manifest.environments().isEmpty()) {
      return pythons.stream()
          .map(PublishedConstraints::version)
          .flatMap(Optional::stream)
          .map(version -> "python_version == '" + version + "'");
    }
    boolean several =
        manifest.environments().stream()
                .map(ManifestEnvironment::implementationName)
                .distinct()
                .count()
            > 1;
    return manifest.environments().stream()
        .filter(each -> pythons.contains(each.python()))
        .map(each -> each.shortMarker(several));
  }

  /**
   * A TOML date-time with whole seconds; nothing for a time that nobody knows, or of a year that
   * TOML or Python cannot write: the whole file would be invalid.
   */
  private static Optional<String> time(ManifestFile file) {
    try {
      Instant time = Instant.parse(file.uploadTime()).truncatedTo(ChronoUnit.SECONDS);
      return PythonTime.hasYear(time.atOffset(ZoneOffset.UTC).getYear())
          ? Optional.of(time.toString())
          : Optional.empty();
    } catch (DateTimeException e) {
      // an index may write what it likes there
      return Optional.empty();
    }
  }

  /** A TOML basic string. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + READABLE).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        int shown = Character.isSurrogate(c) ? 0xFFFD : c;
        quoted.append(String.format(Locale.ROOT, "\\u%04X", shown));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
