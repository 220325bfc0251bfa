package io.github.wheelmirror.publish;

import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.DsseEnvelope;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.Signing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code quarantine.json}.
 *
 * @param schemaVersion as of {@link Quarantine}
 * @param signatures of the entries; empty if nobody signs
 */
record QuarantineFile(
    int schemaVersion, List<QuarantineEntry> entries, List<DsseEnvelope> signatures) {

  /** The media type of what is signed: a {@link Quarantine} as JSON. */
  static final String TYPE = "application/vnd.wheel-mirror.quarantine+json";

  QuarantineFile {
    entries = List.copyOf(entries);
    signatures = List.copyOf(signatures);
  }

  /** Signed if there is a key. */
  static QuarantineFile of(Quarantine quarantine, Signing signing) {
    return new QuarantineFile(
        quarantine.schemaVersion(),
        quarantine.entries(),
        signing.key().map(key -> key.sign(TYPE, quarantine.bytes())).stream().toList());
  }

  static QuarantineFile read(byte[] json, String where) {
    try {
      return Json.read(json, QuarantineFile.class, where);
    } catch (MirrorException e) {
      throw MirrorException.machinery(
          e.what(),
          e.why(),
          "restore it from another region or a backup: without it, what was taken out would be"
              + " served again",
          e);
    }
  }

  byte[] bytes() {
    return Json.write(this);
  }

  /**
   * The entries.
   *
   * @param where the file, for the message
   * @throws MirrorException (machinery) if it is signed, and by none of the trusted keys
   */
  Quarantine quarantine(Signing signing, String where) {
    Quarantine quarantine = new Quarantine(schemaVersion, entries);
    if (!signing.trusted().isEmpty() && !signatures.isEmpty()) {
      Optional<byte[]> signed = signing.trusted().verified(signatures.get(0), TYPE);
      if (signed.isEmpty() || !Arrays.equals(signed.get(), quarantine.bytes())) {
        throw MirrorException.machinery(
            where + " cannot be relied on",
            signed.isEmpty()
                ? "none of <trustedKeyFiles> signed it"
                : "its signature is of other entries",
            "find out who changed it; restore it from another region or a backup",
            null);
      }
    }
    return quarantine;
  }
}
