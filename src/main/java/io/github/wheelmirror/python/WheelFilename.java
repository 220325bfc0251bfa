package io.github.wheelmirror.python;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file name of a wheel, {@code name-version(-build)?-interpreter-abi-platform.whl} (PEP 427).
 *
 * <p>Legacy spellings of the project (upper case, dots) are accepted as pip accepts them. Two are
 * equal if their text is.
 */
public final class WheelFilename {

  private static final String EXTENSION = ".whl";

  private final String filename;
  private final String[] parts;
  private final ProjectName name;
  private final Version version;
  private final @Nullable BuildTag buildTag;
  private final SortedSet<Tag> tags;

  private WheelFilename(String filename) {
    this.filename = filename;
    this.parts = split(filename);
    this.name = name(filename, parts[0]);
    this.version =
        Version.tryParse(parts[1])
            .orElseThrow(
                () ->
                    new InvalidWheelFilenameException(
                        filename, "the second part is not a version"));
    try {
      this.buildTag = parts.length == 6 ? BuildTag.parse(parts[2]) : null;
      this.tags = Tag.parseSet(tagText());
    } catch (InvalidBuildTagException | InvalidTagException e) {
      throw new InvalidWheelFilenameException(filename, e.reason());
    }
  }

  private static String[] split(String filename) {
    if (!filename.endsWith(EXTENSION)) {
      throw new InvalidWheelFilenameException(filename, "it does not end with " + EXTENSION);
    }
    String[] parts = filename.substring(0, filename.length() - EXTENSION.length()).split("-", -1);
    if (parts.length != 5 && parts.length != 6) {
      throw new InvalidWheelFilenameException(
          filename, "it has " + parts.length + " parts instead of 5 or 6");
    }
    return parts;
  }

  private static ProjectName name(String filename, String text) {
    if (text.isEmpty()
        || text.contains("__")
        || !text.codePoints().allMatch(c -> c == '.' || PythonUnicode.isWord(c))) {
      throw new InvalidWheelFilenameException(filename, "the first part is not an escaped name");
    }
    return ProjectName.normalized(text);
  }

  /**
   * Reads a file name as packaging 26.3 {@code parse_wheel_filename}.
   *
   * @throws InvalidWheelFilenameException if packaging refuses it, or the tags are too many
   */
  public static WheelFilename parse(String filename) {
    return new WheelFilename(filename);
  }

  /**
   * The normal form for an own build: name escaped, version normalised, tag sets sorted.
   *
   * @param tags a tag or compressed tag set
   * @throws InvalidTagException if the tags are none
   * @throws InvalidWheelFilenameException if no wheel can have that project name
   */
  public static WheelFilename of(
      ProjectName name, Version version, @Nullable BuildTag buildTag, String tags) {
    return join(
        name.value().replace('-', '_'), version.toString(), buildTag, Tag.normalizeSet(tags));
  }

  private static WheelFilename join(
      String name, String version, @Nullable BuildTag buildTag, String tags) {
    String build = buildTag == null ? "" : "-" + buildTag;
    return parse(name + "-" + version + build + "-" + tags + EXTENSION);
  }

  /** The same name with this build tag instead of its own, all else as written. */
  public WheelFilename withBuildTag(BuildTag newBuildTag) {
    return join(parts[0], parts[1], newBuildTag, tagText());
  }

  /** The same name for this platform instead of its own, all else as written. */
  public WheelFilename withPlatform(String platform) {
    String[] changed = parts.clone();
    changed[changed.length - 1] = platform;
    return parse(String.join("-", changed) + EXTENSION);
  }

  /**
   * The same name for pure code that only these Pythons may use, all else as written.
   *
   * @param interpreters as {@code cp310}, at least one
   */
  public WheelFilename withInterpreters(Collection<String> interpreters) {
    String[] changed = parts.clone();
    changed[changed.length - 3] = String.join(".", new TreeSet<>(interpreters));
    changed[changed.length - 2] = "none";
    changed[changed.length - 1] = "any";
    return parse(String.join("-", changed) + EXTENSION);
  }

  private String tagText() {
    return String.join("-", Arrays.asList(parts).subList(parts.length - 3, parts.length));
  }

  /** The project. */
  public ProjectName name() {
    return name;
  }

  /** The version. */
  public Version version() {
    return version;
  }

  /** The build tag. */
  public Optional<BuildTag> buildTag() {
    return Optional.ofNullable(buildTag);
  }

  /** The tags that the compressed tag set stands for; unmodifiable. */
  public SortedSet<Tag> tags() {
    return tags;
  }

  /** The name as given. */
  public String filename() {
    return filename;
  }

  /** Whether no tag names an ABI or a platform, so that it suits every platform. */
  public boolean isPure() {
    return tags.stream().allMatch(Tag::isPure);
  }

  /** Whether it has a tag of the stable ABI, so that it suits later minor versions too. */
  public boolean isAbi3() {
    return tags.stream().anyMatch(tag -> tag.abi().equals("abi3"));
  }

  /** Whether the members of its tag sets are in order, as PEP 425 asks of new files. */
  public boolean hasSortedTags() {
    return Tag.isSortedSet(tagText());
  }

  /** Compares build tags only: no build tag is less than any. */
  public int compareBuildTag(WheelFilename other) {
    BuildTag mine = buildTag;
    BuildTag its = other.buildTag;
    if (mine == null || its == null) {
      return Boolean.compare(mine != null, its != null);
    }
    return mine.compareTo(its);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WheelFilename that && filename.equals(that.filename);
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
