package io.github.wheelmirror.publish;

import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.ReleaseStatement;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the channels of a region serve; writes nothing and takes no lock. */
final class ChannelReader {
  private final RegionContext region;

  private final KnownManifests known = new KnownManifests();

  ChannelReader(RegionContext region) {
    this.region = region;
  }

  /** The slugs of all channels that a release was ever begun for, sorted. */
  List<String> slugs() throws IOException {
    Path channels = region.at(TreeLayout.CHANNELS);
    List<String> slugs = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(channels)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          slugs.add(slug(entry));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    slugs.sort(null);
    return slugs;
  }

  private String slug(Path folder) {
    try {
      return TreeLayout.slug(String.valueOf(folder.getFileName()));
    } catch (IllegalArgumentException e) {
      throw notATree(folder, String.valueOf(e.getMessage()));
    }
  }

  /** The snapshot that the channel's pointer names. */
  Optional<String> current(String slug) throws IOException {
    Optional<String> current = snapshot(TreeLayout.current(slug));
    if (current.isEmpty() && Files.isDirectory(region.at(TreeLayout.channel(slug)))) {
      requireNothingReleased(slug);
    }
    return current;
  }

  /** The snapshot that the channel served before, as far as the advisory link says. */
  Optional<String> previous(String slug) throws IOException {
    return snapshot(TreeLayout.previous(slug));
  }

