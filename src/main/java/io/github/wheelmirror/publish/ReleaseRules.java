package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a region refuses, wherever it is stored. */
final class ReleaseRules {
  private final String region;

  /** The rules in the region of this name. */
  ReleaseRules(String region) {
    this.region = region;
  }

  /** Refuses a snapshot that lists what was taken out. */
  void refuseQuarantined(Quarantine quarantine, Manifest manifest) {
    List<ManifestFile> out = quarantine.listedBy(manifest);
    if (!out.isEmpty()) {
      throw MirrorException.input(
          "nothing of " + manifest.slug() + " was released",
          out.stream().map(ManifestFile::filename).collect(Collectors.joining(", "))
              + " is in quarantine in region "
              + region,
          "run the plan goal again: it plans without them");
    }
  }

  /**
   * A published file name keeps its bytes for ever: pip's cache and lock files rely on it.
   *
   * @param next what is to be released
   * @param published what was released
   * @param which what it is, such as {@code the current release of}
   */
  void refuseOtherContent(Manifest next, Manifest published, String which) {
    Map<String, String> digests = new HashMap<>();
    published.retired().forEach(file -> digests.put(file.filename(), file.sha256()));
    published.files().forEach(file -> digests.put(file.filename(), file.sha256()));
    String changed =
        next.files().stream()
            .filter(f -> !f.sha256().equals(digests.getOrDefault(f.filename(), f.sha256())))
            .map(ManifestFile::filename)
            .collect(Collectors.joining(", "));
    if (!changed.isEmpty()) {
      throw MirrorException.input(
          "nothing was released: " + changed + " would get another content in region " + region,
          which + " " + next.slug() + " publishes the same file name with other bytes",
          "run the plan goal again, so that own builds get the next build tag");
    }
  }

  /**
   * Why a release is refused that starts from another one than the channel serves.
   *
   * @param current what it serves
   * @param entries the journal, which tells who released that
   */
  MirrorException changedMeanwhile(
      String slug,
      Optional<Release> current,
      Optional<Release> expected,
      List<JournalEntry> entries) {
    String what = "nothing was released: region " + region + " changed meanwhile";
    String fix = "run the build goal again: it starts from what is released now; then deploy";
    if (current.isEmpty()) {
      return MirrorException.machinery(
          what,
          "it has no release of "
              + slug
              + ", but this run builds on "
              + expected.map(Release::snapshot).orElse(""),
          "see whether the region's <url> is the right one; if it was emptied, " + fix,
          null);
    }
    Release other = current.get();
    String by =
        Journal.flips(entries, slug).stream()
            .filter(flip -> flip.serial() == other.serial() && flip.to().equals(other.snapshot()))
            .map(flip -> " by " + flip.by().words())
            .findFirst()
            .orElse("");
    return MirrorException.machinery(
        what,
        "somebody else released "
            + slug
            + " "
            + other.snapshot()
            + " (release "
            + other.serial()
            + ", "
            + other.released()
            + by
            + "); this run builds on "
            + expected.map(Release::snapshot).orElse("no release"),
        fix,
        null);
  }

  /** Refuses to remove more wheels at once than the retention allows. */
  void requireModest(Pruned pruned, Retention retention) {
    long going = pruned.removedWheels().count();
    long all = pruned.wheels().count();
    if (going > retention.maxDeleteRatio() * all) {
      throw MirrorException.input(
          "nothing was removed from region " + region,
          "%d of its %d wheels would go, and maxDeleteRatio allows %s of them"
              .formatted(going, all, retention.maxDeleteRatio()),
          "see with -Dwheel-mirror.prune.dryRun=true whether that is meant; if so, allow it with"
              + " -Dwheel-mirror.prune.maxDeleteRatio=1");
    }
  }
}
