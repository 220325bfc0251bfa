package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildRequest;
import io.github.wheelmirror.build.BuildResult;
import io.github.wheelmirror.build.Rebuilt;
import io.github.wheelmirror.tree.WheelDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;

/**
 * Builds a sample of this run's wheels again, in another folder and without what compilers kept,
 * and says which come out the same.
 */
final class Rebuilding {

  private final BuildMeans means;

  Rebuilding(BuildMeans means) {
    this.means = means;
  }

  /**
   * Rebuilds.
   *
   * @param most how many
   * @param seed the same one chooses the same of the same wheels
   */
  List<Rebuilt> run(List<Building.Made> made, int most, String seed, Workers builders) {
    List<Building.Made> sample = new ArrayList<>(made);
    sample.sort(
        Comparator.comparing((Building.Made one) -> one.file().filename())
            .thenComparing(one -> one.target().id()));
    Collections.shuffle(sample, new Random(seed.hashCode()));
    List<Future<Rebuilt>> tasks = new ArrayList<>();
    for (Building.Made one : sample.subList(0, Math.min(most, sample.size()))) {
      tasks.add(builders.start(() -> rebuilt(one)));
    }
    return tasks.stream().map(Workers::await).toList();
  }

  private Rebuilt rebuilt(Building.Made made) {
    List<String> differences;
    try {
      differences = differences(made);
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      differences = List.of("(could not be built again: " + e.what() + ")");
    } catch (IOException e) {
      differences = List.of("(could not be built again: " + IoWords.of(e) + ")");
    }
    return new Rebuilt(
        made.file().filename(), made.file().sha256(), differences.isEmpty(), differences);
  }

  private List<String> differences(Building.Made made) throws IOException {
    String log = Workspace.rebuildLog(made.work().pin(), made.target().id());
    Path output =
        means
            .workspace()
            .buildOutput(made.work().id() + "-" + made.target().id().python() + "-again");
    Folders.empty(output);
    Files.deleteIfExists(means.workspace().folder().resolve(log));
    BuildResult result =
        means
            .slots()
            .run(
                0,
                share ->
                    means
                        .outside()
                        .builder()
                        .get()
                        .build(
                            new BuildRequest(
                                made.work().pin(),
                                made.sdist(),
                                made.target(),
                                made.sharing(),
                                made.work().buildConstraints(),
                                means.locks().of(made.work(), made.target()),
                                means.plan().override(made.work().pin()),
                                made.work().buildTag(),
                                made.work().sourceDateEpoch(),
                                means.workspace().rebuildWork(),
                                output,
                                means.workspace().folder().resolve(log),
                                share.memoryBytes(),
                                share.processors(),
                                true)));
    if (result instanceof BuildResult.Failed failed) {
      return List.of("(could not be built again: " + failed.diagnosis().symptom() + ")");
    }
    Path second = ((BuildResult.Built) result).wheel();
    Path first =
        means
            .outside()
            .wheelhouse()
            .path(made.file())
            .orElseThrow(() -> new IOException("it is no longer in the wheelhouse"));
    String name = String.valueOf(second.getFileName());
    return name.equals(made.file().filename())
        ? WheelDifference.between(first, second)
        : List.of("(its file name is " + name + " the second time)");
  }
}
