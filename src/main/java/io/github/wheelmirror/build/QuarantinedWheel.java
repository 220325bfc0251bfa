package io.github.wheelmirror.build;

/**
 * A file that must not be used.
 *
 * @param reason why it was taken out
 */
public record QuarantinedWheel(String sha256, String filename, String reason) {
  public QuarantinedWheel {
    Check.digest(sha256, filename + "'s digest");
    Check.filename(filename);
    Check.notBlank(reason, "the reason of a quarantine");
  }
}
