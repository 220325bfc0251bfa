package io.github.wheelmirror.tree;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.WheelFilename;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a wheel as nobody else does before it is published (PEP 427; the archive, {@code RECORD}
 * in both directions, metadata against file name, honesty of the tags), without Python and without
 * trusting a byte of it.
 *
 * <p>An error means that a client would fail, be misled or be endangered; a warning, that some
 * client may. What all clients cope with is untidy: an info, since a mirror must be able to copy
 * what upstream has with its harmless defects, and a warning of an own build. Each check's class
 * says where it draws the line. Content is streamed; only files of {@code .dist-info} and the
 * beginnings of compiled ones are held in memory.
 */
public final class WheelInspector {

  private final WheelLimits limits;

  /** With {@link WheelLimits#DEFAULT}. */
  public WheelInspector() {
    this(WheelLimits.DEFAULT);
  }

  /** With these limits. */
  public WheelInspector(WheelLimits limits) {
    this.limits = limits;
  }

  /** Inspects a file under its own name. */
  public WheelInspection inspect(Path file) {
    return inspect(file, String.valueOf(file.getFileName()));
  }

  /**
   * Inspects a file that is to have another name, as one of upstream's.
   *
   * @throws MirrorException (machinery) if the file cannot be read; never because of its content
   */
  public WheelInspection inspect(Path file, String filename) {
    return inspect(file, filename, false);
  }

  /**
   * Inspects a file that is to have another name.
   *
   * @param own whether it was built here, so that nobody copes with it yet: what its tags promise
   *     is taken at its word
   * @throws MirrorException (machinery) if the file cannot be read; never because of its content
   */
  WheelInspection inspect(Path file, String filename, boolean own) {
    WheelInspection inspection = inspected(file, filename, own);
    return own ? inspection.strictly() : inspection;
  }

  private WheelInspection inspected(Path file, String filename, boolean own) {
    List<WheelProblem> problems = new ArrayList<>();
    WheelFilename parsed;
    try {
      parsed = WheelFilename.parse(filename);
    } catch (InvalidWheelFilenameException e) {
      problems.add(WheelProblem.error("file-name", String.valueOf(e.getMessage())));
      return WheelInspection.without(null, problems);
    }
    try (ZipArchive archive = ZipArchive.open(file, limits)) {
      problems.addAll(archive.warnings());
      problems.addAll(MemberNames.check(archive.members()));
      return new WheelContent(archive, parsed, limits, own, problems).inspect();
    } catch (DamagedWheelException e) {
      problems.add(e.problem());
      return WheelInspection.without(parsed, problems);
    } catch (IOException e) {
      throw MirrorException.machinery(
          filename + " cannot be read", IoWords.of(e), "check the file and its disk", e);
    }
  }
}
