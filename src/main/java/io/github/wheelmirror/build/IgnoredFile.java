package io.github.wheelmirror.build;

import java.util.Objects;

/**
 * An entry of a project page that was left out.
 *
 * @param entry its file name or link as far as it can be shown, without control characters
 * @param reason why it is no usable file
 */
public record IgnoredFile(String entry, String reason) {
  public IgnoredFile {
    Objects.requireNonNull(entry);
    Objects.requireNonNull(reason);
  }
}
