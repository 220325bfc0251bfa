package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every path of a published tree, relative to the region's root and with {@code /} between the
 * parts; nobody else spells one out.
 *
 * <p>A staged snapshot and the wheelhouse use the same layout, so that staging a release is copying
 * paths as they are. Two links in the root make the moving URL {@code /<slug>/simple/} and the
 * pinned URL {@code /@<id>/simple/} work on any plain static server.
 */
public final class TreeLayout {

  /** Folder of all wheels, by content. */
  public static final String POOL = "pool";

  /** Folder of all project pages, by content. */
  public static final String PAGES = "pages";

  /** Folder of all snapshots, by id. */
  public static final String SNAPSHOTS = "snapshots";

  /** Folder of all channels, by platform slug. */
  public static final String CHANNELS = "channels";

  /** Folder of the reports of releases, by channel and serial. */
  public static final String REPORTS = "reports";

  /** Folder of locks, journals and notes; nothing in it is for clients. */
  public static final String STATE = "state";

  /** Folder of files being written, in the same volume as their target. */
  public static final String TEMPORARY = ".tmp";

  /** The same in the pool, which may be a volume of its own. */
  public static final String POOL_TEMPORARY = "pool/.tmp";

  /** What no region serves any more, see {@link Quarantine}. */
  public static final String QUARANTINE = "quarantine.json";

  /** The signature in an exported archive, see {@link SnapshotExport}. */
  static final String EXPORT_SIGNATURE = "signature.json";

  /** Folder of the wheels that were taken out, by digest, in the pool's volume. */
  public static final String QUARANTINED = "pool/.quarantine";

  /** One line per step of each release, see the decision page on the release protocol. */
  public static final String JOURNAL = STATE + "/journal.jsonl";

  /** Since when files are listed by no snapshot, one line each. */
  public static final String GARBAGE = STATE + "/gc.jsonl";

  /** There for as long as the command after a removal is due; see the page on releases. */
  public static final String AFTER_PRUNE = STATE + "/after-prune";

  /** Folder of the notes of running stagers. */
  public static final String STAGING = STATE + "/staging";

  /** Folder of the lock files. */
  public static final String LOCKS = STATE + "/locks";

  /** Lock of the whole tree: shared by those who add, exclusive for those who delete. */
  public static final String STATE_LOCK = LOCKS + "/state";

  /** The HTML form of a page (PEP 503). */
  public static final String HTML_PAGE = "index.html";

  /** The JSON form of a page (PEP 691). */
  public static final String JSON_PAGE = "index.v1_json";

  /** The digest of the wheel whose folder in the pool a path leads into; nothing for others. */
  public static Optional<String> poolDigest(List<String> names) {
    boolean wheel = names.size() > 3 && names.get(0).equals(POOL) && names.get(1).equals("sha256");
    String digest = wheel ? names.get(2) + names.get(3) : "";
    return Sha256.isDigest(digest) ? Optional.of(digest) : Optional.empty();
  }

  /** Where the pool's folder of a wheel goes when it is taken out. */
  public static String quarantined(String sha256) {
    return QUARANTINED + "/" + Require.digest(sha256, "a wheel's digest");
  }

  private static final String METADATA_SUFFIX = ".metadata";
  private static final Set<String> RESERVED =
      Set.of(POOL, PAGES, SNAPSHOTS, CHANNELS, STATE, REPORTS, "quarantine.json");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  private TreeLayout() {}

  /** The folder of the one wheel with this digest. */
  public static String poolFolder(String sha256) {
    return fanOut(POOL, sha256);
  }

  /** A wheel. */
  public static String wheel(String sha256, String filename) {
    return poolFolder(sha256) + "/" + filename(filename);
  }

  /** A wheel's metadata file beside it (PEP 658). */
  public static String metadata(String sha256, String filename) {
    return metadata(wheel(sha256, filename));
  }

  /** The same by the wheel's path. */
  public static String metadata(String wheel) {
    return wheel + METADATA_SUFFIX;
  }

  /** The folder of a project page, by {@link ManifestPage#sha256}. */
  public static String pageFolder(String sha256) {
    return fanOut(PAGES, sha256);
  }

  /** A project page in HTML. */
  public static String htmlPage(String sha256) {
    return pageFolder(sha256) + "/" + HTML_PAGE;
  }

  /** A project page in JSON. */
  public static String jsonPage(String sha256) {
    return pageFolder(sha256) + "/" + JSON_PAGE;
  }

  /** The folder of a snapshot. */
  public static String snapshot(String id) {
    return SNAPSHOTS + "/" + digest(id);
  }

  /** A snapshot's manifest. */
  public static String manifest(String id) {
    return snapshot(id) + "/manifest.json";
  }

  /** A snapshot's index root. */
  public static String simple(String id) {
    return snapshot(id) + "/simple";
  }

  /** A snapshot's link to the page of a project. */
  public static String projectLink(String id, ProjectName project) {
    return simple(id) + "/" + project;
  }

  /** What {@link #projectLink} holds: the page's folder as seen from the link. */
  public static String projectLinkTarget(String pageSha256) {
    return "../../../" + pageFolder(pageSha256);
  }

  /** A document of a snapshot, by its path in the manifest such as {@code coverage.json}. */
  public static String document(String id, String path) {
    return snapshot(id) + "/" + relative(path);
  }

  /** Path within a snapshot of the index root in HTML. */
  public static String rootHtml() {
    return "simple/" + HTML_PAGE;
  }

