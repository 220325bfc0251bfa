package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.QuarantineEntry.QuarantinedFile;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SnapshotFilter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes one wheel, or all wheels of a version, out of every region now: the list, then the bytes,
 * then new releases without them. A region that cannot is told at the end and stops no other.
 */
public final class QuarantineFiles {

  private final Outside outside;
  private final List<MirrorException> failures = new ArrayList<>();

  /** Of these regions. */
  public QuarantineFiles(Outside outside) {
    this.outside = outside;
  }

  /**
   * What is asked for.
   *
   * @param pin {@code name===version}; {@code ""} for one file only
   * @param sha256 of that file; {@code ""} for a pin
   * @param reason why
   */
  public record Settings(String pin, String sha256, String reason) {

    /**
     * Whether something is meant by them.
     *
     * @throws MirrorException (input) if not
     */
    public void check() {
      WrongSettings wrong = new WrongSettings();
      if (pin.isEmpty() == sha256.isEmpty()) {
        wrong.note(
            MirrorException.input(
                "nobody says what is to be taken out",
                pin.isEmpty() ? "neither a pin nor a file is named" : "both are named",
                "give -Dwheel-mirror.quarantine.pin=name===version for a version as a whole, or"
                    + " -Dwheel-mirror.quarantine.sha256=DIGEST for one file"));
      }
      if (reason.isEmpty()) {
        wrong.note(
            MirrorException.input(
                "the quarantine has no reason",
                "whoever misses the file must know why",
                "give one with -Dwheel-mirror.quarantine.reason=WORDS"));
      }
      if (!pin.isEmpty()) {
        wrong.check(() -> QuarantineFiles.pin(pin));
      }
      wrong.check(() -> digest(sha256));
      wrong.refuse();
    }
  }

  /**
   * Does it.
   *
   * @throws MirrorException (input) before anything is written if nothing is meant by the settings;
   *     at the end if a region could not do all of it
   */
  public void run(Settings settings) {
    NoRegion.refuse(outside.regions(), "to take anything out of");
    QuarantineEntry entry = entry(settings);
    Quarantine all = outside.quarantine();
    boolean known =
        all.entries().stream()
            .anyMatch(
                each -> each.pin().equals(entry.pin()) && each.files().containsAll(entry.files()));
    if (!known && entry.files().isEmpty() && failures.isEmpty()) {
      outside
          .log()
          .warning(
              "no snapshot of any region has a file of "
                  + entry.pin()
                  + ": it is kept out from now on, and nothing is taken out; see that name and"
                  + " version are those of the file that is meant");
    }
    all = known ? all : all.plus(entry);
    outside.wheelhouse().takeOut(all.digests());
    for (Region region : outside.regions()) {
      try {
        takeOut(region, all);
        release(region, all);
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw Together.of(entry.what() + " is not out of every region; run the goal again", failures);
    }
  }

  private void takeOut(Region region, Quarantine all) {
    List<QuarantinedFile> moved = region.quarantine(all);
    for (QuarantinedFile file : moved) {
      outside
          .log()
          .note(
              "%s: took out %s (sha256 %s)"
                  .formatted(region.name(), file.filename(), file.sha256()));
    }
    if (moved.isEmpty()) {
      outside.log().note(region.name() + ": no file to take out");
    }
  }

  /** New releases of the channels that list something of it. */
  private void release(Region region, Quarantine all) {
    SnapshotFilter filter = new SnapshotFilter(all);
    for (String slug : region.channels()) {
      Optional<Release> current = region.current(slug);
      if (current.isPresent()) {
        Manifest manifest = region.manifest(slug, current.get().snapshot());
        if (filter.concerns(manifest)) {
          outside
              .log()
              .released(
                  region.name(),
                  new FilteredRelease(outside, filter).release(region, manifest, current.get()));
        }
      }
    }
  }

  private QuarantineEntry entry(Settings settings) {
    settings.check();
    String pin = settings.pin().isEmpty() ? "" : pin(settings.pin()).toString();
    Set<QuarantinedFile> files = files(pin, digest(settings.sha256()));
    if (files.isEmpty() && pin.isEmpty()) {
      throw MirrorException.input(
          "no region has a file with the sha256 " + settings.sha256(),
          "none of their snapshots lists one",
          "see the digest on the project's page, or name the version with"
              + " -Dwheel-mirror.quarantine.pin=name===version");
    }
    Instant now = outside.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new QuarantineEntry(pin, List.copyOf(files), settings.reason(), now.toString());
  }

  private static Pin pin(String text) {
    try {
      return Pin.parse(text);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "'" + text + "' is no pin", String.valueOf(e.getMessage()), "write name===version");
    }
  }

  private static String digest(String text) {
    if (!text.isEmpty() && !Sha256.isDigest(text)) {
      throw MirrorException.input(
          "'" + text + "' is no sha256",
          "it has 64 hexadecimal digits in lower case",
          "copy it from the project's page");
    }
    return text;
  }

  /** What any snapshot of any region has of it. */
  private Set<QuarantinedFile> files(String pin, String sha256) {
    Set<QuarantinedFile> files = new LinkedHashSet<>();
    for (Region region : outside.regions()) {
      try {
        for (Manifest manifest : region.manifests()) {
          for (ManifestFile file : manifest.files()) {
            boolean meant =
                pin.isEmpty()
                    ? file.sha256().equals(sha256)
                    : new Pin(file.project(), file.version()).toString().equals(pin);
            if (meant) {
              files.add(Quarantine.file(file));
            }
          }
        }
      } catch (MirrorException e) {
        failures.add(e);
      }
    }
    return files;
  }
}
