package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.InvalidSdistFilenameException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.SdistFilename;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.selection.WheelNames.WheelName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How pip reads file names.
 *
 * @param wheels which are wheels
 * @param legacyVersions whether versions that are not PEP 440 are kept
 * @param standardOnly whether a file must be named as the standards say, as in a directory
 */
record PipFileNames(WheelNames wheels, boolean legacyVersions, boolean standardOnly)
    implements FileNames {

  private static final String WHEEL = ".whl";

  @Override
  public FileName read(String filename, ProjectName project) {
    if (standardOnly && !isStandard(filename, project)) {
      return new FileName.Refused(
          Reason.INVALID_FILE_NAME, "a directory offers only wheels, .tar.gz and .zip files");
    }
    return filename.endsWith(WHEEL) ? wheel(filename, project) : sdist(filename, project);
  }

  private boolean isStandard(String filename, ProjectName project) {
    WheelNames standard = wheels == WheelNames.PIP_PATTERN ? WheelNames.PACKAGING_25 : wheels;
    Optional<WheelName> wheel = standard.read(filename);
    if (wheel.isPresent()) {
      return wheel.get().project().equals(project.value());
    }
    try {
      return SdistFilename.parse(filename).name().equals(project);
    } catch (InvalidSdistFilenameException e) {
      return false;
    }
  }

  private FileName wheel(String filename, ProjectName project) {
    Optional<WheelName> read = wheels.read(filename);
    if (read.isEmpty()) {
      return new FileName.Refused(Reason.INVALID_FILE_NAME, "");
    }
    WheelName name = read.get();
    if (!name.project().equals(project.value())) {
      return new FileName.Refused(Reason.NOT_THIS_PROJECT, name.project());
    }
    @Nullable Version version = name.version();
    if (version == null && !legacyVersions) {
      return new FileName.Refused(Reason.INVALID_VERSION, name.versionText());
    }
    String text = version == null ? name.versionText() : version.toString();
    return new FileName.Wheel(version, text, name.buildTag(), name.tags());
  }

  private FileName sdist(String filename, ProjectName project) {
    Optional<String> extension = SdistFilename.archiveExtension(filename);
    if (extension.isEmpty()) {
      return new FileName.Refused(Reason.UNSUPPORTED_ARCHIVE, "");
    }
    Optional<SdistFilename> name = SdistFilename.forProject(filename, project);
    if (name.isPresent()) {
      return new FileName.Sdist(
          name.get().version(),
          name.get().version().toString(),
          extension.get(),
          name.get().pythonVersion().orElse(""));
    }
    String stem = filename.substring(0, filename.length() - extension.get().length());
    for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
      if (ProjectName.normalize(stem.substring(0, dash)).equals(project.value())) {
        return notVersion(filename, stem.substring(dash + 1), extension.get());
      }
    }
    return new FileName.Refused(Reason.NOT_THIS_PROJECT, "");
  }

  /** The project's, but no version, or an old archive for macOS. */
  private FileName notVersion(String filename, String text, String extension) {
    if (extension.equals(".zip") && filename.contains("macosx10")) {
      return new FileName.Refused(Reason.UNSUPPORTED_ARCHIVE, "an old archive for macOS");
    }
    return legacyVersions && !text.isEmpty()
        ? new FileName.Sdist(null, text, extension, "")
        : new FileName.Refused(Reason.INVALID_VERSION, text);
  }
}
