package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.ProjectName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What upstream has, and the way to get it: port to the package indexes and find-links folders. */
public interface DistributionIndex extends AutoCloseable {

  /**
   * All files of the project on all configured locations, in pip's order. Each project is asked for
   * once per instance; later calls get the same page.
   *
   * @return a page that does not {@linkplain ProjectPage#exists exist} if every location answered
   *     and none has the project
   * @throws MirrorException (machinery) if a location cannot be read; (input) if it wants other
   *     credentials
   */
  ProjectPage project(ProjectName name);

  /** As {@link #projects(Collection, Consumer)}, where nobody waits for them. */
  default Map<ProjectName, PageResult> projects(Collection<ProjectName> names) {
    return projects(names, name -> {});
  }

  /**
   * The pages of many projects, read in parallel up to the downloads limit.
   *
   * @param answered is told each distinct name once when its result is there, from several threads
   * @return one result per name, in the order of {@code names}; a failure is a result, not an
   *     exception
   */
  Map<ProjectName, PageResult> projects(
      Collection<ProjectName> names, Consumer<ProjectName> answered);

  /**
   * Brings the file to {@code target}, which never holds half a file: the bytes are written beside
   * it, hashed, compared with the file's hashes and size, forced to the disk, and moved.
   *
   * @param target the final path; its folder is made if missing
   * @throws WrongFileException if its bytes are other ones than the index promised
   * @throws MirrorException (machinery) if the file cannot be had; (input) if the index promised no
   *     hash and is not trusted without
   */
  Downloaded download(RemoteFile file, Path target);

  /**
   * The last bytes of a file, without the rest of it. Tried twice at the most, and no reason to
   * fail: nothing if the server does not give ranges (RFC 9110, 14), if anything goes wrong, or if
   * nothing may be asked. No hash proves the bytes.
   *
   * @param length how many are wanted; fewer come if the file is smaller
   * @throws MirrorException (machinery) only if the thread is interrupted
   */
  Optional<FileTail> tail(RemoteFile file, int length);

  /**
   * Tells the configured locations apart from others, without credentials; the same on two machines
   * only where none of the locations is a local folder.
   */
  String identity();

  /** What a person should know about the configuration and the locations, in words. */
  List<String> warnings();

  /** Ends what runs in the background; pages and files already given stay valid. */
  @Override
  void close();
}
