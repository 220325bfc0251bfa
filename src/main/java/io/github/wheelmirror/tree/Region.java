package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.LockedRequirements;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A place that clients install from: port to a directory, a bucket or a remote host.
 *
 * <p>A release is {@link #stage} and then {@link #flip}. Whatever is staged is complete and checked
 * before anybody can see it; the flip changes one name. All methods throw {@link
 * io.github.wheelmirror.MirrorException}: machinery if the region cannot be reached or written,
 * input if what it holds is not a published tree.
 */
public interface Region {

  /** The name in the configuration, for messages. */
  String name();

  /** Notes what decides what all channels serve now, or a doubt; never fails. */
  default void note(Seen seen) {
    seen.doubt("region " + name() + " has to be asked");
  }

  /** What the channel serves now; nothing before its first release. */
  Optional<Release> current(String slug);

  /** The manifest of a snapshot that the region holds, its bytes checked against the id. */
  Manifest manifest(String slug, String snapshot);

  /** Whether the pool holds this wheel and its metadata file, complete. */
  boolean holds(String sha256, String filename);

  /**
   * Copies what is missing (wheels, then pages, then the snapshot), makes it durable, and reads it
   * back. Repeating it after any interruption ends in the same state; what is there already is not
   * touched.
   *
   * @param files where wheels come from that the region lacks
   */
  StagedRelease stage(VerifiedSnapshot snapshot, Wheelhouse files, Progress progress);

  /**
   * Makes the staged snapshot the one that the channel's moving URL shows. Nothing is written if it
   * already is.
   *
   * @param expected what the channel serves according to the caller; another value is refused
   * @param serial the release gets this one, or the next one of the channel if that is higher
   * @param now the time of the release
   */
  Release flip(StagedRelease staged, Optional<Release> expected, long serial, Instant now);

  /** The same with the next serial of the channel, of a release that is this region's alone. */
  default Release flip(StagedRelease staged, Optional<Release> expected, Instant now) {
    return flip(staged, expected, 1, now);
  }

  /**
   * What clients would find wrong with what is staged, looked at through the region's own URL;
   * empty if nothing, or if nobody knows the URL.
   */
  List<String> stagedProblems(StagedRelease staged);

  /** The same of what is released. */
  List<String> servedProblems(Release released);

  /** What each channel serves, sorted by slug; takes no lock. */
  List<ChannelStatus> status();

  /** The slugs of all channels that were ever released here, sorted. */
  List<String> channels();

  /**
   * All releases of the channel, oldest first, as far as the region remembers them; the last one is
   * the {@link #current} one. Their snapshots may have been removed since.
   */
  List<Release> history(String slug);

  /**
   * The manifests of snapshots that were released after the current one, which a rollback made
   * current again: their file names are published, although the current one does not list them.
   * Those that were removed since are not among them.
   */
  List<Manifest> rolledBack(String slug);

  /**
   * Makes a snapshot that was released before ready to be released again: it is looked at as a
   * whole, and kept from being removed until the {@link #flip}. What it consists of is not touched.
   *
   * @throws io.github.wheelmirror.MirrorException (machinery) if the region does not hold all of it
   */
  StagedRelease recall(String slug, String snapshot);

  /**
   * Removes snapshots that need not be kept, and files that no snapshot lists any more. Safe at any
   * time: nothing that the kept ones list is touched.
   *
   * @param now counts as the present
   * @param dryRun whether it is only told, and nothing changes
   * @throws io.github.wheelmirror.MirrorException (machinery) if a manifest cannot be read, (input)
   *     if too many files would go; then nothing was removed
   */
  Pruned prune(Retention retention, Instant now, boolean dryRun);

  /**
   * Whether something was removed and the command {@link RegionCommands#afterPrune} has not
   * succeeded since, whoever has that command; takes no lock and writes nothing.
   */
  boolean isAfterPruneDue();

  /** The manifests of all snapshots that the region holds, released or not. */
  List<Manifest> manifests();

  /**
   * What is taken out of this region.
   *
   * @throws MirrorException (machinery) if nobody can tell: never taken for nothing
   */
  Quarantine quarantine();

  /**
   * Takes things out now: the list is published first, then the bytes of every listed file leave
   * the pool. What was out before stays out. Pages that list them are not touched; the caller
   * releases others. Repeating it after an interruption ends in the same state; nothing is written
   * if all is done.
   *
   * @return the files whose bytes were moved away by this call
   */
  List<QuarantineEntry.QuarantinedFile> quarantine(Quarantine all);

  /**
   * A document of a snapshot that this region holds, such as the constraints of a branch.
   *
   * @param path as its manifest names it
   * @throws MirrorException (machinery) if it cannot be read
   */
  byte[] document(String slug, String snapshot, String path);

  /**
   * A form of a project's page of a snapshot that this region holds.
   *
   * @param json whether the JSON form is meant, else HTML
   * @throws MirrorException (machinery) if it cannot be read
   */
  byte[] page(String snapshot, ManifestPage page, boolean json);

  /**
   * The coverage of a snapshot that this region holds.
   *
   * @throws MirrorException (machinery) if it cannot be read
   */
  Coverage coverage(String slug, String snapshot);

  /**
   * What the own wheels of a snapshot that this region holds were built with.
   *
   * @throws MirrorException (machinery) if it cannot be read
   */
  LockedRequirements requirements(String slug, String snapshot);

  /**
   * Makes a report readable beside its release: all of it or nothing is there for those who follow
   * links. One that is there already stays as it is.
   *
   * @param report contents by path, {@code index.html} among them
   */
  void publish(Release release, SortedMap<String, byte[]> report);

  /** A file of a published report; nothing if there is none. */
  Optional<byte[]> report(String slug, long serial, String path);

  /**
   * Reads a pool object that the region {@linkplain #holds holds}; the caller checks its hash.
   *
   * @throws IOException if it cannot be read
   */
  InputStream open(String sha256, String filename) throws IOException;
}
