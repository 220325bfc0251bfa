package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.RetiredWheel;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that a snapshot says, from which all its bytes follow.
 *
 * @param files what it lists
 * @param served which of them serve which pins
 * @param constraints the constraints of each branch, by path in the snapshot
 * @param environments what markers can ask about its Pythons; empty for a release of before
 * @param requirements what its own wheels were built with
 * @param retired what the channel listed once and does not any more
 */
record SnapshotDocuments(
    String slug,
    List<String> pythons,
    List<ManifestBranch> branches,
    List<ManifestFile> files,
    List<ManifestServed> served,
    List<ManifestEnvironment> environments,
    Coverage coverage,
    Map<String, byte[]> constraints,
    LockedRequirements requirements,
    List<RetiredWheel> retired) {

  /** Makes the folder hold exactly this snapshot; touches nothing that is right already. */
  Snapshot write(Path directory) throws IOException {
    Map<ProjectName, List<ManifestFile>> projects =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    ManifestFile::project, TreeMap::new, Collectors.toUnmodifiableList()));
    List<RenderedDocument> root = root(List.copyOf(projects.keySet()));
    List<RenderedDocument> limits = new ArrayList<>();
    constraints.forEach((path, bytes) -> limits.add(RenderedDocument.of(path, bytes)));
    RenderedDocument told = RenderedDocument.of(TreeLayout.coverage(), coverage.bytes());
    RenderedDocument required =
        RenderedDocument.of(TreeLayout.buildRequirements(), requirements.bytes());
    PageForms forms = new PageForms();
    List<ManifestPage> pages =
        projects.entrySet().stream().map(e -> forms.page(e.getKey(), e.getValue())).toList();
    Manifest listing =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            slug,
            pythons,
            branches,
            files,
            pages,
            described(root),
            described(limits),
            told.described(),
            required.described(),
            served,
            environments,
            List.of(),
            retired);
    List<RenderedDocument> more = derived(listing, requirements);
    Manifest manifest = listing.with(described(more));
    RenderedDocument itself =
        RenderedDocument.of("manifest.json", out -> Json.write(manifest, out));
    String id = itself.described().sha256();
    var folder = new StagingFolder(directory);
    for (ManifestPage page : pages) {
      forms.stage(folder, page, Objects.requireNonNull(projects.get(page.project())));
      folder.link(
          TreeLayout.projectLink(id, page.project()), TreeLayout.projectLinkTarget(page.sha256()));
    }
    for (List<RenderedDocument> documents : List.of(root, limits, more, List.of(told, required))) {
      documents.forEach(
          document -> document.stage(folder, TreeLayout.document(id, document.described().path())));
    }
    itself.stage(folder, TreeLayout.manifest(id));
    folder.write();
    return new Snapshot(slug, id, manifest, directory);
  }

  /**
   * What follows from a manifest: lock files, bill of materials and provenance.
   *
   * @param requirements what its own wheels were built with
   */
  static List<RenderedDocument> derived(Manifest manifest, LockedRequirements requirements)
      throws IOException {
    String slug = manifest.slug();
    List<RenderedDocument> derived = new ArrayList<>();
    PylockFiles.relative(manifest)
        .forEach((path, bytes) -> derived.add(RenderedDocument.of(path, bytes)));
    derived.add(
        RenderedDocument.of(TreeLayout.sbom(), out -> Sbom.write(out, slug, manifest.files())));
    RenderedDocument provenance =
        RenderedDocument.of(
            TreeLayout.provenance(),
            out -> Provenance.write(out, slug, manifest.files(), requirements));
    if (provenance.described().size() > 0) {
      derived.add(provenance);
    }
    return derived;
  }

  private static List<RenderedDocument> root(List<ProjectName> projects) {
    return List.of(
        RenderedDocument.of(TreeLayout.rootHtml(), PageWriter.rootHtml(projects)),
        RenderedDocument.of(TreeLayout.rootJson(), PageWriter.rootJson(projects)));
  }

  private static List<ManifestDocument> described(List<RenderedDocument> documents) {
    return documents.stream().map(RenderedDocument::described).toList();
  }
}
