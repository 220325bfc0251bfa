package io.github.wheelmirror.tree;

import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildCost;
import io.github.wheelmirror.build.BuildHistory;
import io.github.wheelmirror.constraints.TargetId;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@link BuildHistory} in a folder, one file a project. It is only advice: what cannot be read or
 * written is as if it had never been, and of two writers one wins.
 */
public final class KeptHistory implements BuildHistory {

  /** Where it is in a wheelhouse. */
  public static final String FOLDER = "history";

  private final Path folder;

  /** By target, for example {@code debian-12-x86_64/cp311}. */
  private record Note(Map<String, BuildCost> costs) {
    Note {
      costs = new TreeMap<>(costs);
    }
  }

  /** The history in this folder, which need not exist yet. */
  public KeptHistory(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<BuildCost> last(ProjectName project, TargetId target) {
    return Optional.ofNullable(read(project).costs().get(target.toString()));
  }

  @Override
  public synchronized void remember(ProjectName project, TargetId target, BuildCost cost) {
    Note note = read(project);
    note.costs().put(target.toString(), cost);
    try {
      AtomicFile.writeUnforced(file(project), Json.write(note));
    } catch (IOException fullOrReadOnly) {
      // the next plan guesses
      return;
    }
  }

  private Note read(ProjectName project) {
    Path file = file(project);
    try {
      return Files.isRegularFile(file)
          ? Json.read(Files.readAllBytes(file), Note.class, file.toString())
          : new Note(Map.of());
    } catch (IOException | MirrorException damaged) {
      return new Note(Map.of());
    }
  }

  private Path file(ProjectName project) {
    return folder.resolve(project + ".json");
  }
}
