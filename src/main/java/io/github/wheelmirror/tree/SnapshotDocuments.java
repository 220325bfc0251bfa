package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.build.LockedRequirements;
import io.github.wheelmirror.build.RetiredWheel;
import io.github.wheelmirror.python.ProjectName;
import java.io.IOException;
import java.nio.file.Path;
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
    Map<String, byte[]> root = root(List.copyOf(projects.keySet()));
    byte[] coverageBytes = coverage.bytes();
    byte[] requirementsBytes = requirements.bytes();
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
            documents(root),
            documents(constraints),
            ManifestDocument.of(TreeLayout.coverage(), coverageBytes),
            ManifestDocument.of(TreeLayout.buildRequirements(), requirementsBytes),
            served,
            environments,
            List.of(),
            retired);
    Map<String, byte[]> more = new TreeMap<>(PylockFiles.relative(listing));
    more.put(TreeLayout.sbom(), Sbom.of(slug, listing.files()));
    byte[] provenance = Provenance.of(slug, listing.files(), requirements);
    if (provenance.length > 0) {
      more.put(TreeLayout.provenance(), provenance);
    }
    Manifest manifest = listing.with(documents(more));
    byte[] manifestBytes = manifest.bytes();
    String id = Sha256.of(manifestBytes);
    var folder = new StagingFolder(directory);
    for (ManifestPage page : pages) {
      forms.stage(folder, page, Objects.requireNonNull(projects.get(page.project())));
      folder.link(
          TreeLayout.projectLink(id, page.project()), TreeLayout.projectLinkTarget(page.sha256()));
    }
    root.forEach((path, bytes) -> folder.file(TreeLayout.document(id, path), bytes));
    constraints.forEach((path, bytes) -> folder.file(TreeLayout.document(id, path), bytes));
    more.forEach((path, bytes) -> folder.file(TreeLayout.document(id, path), bytes));
    folder.file(TreeLayout.document(id, TreeLayout.coverage()), coverageBytes);
    folder.file(TreeLayout.document(id, TreeLayout.buildRequirements()), requirementsBytes);
    folder.file(TreeLayout.manifest(id), manifestBytes);
    folder.write();
    return new Snapshot(slug, id, manifest, directory);
  }

  private static Map<String, byte[]> root(List<ProjectName> projects) {
    return Map.of(
        TreeLayout.rootHtml(), PageWriter.rootHtml(projects),
        TreeLayout.rootJson(), PageWriter.rootJson(projects));
  }

  private static List<ManifestDocument> documents(Map<String, byte[]> content) {
    return content.entrySet().stream()
        .map(document -> ManifestDocument.of(document.getKey(), document.getValue()))
        .toList();
  }
}
