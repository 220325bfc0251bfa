package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.Pruned;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.Retention;
import io.github.wheelmirror.tree.Retention.Fate;
import io.github.wheelmirror.tree.Retention.Held;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Removes what a region need not keep, in an order that leaves every visible page whole: first the
 * pinned URL and the folder of a snapshot, then, by a later run, the files that only it listed.
 */
final class PruneRun {

  private final RegionContext region;
  private final ChannelReader channels;
  private final Retention retention;
  private final Instant now;
  private final AfterPrune afterPrune;

  PruneRun(RegionContext region, ChannelReader channels, Retention retention, Instant now) {
    this.region = region;
    this.channels = channels;
    this.retention = retention;
    this.now = now;
    this.afterPrune = AfterPrune.in(region);
  }

  /**
   * What is to be done.
   *
   * @param garbage folders that go now, as paths of the tree
   * @param reports folders of reports that go
   * @param marks what stays marked afterwards
   * @param before what is marked now
   */
  private record Plan(
      Pruned pruned,
      List<String> garbage,
      List<String> reports,
      SortedMap<String, Instant> marks,
      SortedMap<String, Instant> before) {

    boolean isEmpty() {
      return pruned.removedSnapshots().isEmpty()
          && garbage.isEmpty()
          && reports.isEmpty()
          && marks.equals(before);
    }
  }

  /** Only says what would be done; takes no lock and writes nothing. */
  Pruned look() throws IOException {
    return plan().pruned();
  }

  /** Does it; writes nothing if there is nothing to do. */
  @SuppressWarnings("try") // the lock is held, not used
  Pruned run() throws IOException {
    new Tidy(region).run();
    Plan first = plan();
    requireModest(first);
    if (first.isEmpty() && !afterPrune.isDue()) {
      return first.pruned();
    }
    region.faults().at("prune: lock");
    try (RegionLocks.Held state = region.locks().exclusive(TreeLayout.STATE_LOCK);
        WorkFolder work = WorkFolder.in(region)) {
      // nobody adds or releases from here on
      Plan plan = plan();
      requireModest(plan);
      remove(plan, work);
      return plan.pruned();
    }
  }

  private void remove(Plan plan, WorkFolder work) throws IOException {
    afterPrune.announce();
    List<Fate> going = plan.pruned().removedSnapshots();
    for (Fate fate : going) {
      region.faults().at("prune: pinned link");
      Files.deleteIfExists(region.at(TreeLayout.pinnedLink(fate.snapshot())));
    }
    for (String report : plan.reports()) {
      region.faults().at("prune: report");
      Path folder = region.at(report);
      Files.move(folder, work.next(folder), StandardCopyOption.ATOMIC_MOVE);
    }
    // a loss of power brings no link back whose snapshot is gone
    if (!going.isEmpty()) {
      SyncBatch.force(List.of(region.settings().root()));
    }
    for (Fate fate : going) {
      region.faults().at("prune: snapshot");
      Path folder = region.at(TreeLayout.snapshot(fate.snapshot()));
      Files.move(folder, work.next(folder), StandardCopyOption.ATOMIC_MOVE);
    }
    region.faults().at("prune: sync");
    // no file goes before the snapshots that list it are gone for good, whoever removed them
    Path snapshots = region.at(TreeLayout.SNAPSHOTS);
    if (Files.isDirectory(snapshots)) {
      SyncBatch.force(List.of(snapshots));
    }
    Set<Path> emptied = new HashSet<>();
    for (String path : plan.garbage()) {
      region.faults().at("prune: content");
      Path target = region.at(path);
      emptied.add(WorkFolder.parent(target));
      Files.move(target, work.next(target), StandardCopyOption.ATOMIC_MOVE);
    }
    // else a loss of power could bring back what has no mark any more
    SyncBatch.force(emptied);
    // before the marks: a file that nobody's page lists is marked only when all clients see that
    afterPrune.run();
    region.faults().at("prune: marks");
    GarbageMarks.write(region, work, plan.marks());
    region.faults().at("prune: delete");
  }

