package io.github.wheelmirror.tree;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names of all checks, which never change, and of which of them a person can accept what they
 * find. Those of a wheel's content begin with {@code wheel-}.
 */
public final class Checks {

  private static final String CONTENT =
      "clients would get other bytes than their maker wrote, or each client others";
  private static final String UNSAFE = "it could do harm where it is unpacked";
  private static final String USELESS = "no client would install it";
  private static final String SNAPSHOT =
      "the snapshot would not be what its manifest says; run the snapshot goal again";
  private static final String PROMISE =
      "clients would lose what the last release serves; exclude the pin with a reason, or name a"
          + " branch that is gone in <retired>";
  private static final String GATE = "it has a parameter or a cause of its own, see its fix";
  private static final String CLIENTS = "it is what a real client does with the release";

  /** Found only where the lot falls on the pin, so not to find it means nothing. */
  private static final Set<String> OF_SAMPLES = Set.of("import-fails", "source-not-compilable");

  private static final Map<String, String> REFUSED = new TreeMap<>();

  private static final Set<String> ACCEPTABLE =
      Set.of(
          "dependency-conflict",
          "dependency-missing",
          "dependency-url",
          "import-fails",
          "source-not-compilable",
          "wheel-build-tag",
          "wheel-compiled-for-other-libc",
          "wheel-compiled-for-other-machine",
          "wheel-compiled-for-other-python",
          "wheel-compiled-in-pure",
          "wheel-compiled-missing",
          "wheel-compiled-unreadable",
          "wheel-data-folder",
          "wheel-duplicate-name",
          "wheel-entry-points",
          "wheel-extension-missing",
          "wheel-file-name-spelling",
          "wheel-files-missing",
          "wheel-glibc",
          "wheel-glibc-promised",
          "wheel-installed-file",
          "wheel-license-file",
          "wheel-machine",
          "wheel-metadata-differs",
          "wheel-metadata-version",
          "wheel-name-case",
          "wheel-name-encoding",
          "wheel-odd-name",
          "wheel-pin-version",
          "wheel-purelib",
          "wheel-record-size",
          "wheel-record-spelling",
          "wheel-record-weak-hash",
          "wheel-requires-dist",
          "wheel-requires-python",
          "wheel-tags");

  static {
    refuse(
        CONTENT,
        "damaged-file",
        "metadata-file",
        "missing-file",
        "substituted",
        "wheel-duplicate-content",
        "wheel-missing-file",
        "wheel-record-hash",
        "wheel-record-invalid",
        "wheel-record-missing-file",
        "wheel-record-unlisted",
        "wheel-record-wrong-size",
        "wheel-wrong-hash",
        "wheel-zip-ambiguous",
        "wheel-zip-content",
        "wheel-zip-directory",
        "wheel-zip-gap",
        "wheel-zip-hidden-member",
        "wheel-zip-local-header",
        "wheel-zip-overlap",
        "wheel-zip-trailing-data",
        "wheel-zip-truncated");
    refuse(
        UNSAFE,
        "wheel-file-as-folder",
        "wheel-folder-content",
        "wheel-script-name",
        "wheel-special-file",
        "wheel-too-large",
        "wheel-unsafe-name",
        "wheel-zip-bomb",
        "wheel-zip-too-large",
        "wheel-zip-too-many");
    refuse(
        USELESS,
        "wheel-data-scheme",
        "wheel-dist-info",
        "wheel-file",
        "wheel-file-name",
        "wheel-metadata",
        "wheel-metadata-name",
        "wheel-zip-disks",
        "wheel-zip-encrypted",
        "wheel-zip-method");
    refuse(
        SNAPSHOT,
        "coverage",
        "damaged-document",
        "document-content",
        "documents",
        "manifest-file",
        "missing-document",
        "page-content",
        "page-link",
        "page-links",
        "pages",
        "target",
        "unlisted-document",
        "wheel-requires-python-page");
    refuse(PROMISE, "dropped", "emptied-branch", "excluded", "regression", "vanished-branch");
    refuse(
        GATE,
        "coverage-too-low",
        "empty",
        "held-branch",
        "nothing-served",
        "nothing-wanted",
        "quarantined",
        "signature",
        "stale",
        "waiting");
    refuse(
        CLIENTS,
        "client-refuses",
        "client-takes-other",
        "sample-inconsistent",
        "sample-not-installable");
  }

  private Checks() {}

  private static void refuse(String why, String... names) {
    for (String name : names) {
      REFUSED.put(name, why);
    }
  }

  /** All names, with why what they find cannot be accepted, {@code ""} if it can. */
  public static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(REFUSED);
    ACCEPTABLE.forEach(name -> all.put(name, ""));
    return Collections.unmodifiableMap(all);
  }

  /** Why what the check finds cannot be accepted; nothing if it can. */
  public static Optional<String> refusal(String check) {
    return ACCEPTABLE.contains(check)
        ? Optional.empty()
        : Optional.of(REFUSED.getOrDefault(check, "there is no such check"));
  }

  /** Whether it is made of a few pins only, which are also what its findings are about. */
  static boolean isOfSamples(String check) {
    return OF_SAMPLES.contains(check);
  }

  /** Whether there is a check of that name. */
  public static boolean isKnown(String check) {
    return ACCEPTABLE.contains(check) || REFUSED.containsKey(check);
  }
}
