package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestDocument;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.ManifestPage;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.Wheelhouse;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Lists the files that a manifest needs in the tree. */
final class StoredFiles {
  /** For wheels whose upload time nobody knows: the first time that a zip can hold. */
  private static final Instant UNKNOWN_TIME = Instant.parse("1980-01-01T00:00:00Z");

  private StoredFiles() {}

  /** Wheels and their metadata files, metadata first; to look at only. */
  static List<StoredFile> wheels(Manifest manifest) {
    return wheels(manifest, (file, path) -> Optional.empty());
  }

  /** Wheels and their metadata files, to be copied from the wheelhouse. */
  static List<StoredFile> wheels(Manifest manifest, Wheelhouse house) {
    return wheels(
        manifest,
        (file, metadata) ->
            metadata
                ? house.metadata(file.sha256(), file.filename())
                : house.path(file.sha256(), file.filename()));
  }

  /** Pages to look at only. */
  static List<StoredFile> pages(Manifest manifest) {
    return pages(manifest, Path.of(""), FileTime.from(UNKNOWN_TIME));
  }

  /** Pages to be copied from a staged snapshot. */
  static List<StoredFile> pages(Manifest manifest, Path staged, FileTime time) {
    Map<String, StoredFile> pages = new LinkedHashMap<>();
    for (ManifestPage page : manifest.pages()) {
      String html = TreeLayout.htmlPage(page.sha256());
      String json = TreeLayout.jsonPage(page.sha256());
      pages.put(
          html,
          new StoredFile(
              html, page.htmlSha256(), page.htmlSize(), () -> time, () -> staged.resolve(html)));
      pages.put(
          json,
          new StoredFile(
              json, page.jsonSha256(), page.jsonSize(), () -> time, () -> staged.resolve(json)));
    }
    return List.copyOf(pages.values());
  }

  /** A file of the snapshot's own folder, to be copied from a staged snapshot. */
  static StoredFile document(String id, ManifestDocument document, Path staged, FileTime time) {
    String path = TreeLayout.document(id, document.path());
    return new StoredFile(
        path, document.sha256(), document.size(), () -> time, () -> staged.resolve(path));
  }

  /** Finds a wheel or its metadata. */
  private interface Finder {
    Optional<Path> find(ManifestFile file, boolean metadata);
  }

  private static List<StoredFile> wheels(Manifest manifest, Finder finder) {
    List<StoredFile> files = new ArrayList<>();
    for (ManifestFile file : manifest.files()) {
      Supplier<FileTime> time = () -> FileTime.from(uploaded(file));
      String wheel = TreeLayout.wheel(file.sha256(), file.filename());
      files.add(
          new StoredFile(
              TreeLayout.metadata(wheel),
              file.metadataSha256(),
              file.metadataSize(),
              time,
              () -> finder.find(file, true).orElseThrow(() -> lacking(file))));
      files.add(
          new StoredFile(
              wheel,
              file.sha256(),
              file.size(),
              time,
              () -> finder.find(file, false).orElseThrow(() -> lacking(file))));
    }
    return files;
  }

  private static Instant uploaded(ManifestFile file) {
    try {
      return file.uploadTime().isEmpty() ? UNKNOWN_TIME : Instant.parse(file.uploadTime());
    } catch (DateTimeException e) {
      // an index may write what it likes there; only the time of the file depends on it
      return UNKNOWN_TIME;
    }
  }

  private static MirrorException lacking(ManifestFile file) {
    return MirrorException.machinery(
        "nothing was released: " + file.filename() + " is missing",
        "the region lacks it and so does the wheelhouse",
        "run the build goal again",
        null);
  }
}
