package io.github.wheelmirror.tree;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.QuarantineEntry.QuarantinedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is taken out of all releases, for ever: {@code quarantine.json} at the root of a published
 * tree. Entries are only ever added.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param entries oldest first
 */
public record Quarantine(int schemaVersion, List<QuarantineEntry> entries) {

  /** The version of this shape. */
  public static final int SCHEMA_VERSION = 1;

  /** Nothing. */
  public static final Quarantine NONE = new Quarantine(SCHEMA_VERSION, List.of());

  public Quarantine {
    Require.schema(schemaVersion, SCHEMA_VERSION, "a quarantine file");
    entries = entries.stream().distinct().sorted().toList();
  }

  /** As JSON: what is signed. */
  public byte[] bytes() {
    return Json.write(this);
  }

  /** The entries of both. */
  public Quarantine plus(Quarantine other) {
    return new Quarantine(
        SCHEMA_VERSION, Stream.concat(entries.stream(), other.entries.stream()).toList());
  }

  /** The same, and this. */
  public Quarantine plus(QuarantineEntry entry) {
    return plus(new Quarantine(SCHEMA_VERSION, List.of(entry)));
  }

  /** Whether it holds everything that the other does. */
  public boolean covers(Quarantine other) {
    return Set.copyOf(entries).containsAll(other.entries);
  }

  /** Why the version is out as a whole; nothing if it is not. */
  public Optional<QuarantineEntry> of(Pin pin) {
    String text = pin.toString();
    return entries.stream().filter(entry -> entry.pin().equals(text)).findFirst();
  }

  /** Why the file is out; nothing if it is not. */
  public Optional<QuarantineEntry> of(ManifestFile file) {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byDigest().get(file.sha256()))
            .or(() -> of(new Pin(file.project(), file.version())));
  }

  private Map<String, QuarantineEntry> byDigest() {
    Map<String, QuarantineEntry> found = new HashMap<>();
    for (QuarantineEntry entry : entries) {
      entry.files().forEach(file -> found.putIfAbsent(file.sha256(), entry));
    }
    return found;
  }

  /** The digests of all files that are known to be out, sorted. */
  public Set<String> digests() {
    Set<String> digests = new TreeSet<>();
    entries.forEach(entry -> entry.files().forEach(file -> digests.add(file.sha256())));
    return digests;
  }

  /** The files of a release that are out. */
  public List<ManifestFile> listedBy(Manifest manifest) {
    return manifest.files().stream().filter(file -> of(file).isPresent()).toList();
  }

  /** An entry's form of a release's file. */
  public static QuarantinedFile file(ManifestFile file) {
    return new QuarantinedFile(file.sha256(), file.filename());
  }

  /**
   * What a release lists without what is out, to be compared with or built on; not to be published,
   * as its pages and documents are those of the whole one.
   */
  public Manifest without(Manifest manifest) {
    Set<String> out = new TreeSet<>();
    listedBy(manifest).forEach(file -> out.add(file.filename()));
    return manifest.without(out);
  }
}
