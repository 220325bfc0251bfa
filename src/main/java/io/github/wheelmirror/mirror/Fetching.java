package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.BuildWork;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.DownloadWork;
import io.github.wheelmirror.build.Downloaded;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.build.Origin;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.build.WorkResult;
import io.github.wheelmirror.tree.RefusedWheelException;
import io.github.wheelmirror.tree.WheelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** Brings upstream's files here: wheels into the wheelhouse, sdists into their folder. */
final class Fetching {

  private final DistributionIndex index;
  private final Outside outside;
  private final WorkProgress progress;
  private final Map<RemoteFile, Future<Path>> ahead = new ConcurrentHashMap<>();

  Fetching(DistributionIndex index, Outside outside, WorkProgress progress) {
    this.index = index;
    this.outside = outside;
    this.progress = progress;
  }

  /**
   * The wheel as the wheelhouse has it already, with what upstream says of it today; it is used.
   */
  static Optional<WheelFile> inWheelhouse(Outside outside, DownloadWork work) {
    RemoteFile file = work.file();
    String sha256 = file.hashes().getOrDefault("sha256", "");
    Optional<WheelFile> there =
        sha256.isEmpty()
            ? fetchedBefore(outside, work)
            : outside.wheelhouse().find(sha256, file.filename());
    return there.filter(wheel -> isUsed(outside, wheel)).map(wheel -> described(wheel, file));
  }

  /** No other run removes it then; if one was faster, it is as good as never been there. */
  static boolean isUsed(Outside outside, WheelFile wheel) {
    return !outside.wheelhouse().use(List.of(wheel), outside.clock().instant()).isEmpty();
  }

  /** Without a sha256 what was recorded when the file first came is what counts. */
  private static Optional<WheelFile> fetchedBefore(Outside outside, DownloadWork work) {
    Origin origin = new Origin.Mirrored(work.file().url(), work.file().index());
    return outside.wheelhouse().all().stream()
        .filter(wheel -> wheel.filename().equals(work.file().filename()))
        .filter(wheel -> wheel.origin().equals(origin))
        .findFirst();
  }

  /** A wheel that the wheelhouse lacks. A failure is the result, never an exception. */
  WorkResult wheel(DownloadWork work) {
    RemoteFile file = work.file();
    WorkProgress.Item item = progress.begins(file.filename(), file.size());
    try {
      WheelFile wheel = fetched(work);
      item.ends("mirrored");
      return new WorkResult.Done(described(wheel, file));
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      item.ends(e instanceof RefusedWheelException ? "refused" : "failed");
      return ItemFailures.of(e, FailureClass.DOWNLOAD, "");
    }
  }

  /** One run at a time, of all that share the wheelhouse: the others find the file in it then. */
  private WheelFile fetched(DownloadWork work) {
    Path download = download(outside, work.file());
    String lock = download.getFileName().toString().substring(0, 3) + ".lock";
    return Alone.with(
        download.resolveSibling(lock),
        "downloads",
        () -> inWheelhouse(outside, work).orElseGet(() -> fetched(work.file(), download)));
  }

  private WheelFile fetched(RemoteFile file, Path download) {
    Downloaded downloaded = index.download(file, download);
    try {
      String sha256 = downloaded.sha256();
      return outside.wheelhouse().take(download, sha256, file.filename(), source(file, sha256));
    } finally {
      discard(outside, download);
    }
  }

  /** What a run that was killed left of a wheel that it had put into the wheelhouse already. */
  static void discardLeftOver(Outside outside, DownloadWork work) {
    discard(outside, download(outside, work.file()));
  }

  private static void discard(Outside outside, Path download) {
    try {
      Files.deleteIfExists(download);
    } catch (IOException e) {
      outside.log().warning(download + " is left behind: " + IoWords.of(e));
    }
  }

  /** Begins to fetch an sdist that a build will ask for, once. */
  void sdistAhead(RemoteFile file, Workers fetchers) {
    ahead.computeIfAbsent(file, sdist -> fetchers.start(() -> fetched(sdist)));
  }

  /**
   * An sdist in its folder.
   *
   * @throws MirrorException if it cannot be fetched
   */
  Path sdist(RemoteFile file) {
    Future<Path> begun = ahead.get(file);
    return begun == null ? fetched(file) : Workers.await(begun);
  }

  /** Compares what is built of the work with upstream's. */
  UpstreamComparison comparison(BuildWork work) {
    return new UpstreamComparison(work.reference(), index);
  }

  private Path fetched(RemoteFile file) {
    Path place = outside.sdists().place(file);
    outside.sdists().use(place, outside.clock().instant());
    return Files.isRegularFile(place)
        ? place
        : Alone.with(place.resolveSibling(".lock"), "downloads", () -> fetched(file, place, index));
  }

  /** What was downloaded while this run waited is there. */
  private static Path fetched(RemoteFile sdist, Path place, DistributionIndex index) {
    if (!Files.isRegularFile(place)) {
      index.download(sdist, place);
    }
    return place;
  }

  /** Where a wheel is while it comes. */
  private static Path download(Outside outside, RemoteFile file) {
    return outside.wheelhouse().root().resolve("downloads").resolve(unique(file));
  }

  /** Two files of one name may come from two indexes. */
  private static String unique(RemoteFile file) {
    String hash = file.hashes().values().stream().findFirst().orElse("unhashed");
    return hash.substring(0, Math.min(16, hash.length())) + "-" + file.filename();
  }

  private static WheelSource source(RemoteFile file, String sha256) {
    return new WheelSource(
        sha256,
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        new Origin.Mirrored(file.url(), file.index()));
  }

  /** What upstream says of the file today counts, not what it said when the file came. */
  private static WheelFile described(WheelFile wheel, RemoteFile file) {
    return new WheelFile(
        wheel.filename(),
        wheel.project(),
        wheel.version(),
        wheel.sha256(),
        wheel.size(),
        wheel.metadataSha256(),
        wheel.requiresPython(),
        file.yanked(),
        file.yankedReason(),
        file.uploadTime(),
        new Origin.Mirrored(file.url(), file.index()));
  }
}
