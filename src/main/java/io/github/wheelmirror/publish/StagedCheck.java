package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a snapshot back from the region's own disk: every link must lead to a whole file.
 *
 * <p>The pages' bytes are those that the verifier read, so their links are the manifest's files.
 */
final class StagedCheck {
  private static final int SHOWN = 10;

  private final RegionContext region;
  private final String id;
  private final Manifest manifest;
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  StagedCheck(RegionContext region, String id, Manifest manifest) {
    this.region = region;
    this.id = id;
    this.manifest = manifest;
  }

  /** Whether the snapshot's own folder holds all that it should, without looking beyond it. */
  boolean folderIsWhole() throws IOException {
    List<Look> looks = folder();
    looks.add(this::manifest);
    return problems(looks).isEmpty();
  }

  /** One look at one thing. */
  @FunctionalInterface
  private interface Look {
    void run() throws IOException;
  }

  private List<String> problems(List<Look> looks) throws IOException {
    SyncBatch.each(looks, Look::run);
    return problems.stream().sorted().toList();
  }

  /** Documents and links, in the folder whose manifest was read. */
  private List<Look> folder() {
    List<Look> looks = new ArrayList<>();
    for (ManifestDocument document : manifest.documents()) {
      String path = TreeLayout.document(id, document.path());
      looks.add(() -> file(path, document.sha256(), document.size(), true));
    }
    for (ManifestPage page : manifest.pages()) {
      looks.add(() -> link(page));
    }
    return looks;
  }

  private static Stream<StoredFile> shared(Manifest manifest) {
    return Stream.concat(
        StoredFiles.wheels(manifest).stream(), StoredFiles.pages(manifest).stream());
  }

  private void manifest() throws IOException {
    Path file = region.at(TreeLayout.manifest(id));
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      problems.add(TreeLayout.manifest(id) + " is missing");
    } else if (!Sha256.of(file).equals(id)) {
      problems.add(TreeLayout.manifest(id) + " has another content");
    }
  }

  /**
   * Refuses a snapshot that cannot be read back as it was written.
   *
   * @param fresh what this run wrote of the wheels and pages; it looked at all others before that,
   *     and nothing of this plugin deletes meanwhile
   */
  void requireWritten(Collection<StoredFile> fresh) throws IOException {
    List<Look> looks = folder();
    looks.add(this::manifest);
    for (StoredFile one : fresh) {
      looks.add(() -> file(one.path(), one.sha256(), one.size(), true));
    }
    List<String> found = problems(looks);
    if (!found.isEmpty()) {
      throw MirrorException.machinery(
          "region " + region.name() + " does not hold what was written to it",
          shown(found),
          "check that disk; nothing visible was changed, and running the goal again repairs the files",
          null);
    }
  }

  /**
   * Refuses a snapshot that was whole once and is not now; wheels and pages are measured, not
   * hashed, and the manifest was read for this.
   */
  void requireKept() throws IOException {
    List<Look> looks = folder();
    shared(manifest)
        .forEach(one -> looks.add(() -> file(one.path(), one.sha256(), one.size(), false)));
    List<String> found = problems(looks);
    if (!found.isEmpty()) {
      throw MirrorException.machinery(
          "region " + region.name() + " does not hold all of snapshot " + id,
          shown(found),
          "name a snapshot that is whole, or restore these files from a backup or another region;"
              + " nothing visible was changed",
          null);
    }
  }

  private static String shown(List<String> found) {
    return found.stream().limit(SHOWN).collect(Collectors.joining("; "))
        + (found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : "");
  }

  private void link(ManifestPage page) throws IOException {
    Path link = region.at(TreeLayout.projectLink(id, page.project()));
    if (!WorkFolder.leadsTo(link, TreeLayout.projectLinkTarget(page.sha256()))) {
      problems.add(link + " does not lead to its page");
    }
  }

  /** Asks the file system once: there may be a hundred thousand of them. */
  private void file(String path, String sha256, long size, boolean hash) throws IOException {
    Path file = region.at(path);
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      // what cannot be looked at is no file to clients either; all of it is told at once
      problems.add(path + " is missing");
      return;
    }
    if (!found.isRegularFile()) {
      problems.add(path + " is missing");
    } else if (found.size() != size) {
      problems.add(path + " has " + found.size() + " bytes instead of " + size);
    } else if (hash && !Sha256.of(file).equals(sha256)) {
      problems.add(path + " has another content");
    }
  }
}
