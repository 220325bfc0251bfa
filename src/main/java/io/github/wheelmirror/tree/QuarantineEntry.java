package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Pin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Something that no region serves any more.
 *
 * @param pin {@code name===version} of a version of which every file is out, those that nobody has
 *     seen yet too; {@code ""} if only the files are
 * @param files what was found of it when it was taken out, sorted
 * @param reason why, for whoever misses it; never empty
 * @param when ISO 8601 instant
 */
public record QuarantineEntry(String pin, List<QuarantinedFile> files, String reason, String when)
    implements Comparable<QuarantineEntry> {

  private static final Comparator<QuarantineEntry> ORDER =
      Comparator.comparing(QuarantineEntry::when)
          .thenComparing(QuarantineEntry::pin)
          .thenComparing(entry -> entry.files().toString())
          .thenComparing(QuarantineEntry::reason);

  /** A wheel by its content. */
  public record QuarantinedFile(String sha256, String filename)
      implements Comparable<QuarantinedFile> {
    public QuarantinedFile {
      TreeLayout.wheel(Require.digest(sha256, "the digest of " + filename), filename);
    }

    @Override
    public int compareTo(QuarantinedFile other) {
      return Comparator.comparing(QuarantinedFile::filename)
          .thenComparing(QuarantinedFile::sha256)
          .compare(this, other);
    }
  }

  public QuarantineEntry {
    files = files.stream().distinct().sorted().toList();
    Require.notBlank(reason, "the reason of a quarantine");
    if (pin.isEmpty() && files.isEmpty()) {
      throw new IllegalArgumentException("a quarantine of nothing");
    }
    if (!pin.isEmpty() && !Pin.parse(pin).toString().equals(pin)) {
      throw new IllegalArgumentException("not a pin in its normal form: " + pin);
    }
    try {
      Instant.parse(when);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an instant: " + when, e);
    }
  }

  /** What it takes out, for people. */
  public String what() {
    return pin.isEmpty()
        ? String.join(", ", files.stream().map(QuarantinedFile::filename).toList())
        : pin;
  }

  @Override
  public int compareTo(QuarantineEntry other) {
    return ORDER.compare(this, other);
  }
}
