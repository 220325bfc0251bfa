package io.github.wheelmirror.clients;

import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What installers are asked, and what they find.
 *
 * @param id for messages and paths
 * @param options as typed
 * @param hashes allowed ones, {@code sha256:…}
 * @param uploadedPriorTo a date or time in UTC; empty for none
 */
record SelectionScenario(
    String id,
    String requirement,
    List<String> constraints,
    List<String> options,
    List<String> hashes,
    String uploadedPriorTo,
    List<Location> locations) {

  /**
   * An index, page or directory.
   *
   * @param name one letter
   * @param json whether the page is JSON, else HTML
   * @param status of the page
   */
  record Location(
      String name, Role role, Answer answer, boolean json, int status, List<Offer> files) {

    boolean isDirectory() {
      return role == Role.FIND_LINKS_DIRECTORY || role == Role.FIND_LINKS_DIRECTORY_PAGES;
    }
  }

  /**
   * A listed file.
   *
   * @param hashed whether the page tells its hash
   * @param uploaded when, if a JSON page tells it, else empty
   * @param copy tells files of one name apart, which are of other places and contents
   */
  record Offer(
      String filename,
      String requiresPython,
      boolean yanked,
      boolean hashed,
      String uploaded,
      String copy) {}

  SelectionScenario withHashes(List<String> others) {
    return new SelectionScenario(
        id, requirement, constraints, options, others, uploadedPriorTo, locations);
  }

  SelectionScenario withConstraints(List<String> others) {
    return new SelectionScenario(
        id, requirement, others, options, hashes, uploadedPriorTo, locations);
  }

  /** The constraints without the line breaks that a backslash hides. */
  List<String> logicalConstraints() {
    return constraints.stream().map(line -> line.replace("\\\n", "")).toList();
  }

  ProjectName project() {
    return Requirement.parse(requirement).projectName();
  }

  /** What the file's summary says of where it is. */
  static String place(Location location, Offer offer) {
    return location.name() + offer.copy();
  }

  byte[] content(Location location, Offer offer) {
    return ChosenFiles.content(place(location, offer), offer.filename(), project());
  }

  String sha256(Location location, Offer offer) {
    return Sha256.of(content(location, offer));
  }

  String sha512(Location location, Offer offer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      return HexFormat.of().formatHex(digest.digest(content(location, offer)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }

  /** What is known of a file when it is here. */
  Map<String, String> hashes(Location location, Offer offer) {
    return Map.of("sha256", sha256(location, offer), "sha512", sha512(location, offer));
  }

  /** As the location lists it; a directory tells only names. */
  ListedFile listed(Location location, Offer offer) {
    boolean local = location.isDirectory();
    if (location.role() == Role.FIND_LINKS_DIRECTORY) {
      return new ListedFile(offer.filename(), "", false, Map.of(), null, true, Map.of());
    }
    return new ListedFile(
        offer.filename(),
        offer.requiresPython(),
        offer.yanked(),
        offer.hashed() ? Map.of("sha256", sha256(location, offer)) : Map.of(),
        location.json() && !offer.uploaded().isEmpty() ? Instant.parse(offer.uploaded()) : null,
        local,
        Map.of());
  }
}
