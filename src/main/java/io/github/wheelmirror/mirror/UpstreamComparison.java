package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.MissingFiles;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.tree.WheelFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares built wheels with one of upstream's, of which only the end is asked for, once. What
 * cannot be compared is no failure. Of one thread.
 */
final class UpstreamComparison {

  private final List<RemoteFile> reference;
  private final DistributionIndex index;
  private final Map<RemoteFile, Optional<WheelFiles>> asked = new HashMap<>();

  /**
   * @param reference upstream's wheel, if there is one
   */
  UpstreamComparison(List<RemoteFile> reference, DistributionIndex index) {
    this.reference = List.copyOf(reference);
    this.index = index;
  }

  /** What the wheel lacks, once for each of upstream's that it could be compared with. */
  List<MissingFiles> missing(Path wheel) {
    return reference.stream().flatMap(file -> missing(wheel, file).stream()).toList();
  }

  private Optional<MissingFiles> missing(Path wheel, RemoteFile file) {
    try {
      return asked
          .computeIfAbsent(file, each -> WheelFiles.read(length -> index.tail(each, length)))
          .flatMap(
              upstream ->
                  WheelFiles.read(wheel).map(own -> own.missing(upstream, file.filename())));
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      return Optional.empty();
    }
  }
}