  /** Path within a snapshot of the index root in JSON. */
  public static String rootJson() {
    return "simple/" + JSON_PAGE;
  }

  /** Path within a snapshot of the constraints of a branch. */
  public static String constraints(String branch) {
    return relative("constraints/" + branch + ".txt");
  }

  /** Path within a snapshot of its coverage. */
  public static String coverage() {
    return "coverage.json";
  }

  /** Path within a snapshot of the locks that its own wheels were built with. */
  public static String buildRequirements() {
    return "build-requirements.json";
  }

  /** Path within a snapshot of its bill of materials (CycloneDX). */
  public static String sbom() {
    return "sbom.cdx.json";
  }

  /** Path within a snapshot of the provenance of its own wheels (in-toto). */
  public static String provenance() {
    return "provenance.intoto.jsonl";
  }

  /** The folder of all reports of a channel. */
  public static String reports(String slug) {
    return REPORTS + "/" + slug(slug);
  }

  /** The folder of the report of a release. */
  public static String report(String slug, long serial) {
    return reports(slug) + "/" + serial;
  }

  /** A file of the report of a release. */
  public static String report(String slug, long serial, String path) {
    return report(slug, serial) + "/" + relative(path);
  }

  /** The folder of a channel. */
  public static String channel(String slug) {
    return CHANNELS + "/" + slug(slug);
  }

  /** The link whose change is a release. */
  public static String current(String slug) {
    return channel(slug) + "/current";
  }

  /** The link to the release before. */
  public static String previous(String slug) {
    return channel(slug) + "/previous";
  }

  /** What {@link #current} and {@link #previous} hold: the snapshot as seen from the link. */
  public static String channelLinkTarget(String id) {
    return "../../" + snapshot(id);
  }

  /** Facts about the current release, advisory. */
  public static String currentJson(String slug) {
    return channel(slug) + "/current.json";
  }

  /** A file for clients beside a channel's pointer, advisory. */
  public static String channelFile(String slug, String name) {
    return channel(slug) + "/" + relative(name);
  }

  /** Lock of a channel, exclusive for a release. */
  public static String channelLock(String slug) {
    return LOCKS + "/channel-" + slug(slug);
  }

  /** The note of a stager that relies on existing files, by snapshot id. */
  public static String stagingNote(String id) {
    return STAGING + "/" + digest(id) + ".json";
  }

  /** The link in the root that makes the moving URL. */
  public static String movingLink(String slug) {
    return slug(slug);
  }

  /** What {@link #movingLink} holds. */
  public static String movingLinkTarget(String slug) {
    return current(slug);
  }

  /** The link in the root that makes the pinned URL. */
  public static String pinnedLink(String id) {
    return "@" + digest(id);
  }

  /** What {@link #pinnedLink} holds. */
  public static String pinnedLinkTarget(String id) {
    return snapshot(id);
  }

  /**
   * The URL of a wheel as seen from a project page, {@code ../../../pool/…}: it leaves {@code
   * /<slug>/simple/<project>/} and {@code /@<id>/simple/<project>/} alike, so any mount prefix
   * works. Characters with a meaning in URLs are escaped, {@code +} as {@code %2B}.
   */
  public static String wheelUrl(String sha256, String filename) {
    return "../../../" + poolFolder(sha256) + "/" + escape(filename(filename));
  }

  /** The same as seen from the root of the region. */
  public static String rootWheelUrl(String sha256, String filename) {
    return poolFolder(sha256) + "/" + escape(filename(filename));
  }

  /**
   * Checks a platform slug as part of a path.
   *
   * @throws IllegalArgumentException if it could name anything but a channel
   */
  public static String slug(String slug) {
    if (!SLUG.matcher(slug).matches() || RESERVED.contains(slug)) {
      throw new IllegalArgumentException("not a platform slug: " + slug);
    }
    return slug;
  }

  /** Checks a path within a snapshot: no part may lead elsewhere. */
  static String relative(String path) {
    int begin = 0;
    boolean bad = false;
    for (int i = 0; i <= path.length() && !bad; i++) {
      char c = i < path.length() ? path.charAt(i) : '/';
      if (c == '/') {
        bad = isElsewhere(path, begin, i);
        begin = i + 1;
      } else {
        bad = c < ' ' || c == '\\' || c == 127;
      }
    }
    if (bad) {
      throw new IllegalArgumentException("not a path within a snapshot: " + path);
    }
    return path;
  }

  private static boolean isElsewhere(String path, int begin, int end) {
    int length = end - begin;
    return length == 0
        || length <= 2 && path.substring(begin, end).equals("..".substring(0, length));
  }

  private static String filename(String filename) {
    if (relative(filename).indexOf('/') >= 0 || !filename.endsWith(".whl")) {
      throw new IllegalArgumentException("not the file name of a wheel: " + filename);
    }
    return filename;
  }

  private static String digest(String sha256) {
    if (!Sha256.isDigest(sha256)) {
      throw new IllegalArgumentException("not a sha256: " + sha256);
    }
    return sha256;
  }

  private static String fanOut(String top, String sha256) {
    digest(sha256);
    return top + "/sha256/" + sha256.substring(0, 2) + "/" + sha256.substring(2);
  }

  private static String escape(String segment) {
    var out = new StringBuilder(segment.length() + 8);
    for (byte b : segment.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(String.format(java.util.Locale.ROOT, "%02X", (int) c));
      }
    }
    return out.toString();
  }
}
