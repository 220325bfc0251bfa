package io.github.wheelmirror.python;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file name of a source distribution, {@code name-version.tar.gz} (PEP 625), old spellings
 * included.
 *
 * <p>Where name and version meet is ambiguous in old names, so there are two rules: {@link
 * #parse(String)} and {@link #forProject(String, ProjectName)}.
 */
public final class SdistFilename {

  private static final List<String> PACKAGING_EXTENSIONS = List.of(".tar.gz", ".zip");

  /** What pip unpacks, wheels apart. */
  private static final Set<String> PIP_EXTENSIONS =
      Set.of(
          ".zip",
          ".tar.gz",
          ".tgz",
          ".tar",
          ".tar.bz2",
          ".tbz",
          ".tar.xz",
          ".txz",
          ".tlz",
          ".tar.lz",
          ".tar.lzma");

  private static final String TAR = ".tar";

  private final String filename;
  private final ProjectName name;
  private final Version version;
  private final @Nullable String pythonVersion;

  private SdistFilename(
      String filename, ProjectName name, Version version, @Nullable String pythonVersion) {
    this.filename = filename;
    this.name = name;
    this.version = version;
    this.pythonVersion = pythonVersion;
  }

  /**
   * Reads {@code .tar.gz} and {@code .zip} names as packaging 26.3 {@code parse_sdist_filename}: it
   * splits at the last dash and checks the version, not the name.
   *
   * @throws InvalidSdistFilenameException if packaging refuses it
   */
  public static SdistFilename parse(String filename) {
    String extension =
        PACKAGING_EXTENSIONS.stream()
            .filter(filename::endsWith)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidSdistFilenameException(
                        filename, "it ends neither with .tar.gz nor with .zip"));
    String stem = filename.substring(0, filename.length() - extension.length());
    int dash = stem.lastIndexOf('-');
    if (dash <= 0) {
      throw new InvalidSdistFilenameException(filename, "it is not a name, a dash and a version");
    }
    Version version =
        Version.tryParse(stem.substring(dash + 1))
            .orElseThrow(
                () ->
                    new InvalidSdistFilenameException(
                        filename, "what follows the last dash is not a version"));
    ProjectName name = ProjectName.normalized(stem.substring(0, dash));
    return new SdistFilename(filename, name, version, null);
  }

  /**
   * Reads a name on a project's page by the rule of pip's finder: it splits at the dash before
   * which stands the wanted project, and knows more kinds of archives.
   *
   * @return empty where pip sees no candidate of that project, whatever the running Python
   */
  public static Optional<SdistFilename> forProject(String filename, ProjectName wanted) {
    String extension = pipExtension(filename);
    if (!PIP_EXTENSIONS.contains(extension)
        || (extension.equals(".zip") && filename.contains("macosx10"))) {
      return Optional.empty();
    }
    String stem = filename.substring(0, filename.length() - extension.length());
    int dash = dashAfter(wanted.value(), stem);
    if (dash < 0) {
      return Optional.empty();
    }
    String text = stem.substring(dash + 1);
    int suffix = pythonSuffix(text);
    String python = suffix < 0 ? null : text.substring(suffix + "-py".length()).stripTrailing();
    return Version.tryParse(suffix < 0 ? text : text.substring(0, suffix))
        .map(version -> new SdistFilename(filename, wanted, version, python));
  }

  /** The extension by which pip takes a name for a source archive; empty if it does not. */
  public static Optional<String> archiveExtension(String filename) {
    return Optional.of(pipExtension(filename)).filter(PIP_EXTENSIONS::contains);
  }

  /** The part after the last dot, with {@code .tar} before it; empty for dot files. */
  private static String pipExtension(String filename) {
    int dot = filename.lastIndexOf('.');
    if (dot < 0 || filename.chars().limit(dot).allMatch(c -> c == '.')) {
      return "";
    }
    int start = dot - TAR.length();
    boolean afterTar = start >= 0 && filename.regionMatches(true, start, TAR, 0, TAR.length());
    return filename.substring(afterTar ? start : dot);
  }

  /** The first dash before which stands a spelling of the normalised name; or -1. One pass. */
  private static int dashAfter(String normalized, String stem) {
    int matched = 0;
    boolean inSeparator = false;
    for (int i = 0; i < stem.length(); i++) {
      char c = stem.charAt(i);
      if (c == '-' && matched == normalized.length() && !inSeparator) {
        return i;
      }
      boolean separator = c == '-' || c == '_' || c == '.';
      if (separator && inSeparator) {
        continue;
      }
      char wanted = matched < normalized.length() ? normalized.charAt(matched) : '\0';
      if (wanted != (separator ? '-' : Character.toLowerCase(c))) {
        return -1;
      }
      inSeparator = separator;
      matched++;
    }
    return -1;
  }

  /** Where {@code -py2.7} or {@code -py3} starts at the end of the text; or -1. */
  private static int pythonSuffix(String text) {
    int start = text.lastIndexOf("-py");
    if (start < 0) {
      return -1;
    }
    String python = text.substring(start + "-py".length());
    // as '$' in Python: a last line end does not count
    String line = python.endsWith("\n") ? python.substring(0, python.length() - 1) : python;
    boolean matches =
        !line.isEmpty()
            && line.charAt(0) >= '1'
            && line.charAt(0) <= '3'
            && isDotThenDigit(line.substring(1));
    return matches ? start : -1;
  }

  private static boolean isDotThenDigit(String text) {
    String digit = text.startsWith(".") ? text.substring(1) : text;
    return digit.isEmpty()
        || (digit.length() == 1 && digit.charAt(0) >= '0' && digit.charAt(0) <= '9');
  }

  /** The project; {@link #parse} does not look whether a project may be called so. */
  public ProjectName name() {
    return name;
  }

  /** The version. */
  public Version version() {
    return version;
  }

  /**
   * The {@code X.Y} of an old {@code -pyX.Y} suffix: pip takes the file on exactly that Python.
   * Only {@link #forProject} looks for it.
   */
  public Optional<String> pythonVersion() {
    return Optional.ofNullable(pythonVersion);
  }

  /** The name as given. */
  public String filename() {
    return filename;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SdistFilename that
        && filename.equals(that.filename)
        && name.equals(that.name)
        && version.equals(that.version);
  }

  @Override
  public int hashCode() {
    return filename.hashCode();
  }

  /** The name as given. */
  @Override
  public String toString() {
    return filename;
  }
}
