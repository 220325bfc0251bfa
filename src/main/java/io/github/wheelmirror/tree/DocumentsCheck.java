package io.github.wheelmirror.tree;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.constraints.Resolution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes what a snapshot hands out beside its index again, and names each document that is another
 * one. That the staged bytes are those that the manifest lists is the part of {@link
 * SnapshotPages}, so digests are compared here.
 */
public final class DocumentsCheck {

  private static final String FIX = "run the snapshot goal again";

  private DocumentsCheck() {}

  /**
   * Lock files, bill of materials and provenance, which follow from the manifest and the locks of
   * build requirements. A manifest without environments is of the time when these had other forms:
   * they are what it lists.
   *
   * @param requirements {@code build-requirements.json} as staged
   */
  static List<Problem> ofManifest(Manifest manifest, byte[] requirements) throws IOException {
    if (manifest.environments().isEmpty()) {
      return List.of();
    }
    LockedRequirements read;
    try {
      read = LockedRequirements.read(requirements, TreeLayout.buildRequirements());
    } catch (MirrorException e) {
      return List.of(other(TreeLayout.buildRequirements(), "it is damaged: " + e.why()));
    }
    List<ManifestDocument> made =
        SnapshotDocuments.derived(manifest, read).stream()
            .map(RenderedDocument::described)
            .toList();
    return compared(made, manifest.more(), "the manifest");
  }

  /**
   * The constraints of each branch and what markers can ask about each Python, which follow from
   * what was read from Git and of hosts. A snapshot of which something was taken out keeps the
   * constraints of the one before, so this is for one that was just made.
   */
  public static List<Problem> ofResolution(Manifest manifest, Resolution resolution) {
    List<ManifestDocument> made =
        documents(PublishedConstraints.of(resolution, manifest.served(), manifest.pythons()));
    List<Problem> problems =
        new ArrayList<>(compared(made, manifest.constraints(), "the resolution"));
    if (!manifest.environments().equals(ManifestEnvironment.of(resolution, manifest.slug()))) {
      problems.add(wrong("manifest.json", "its environments are not those of the resolution"));
    }
    return problems;
  }

  private static List<ManifestDocument> documents(Map<String, byte[]> content) {
    return content.entrySet().stream()
        .map(document -> ManifestDocument.of(document.getKey(), document.getValue()))
        .toList();
  }

  private static List<Problem> compared(
      List<ManifestDocument> made, List<ManifestDocument> listed, String source) {
    Map<String, ManifestDocument> expected = new TreeMap<>();
    made.forEach(document -> expected.put(document.path(), document));
    List<Problem> problems = new ArrayList<>();
    for (ManifestDocument document : listed) {
      ManifestDocument same = expected.remove(document.path());
      if (same == null) {
        problems.add(wrong(document.path(), source + " gives no such document"));
      } else if (!same.equals(document)) {
        problems.add(other(document.path(), "it is not what " + source + " gives"));
      }
    }
    for (String path : expected.keySet()) {
      problems.add(wrong(path, "the manifest does not list it, and " + source + " gives it"));
    }
    return problems;
  }

  private static Problem other(String where, String words) {
    return Problem.error("document-content", where, words, FIX);
  }

  private static Problem wrong(String where, String words) {
    return Problem.error("documents", where, words, FIX);
  }
}