  private Plan plan() throws IOException {
    Map<String, Manifest> manifests = manifests();
    List<Fate> fates = fates(manifests);
    Set<String> listed = new HashSet<>();
    Set<String> kept = new HashSet<>();
    for (Fate fate : fates) {
      if (fate.isKept()) {
        kept.add(fate.snapshot());
        addListed(Objects.requireNonNull(manifests.get(fate.snapshot())), listed);
      }
    }
    SortedMap<String, Instant> before = GarbageMarks.read(region);
    ContentSweep wheels = sweep(before, listed, TreeLayout.POOL, TreeLayout::poolFolder);
    ContentSweep pages = sweep(before, listed, TreeLayout.PAGES, TreeLayout::pageFolder);
    List<String> garbage = new ArrayList<>(wheels.garbage());
    garbage.addAll(pages.garbage());
    SortedMap<String, Instant> marks = new TreeMap<>(wheels.marks());
    marks.putAll(pages.marks());
    return new Plan(
        new Pruned(
            region.name(),
            fates,
            wheels.all(),
            wheels.removed(),
            pages.removed(),
            wheels.waiting()),
        garbage,
        new ReportFolders(region).garbage(channels, kept),
        marks,
        before);
  }

  /** Fails for a manifest that cannot be read: nobody knows what it lists. */
  private Map<String, Manifest> manifests() throws IOException {
    Map<String, Manifest> manifests = new TreeMap<>();
    for (Path folder : WorkFolder.children(region.at(TreeLayout.SNAPSHOTS))) {
      String id = String.valueOf(folder.getFileName());
      try {
        if (!Sha256.isDigest(id)) {
          throw MirrorException.input("", "it is no snapshot", "");
        }
        manifests.put(id, channels.manifest(id));
      } catch (MirrorException e) {
        if (!Files.exists(folder)) {
          // another run removed it meanwhile
          continue;
        }
        throw MirrorException.machinery(
            "nothing was removed from region " + region.name(),
            folder + " cannot be read, so nobody knows which files it needs: " + e.why(),
            "restore it from a backup or another region, or move that folder away if nobody needs"
                + " it",
            e);
      }
    }
    return manifests;
  }

  private List<Fate> fates(Map<String, Manifest> manifests) throws IOException {
    Map<String, List<Held>> bySlug = new TreeMap<>();
    for (Map.Entry<String, Manifest> entry : manifests.entrySet()) {
      Instant arrived =
          Files.getLastModifiedTime(region.at(TreeLayout.snapshot(entry.getKey()))).toInstant();
      bySlug
          .computeIfAbsent(entry.getValue().slug(), slug -> new ArrayList<>())
          .add(new Held(entry.getKey(), arrived));
    }
    Set<String> beingReleased = StagingNote.snapshots(region);
    List<Fate> fates = new ArrayList<>();
    Map<String, List<Release>> histories = new HashMap<>();
    Map<String, String> previous = new HashMap<>();
    for (String slug : channels.slugs()) {
      List<Release> history = channels.history(slug);
      histories.put(slug, history);
      if (!history.isEmpty()) {
        String current = history.get(history.size() - 1).snapshot();
        // a channel whose current snapshot is not among them is damaged
        channels.manifest(slug, current);
        channels.before(slug, current).ifPresent(before -> previous.put(slug, before));
      }
    }
    for (Map.Entry<String, List<Held>> entry : bySlug.entrySet()) {
      String slug = entry.getKey();
      fates.addAll(
          retention.decide(
              slug,
              entry.getValue(),
              histories.getOrDefault(slug, List.of()),
              Optional.ofNullable(previous.get(slug)),
              beingReleased,
              now));
    }
    return fates;
  }

  private static void addListed(Manifest manifest, Set<String> listed) {
    for (ManifestFile file : manifest.files()) {
      listed.add(TreeLayout.poolFolder(file.sha256()));
    }
    for (ManifestPage page : manifest.pages()) {
      listed.add(TreeLayout.pageFolder(page.sha256()));
    }
  }

  private ContentSweep sweep(
      SortedMap<String, Instant> before,
      Set<String> listed,
      String top,
      UnaryOperator<String> folderOf)
      throws IOException {
    ContentSweep sweep = new ContentSweep(before, listed, retention, now);
    for (Path half : folders(region.at(top).resolve("sha256"))) {
      for (Path folder : folders(half)) {
        String digest = "" + half.getFileName() + folder.getFileName();
        if (Sha256.isDigest(digest)) {
          long bytes = 0;
          for (Path file : WorkFolder.children(folder)) {
            bytes += Files.size(file);
          }
          sweep.add(folderOf.apply(digest), bytes);
        }
      }
    }
    return sweep;
  }

  /** A stray file among them is nobody's. */
  private static List<Path> folders(Path parent) throws IOException {
    return WorkFolder.children(parent).stream().filter(Files::isDirectory).toList();
  }

  private void requireModest(Plan plan) {
    new ReleaseRules(region.name()).requireModest(plan.pruned(), retention);
  }
}
