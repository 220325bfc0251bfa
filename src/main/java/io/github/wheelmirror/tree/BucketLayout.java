package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.ProjectName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of a published tree in a bucket where they are not the paths of {@link TreeLayout}: a
 * bucket has no links, so pages lie below each URL that shows them, and a page has a key that ends
 * in a slash, which any plain read of the URL {@code …/simple/<project>/} answers with.
 *
 * <p>The URLs of clients are those of a folder, and so is the depth of each, so that the links on
 * pages lead to the same places.
 */
public final class BucketLayout {

  /** What all pinned URLs begin with. */
  public static final String PINNED = "@";

  /** Folder of the notes of those who write at the same time. */
  public static final String SHARED_LOCKS = TreeLayout.STATE_LOCK + ".shared/";

  /** Folder of the wheels that were taken out, by digest; not for clients. */
  public static final String QUARANTINED = TreeLayout.STATE + "/quarantined/";

  /** Folder of the journals of all channels. */
  public static final String JOURNAL = TreeLayout.STATE + "/journal/";

  private BucketLayout() {}

  /** Everything that the pinned URL of a snapshot shows. */
  public static String pinned(String id) {
    return TreeLayout.pinnedLink(id) + "/";
  }

  /** The snapshot whose pinned URL a top folder is; nothing for others. */
  public static Optional<String> snapshotOf(String folder) {
    String id = folder.startsWith(PINNED) ? folder.substring(PINNED.length()) : "";
    return io.github.wheelmirror.Sha256.isDigest(id) ? Optional.of(id) : Optional.empty();
  }

  /** Everything that the moving URL of a channel shows. */
  public static String moving(String slug) {
    return TreeLayout.movingLink(slug) + "/";
  }

  /** The manifest, below {@link #pinned} or {@link #moving}. */
  public static String manifest() {
    return "manifest.json";
  }

  /** The list of projects as a page by itself, below {@link #pinned} or {@link #moving}. */
  public static String root() {
    return "simple/";
  }

  /** The HTML page of a project as one by itself, below {@link #pinned} or {@link #moving}. */
  public static String page(ProjectName project) {
    return root() + project + "/";
  }

  /** The HTML page of a project under its own name. */
  public static String htmlPage(ProjectName project) {
    return page(project) + TreeLayout.HTML_PAGE;
  }

  /** The JSON page of a project. */
  public static String jsonPage(ProjectName project) {
    return page(project) + TreeLayout.JSON_PAGE;
  }

  /** Whether a key below {@link #pinned} or {@link #moving} is a form of a project's page. */
  public static boolean isPage(String key) {
    return key.startsWith(root()) && key.indexOf('/', root().length()) > 0;
  }

  /** All files of a snapshot but its pages, the manifest among them. */
  public static String snapshot(String id) {
    return TreeLayout.snapshot(id) + "/";
  }

  /** The folder of all steps of releases of a channel. */
  public static String journal(String slug) {
    return JOURNAL + TreeLayout.slug(slug) + "/";
  }

  /**
   * A step of a release; the keys of a channel sort by serial.
   *
   * @param step a word
   */
  public static String journal(String slug, long serial, String step) {
    return journal(slug) + String.format(Locale.ROOT, "%012d.%s.json", serial, step);
  }

  /** A lock by its name in {@link TreeLayout}. */
  public static String lock(String name) {
    return name + ".json";
  }

  /** The note of one who writes at the same time as others. */
  public static String sharedLock(String run) {
    return SHARED_LOCKS + TreeLayout.relative(run) + ".json";
  }

  /** Where a file of the pool goes when it is taken out. */
  public static String quarantined(String sha256, String name) {
    return QUARANTINED + Require.digest(sha256, "a wheel's digest") + "/" + name;
  }

  /** The pool's folder of the wheel that a key belongs to; nothing for other keys. */
  public static Optional<String> poolFolder(String key) {
    return TreeLayout.poolDigest(List.of(key.split("/", -1))).map(TreeLayout::poolFolder);
  }
}
