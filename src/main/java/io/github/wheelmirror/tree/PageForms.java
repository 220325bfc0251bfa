package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.ProjectName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the two forms of pages, to be described first and written later. Those of a large mirror do
 * not all fit into memory: what is beyond the limit is made again when it is written.
 */
final class PageForms {
  /** Bytes of pages that are kept. */
  private static final long KEPT = 32L << 20;

  private record Forms(byte[] html, byte[] json) {}

  private final Map<String, Forms> kept = new HashMap<>();
  private long bytes;

  /** Describes the page of a project. */
  ManifestPage page(ProjectName project, List<ManifestFile> files) {
    Forms forms = new Forms(PageWriter.html(project, files), PageWriter.json(project, files));
    ManifestPage page = ManifestPage.of(project, forms.html(), forms.json());
    bytes += forms.html().length + forms.json().length;
    if (bytes <= KEPT) {
      kept.put(page.sha256(), forms);
    }
    return page;
  }

  /** Has it written to the folder. */
  void stage(StagingFolder folder, ManifestPage page, List<ManifestFile> files) {
    Forms forms = kept.get(page.sha256());
    String html = TreeLayout.htmlPage(page.sha256());
    String json = TreeLayout.jsonPage(page.sha256());
    if (forms == null) {
      folder.file(html, () -> PageWriter.html(page.project(), files));
      folder.file(json, () -> PageWriter.json(page.project(), files));
    } else {
      folder.file(html, forms.html());
      folder.file(json, forms.json());
    }
  }
}
