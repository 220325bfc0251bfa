package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.InvalidBuildTagException;
import io.github.wheelmirror.python.InvalidTagException;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.python.WheelFilename;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which file names pip takes for wheels; each takes those of the stricter ones too. */
enum WheelNames {
  /** {@code packaging} 26.3, which checks all parts. */
  PACKAGING_26_3("", false),
  /** {@code packaging} until 26.2, which does not check the tags. */
  PACKAGING_25("[\\w.]+", false),
  /** pip's own pattern until 25.0: any name, and underscores in versions stand for dashes. */
  PIP_PATTERN("\\S+", true);

  private static final String EXTENSION = ".whl";

  /**
   * The parts of a name.
   *
   * @param version null if the text is none
   */
  record WheelName(
      String project,
      String versionText,
      @Nullable Version version,
      @Nullable BuildTag buildTag,
      Set<Tag> tags) {}

  private final Pattern project;
  private final boolean underscoresAreDashes;

  WheelNames(String project, boolean underscoresAreDashes) {
    this.project = Pattern.compile(project);
    this.underscoresAreDashes = underscoresAreDashes;
  }

  /** The parts, or nothing if it is no wheel's name. */
  Optional<WheelName> read(String filename) {
    try {
      WheelFilename name = WheelFilename.parse(filename);
      return Optional.of(
          new WheelName(
              name.name().value(),
              name.version().toString(),
              name.version(),
              name.buildTag().orElse(null),
              name.tags()));
    } catch (InvalidWheelFilenameException e) {
      // an older rule may still take it
      return this == PACKAGING_26_3 ? Optional.empty() : readLeniently(filename);
    }
  }

  private Optional<WheelName> readLeniently(String filename) {
    if (!filename.endsWith(EXTENSION)) {
      return Optional.empty();
    }
    String[] parts = filename.substring(0, filename.length() - EXTENSION.length()).split("-", -1);
    int last = parts.length - 1;
    boolean hasBuildTag = parts.length == 6;
    if ((!hasBuildTag && parts.length != 5) || !project.matcher(parts[0]).matches()) {
      return Optional.empty();
    }
    String text = underscoresAreDashes ? parts[1].replace('_', '-') : parts[1];
    Optional<Version> version = Version.tryParse(text);
    if (!underscoresAreDashes && (parts[0].contains("__") || version.isEmpty())) {
      return Optional.empty();
    }
    if (underscoresAreDashes && filename.chars().anyMatch(Character::isWhitespace)) {
      return Optional.empty();
    }
    BuildTag buildTag = null;
    if (hasBuildTag) {
      try {
        buildTag = BuildTag.parse(parts[2]);
      } catch (InvalidBuildTagException e) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new WheelName(
            ProjectName.normalize(parts[0]),
            text,
            version.orElse(null),
            buildTag,
            tags(parts[last - 2], parts[last - 1], parts[last])));
  }

  /** Those tags that can be one; no other is ever supported. */
  private static Set<Tag> tags(String interpreters, String abis, String platforms) {
    Set<Tag> tags = new HashSet<>();
    for (String interpreter : interpreters.split("\\.", -1)) {
      for (String abi : abis.split("\\.", -1)) {
        for (String platform : platforms.split("\\.", -1)) {
          if (tags.size() >= Tag.MAX_SET_SIZE) {
            return tags;
          }
          try {
            tags.add(new Tag(interpreter, abi, platform));
          } catch (InvalidTagException e) {
            // such as the empty one of "py3."
            continue;
          }
        }
      }
    }
    return tags;
  }
}