  /**
   * The snapshot that the channel served before this one: what {@code previous} leads to, unless a
   * killed run left it at this one; then the journal tells, as far as that snapshot is here.
   */
  Optional<String> before(String slug, String current) throws IOException {
    Optional<String> linked = previous(slug).filter(id -> !id.equals(current));
    if (linked.isPresent()) {
      return linked;
    }
    List<Release> history = history(slug);
    for (int i = history.size() - 1; i >= 0; i--) {
      String id = history.get(i).snapshot();
      if (!id.equals(current) && Files.isDirectory(region.at(TreeLayout.snapshot(id)))) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  /** A copy without links is no first release: what was served would be published differently. */
  private void requireNothingReleased(String slug) throws IOException {
    List<Release> released = ReleaseHistory.of(region.journal().entries(), slug, Optional.empty());
    if (!released.isEmpty()) {
      Path link = region.at(TreeLayout.current(slug));
      String target = TreeLayout.channelLinkTarget(released.get(released.size() - 1).snapshot());
      throw MirrorException.machinery(
          "region " + region.name() + " has lost what it serves for " + slug,
          link + " is missing, and " + TreeLayout.JOURNAL + " knows a release",
          "if the folder was copied, copy it again with its symbolic links; else make that link"
              + " again: ln -s "
              + target
              + " "
              + link,
          null);
    }
  }

  private Optional<String> snapshot(String link) throws IOException {
    Path path = region.at(link);
    try {
      String id = String.valueOf(Files.readSymbolicLink(path).getFileName());
      if (Sha256.isDigest(id)) {
        return Optional.of(id);
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NotLinkException e) {
      throw notATree(path, "it is not a symbolic link");
    }
    throw notATree(path, "it does not point to a snapshot");
  }

  private MirrorException notATree(Path path, String why) {
    return MirrorException.input(
        "region " + region.name() + " is not a tree that this plugin published",
        path + ": " + why,
        "give the region a folder of its own, or restore that link");
  }

  /** The channel's release: the pointer decides, the journal tells its serial and time. */
  Optional<Release> release(String slug) throws IOException {
    Optional<String> current = current(slug);
    return current.isEmpty()
        ? Optional.empty()
        : Optional.of(release(slug, current.get(), region.journal().entries()));
  }

  /** As {@link #release(String)} from a journal already read. */
  Release release(String slug, String snapshot, List<JournalEntry> entries) throws IOException {
    Optional<JournalEntry> last = Optional.empty();
    for (JournalEntry flip : Journal.flips(entries, slug)) {
      if (flip.to().equals(snapshot)) {
        last = Optional.of(flip);
      }
    }
    if (last.isPresent()) {
      return last.get().release();
    }
    // a tree copied without its state folder still has this file
    Optional<CurrentRelease> told = told(slug);
    if (told.isPresent() && told.get().snapshot().equals(snapshot)) {
      return told.get().release();
    }
    throw MirrorException.machinery(
        "region " + region.name() + " does not know when it released " + slug,
        "neither "
            + TreeLayout.JOURNAL
            + " nor "
            + region.at(TreeLayout.currentJson(slug))
            + " names the current snapshot "
            + snapshot,
        "restore the region's folder " + TreeLayout.STATE + " from a backup",
        null);
  }

  private Optional<CurrentRelease> told(String slug) throws IOException {
    Path file = region.at(TreeLayout.currentJson(slug));
    return Files.isRegularFile(file)
        ? Optional.of(Json.read(Files.readAllBytes(file), CurrentRelease.class, file.toString()))
        : Optional.empty();
  }

  /** What the signature in {@code current.json} is worth for the release that is served. */
  SignatureState signature(Release served, Signing signing, Instant now) throws IOException {
    if (signing.trusted().isEmpty()) {
      return SignatureState.NOT_ASKED;
    }
    Optional<CurrentRelease> told = told(served.slug());
    return told.isEmpty()
        ? new SignatureState(SignatureState.Kind.MISSING, "")
        : told.get().state(signing, served, now);
  }

  /** Whether releases are signed and half of the life of this one's signature is over. */
  boolean isSignatureDue(String slug) throws IOException {
    Signing signing = region.settings().signing();
    if (signing.key().isEmpty()) {
      return false;
    }
    Optional<Release> served = release(slug);
    Instant now = region.clock().instant();
    return served.isPresent()
        && ReleaseStatement.isDue(signing.key().get(), signature(served.get(), signing, now), now);
  }

  /** All releases that happened, oldest first; without a journal only the current one. */
  List<Release> history(String slug) throws IOException {
    List<JournalEntry> entries = region.journal().entries();
    Optional<String> current = current(slug);
    return ReleaseHistory.of(
        entries,
        slug,
        current.isEmpty() ? Optional.empty() : Optional.of(release(slug, current.get(), entries)));
  }

  /** What was released after the current snapshot was released first, as far as it is here. */
  List<Manifest> rolledBack(String slug) throws IOException {
    List<Manifest> rolledBack = new ArrayList<>();
    for (String id : ReleaseHistory.rolledBack(history(slug))) {
      if (Files.isDirectory(region.at(TreeLayout.snapshot(id)))) {
        rolledBack.add(manifest(slug, id));
      }
    }
    return rolledBack;
  }

  /** The largest serial that the channel ever had, used or not; 0 for none. */
  long lastSerial(String slug, List<JournalEntry> entries) throws IOException {
    long journal =
        Journal.flips(entries, slug).stream().mapToLong(JournalEntry::serial).max().orElse(0);
    Optional<String> current = current(slug);
    return current.isEmpty()
        ? journal
        : Math.max(journal, release(slug, current.get(), entries).serial());
  }

  /** A snapshot's manifest, its bytes checked against the id. */
  Manifest manifest(String slug, String snapshot) throws IOException {
    Manifest manifest = manifest(snapshot);
    if (!manifest.slug().equals(slug)) {
      throw damaged(
          snapshot,
          region.at(TreeLayout.manifest(snapshot))
              + " belongs to "
              + manifest.slug()
              + ", not "
              + slug,
          null);
    }
    return manifest;
  }

  /** The same of whatever channel. */
  Manifest manifest(String snapshot) throws IOException {
    Path file = region.at(TreeLayout.manifest(snapshot));
    String fact = FileFact.of(file);
    Optional<Manifest> before = known.get(snapshot, fact);
    if (before.isPresent()) {
      return before.get();
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw damaged(snapshot, file + " is missing", e);
    }
    if (!Sha256.of(bytes).equals(snapshot)) {
      throw damaged(snapshot, file + " was changed: its sha256 is " + Sha256.of(bytes), null);
    }
    Manifest manifest = Manifest.read(bytes, file.toString());
    known.put(snapshot, fact, manifest);
    return manifest;
  }

  /** Remembers what was just written and read back whole. */
  void know(String snapshot, Manifest manifest) {
    known.put(snapshot, FileFact.of(region.at(TreeLayout.manifest(snapshot))), manifest);
  }

  /** Of all snapshots that are there, of whatever channel. */
  List<Manifest> manifests() throws IOException {
    List<Manifest> all = new ArrayList<>();
    for (Path folder : WorkFolder.children(region.at(TreeLayout.SNAPSHOTS))) {
      String id = String.valueOf(folder.getFileName());
      if (Sha256.isDigest(id)) {
        all.add(manifest(id));
      }
    }
    return all;
  }

  private MirrorException damaged(String snapshot, String why, @Nullable IOException cause) {
    return MirrorException.machinery(
        "region " + region.name() + " does not hold snapshot " + snapshot,
        why,
        "restore the region from a backup or from another region",
        cause);
  }
}
