package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as uv keeps it below its version, usable or not.
 *
 * @param obstacle why it cannot be used; null if it can
 * @param hash how its hashes compare with the required ones
 * @param tagRank index of its best tag, smaller is better; 0 for an sdist
 */
record UvEntry(
    NamedFile file, FileName.Accepted name, @Nullable Reason obstacle, Hash hash, int tagRank) {

  /** From worst to best. */
  enum Hash {
    MISMATCHED,
    MISSING,
    MATCHED
  }

  private static final Comparator<@Nullable BuildTag> BUILD_TAGS =
      Comparator.nullsFirst(Comparator.<BuildTag>naturalOrder());

  boolean isWheel() {
    return name instanceof FileName.Wheel;
  }

  boolean isUsable() {
    return obstacle == null;
  }

  /** A time that is not known is too late. */
  boolean isUploadedTooLate() {
    return obstacle == Reason.UPLOADED_TOO_LATE || obstacle == Reason.UPLOAD_TIME_UNKNOWN;
  }

  Optional<Reason> whyNot() {
    return Optional.ofNullable(obstacle);
  }

  Version version() {
    return Objects.requireNonNull(name.version());
  }

  private @Nullable BuildTag buildTag() {
    return name instanceof FileName.Wheel wheel ? wheel.buildTag() : null;
  }

  /** Greater is better, among the usable wheels or the usable sdists of one version. */
  int compareTo(UvEntry other) {
    int order = hash.compareTo(other.hash);
    order = order != 0 ? order : Integer.compare(other.tagRank, tagRank);
    return order != 0 ? order : BUILD_TAGS.compare(buildTag(), other.buildTag());
  }

  /** Why another usable file of the same version is taken. */
  Reason lostTo(UvEntry best) {
    if (hash != best.hash) {
      return hash == Hash.MISSING ? Reason.HASH_UNKNOWN : Reason.HASH_NOT_ALLOWED;
    }
    if (isWheel() != best.isWheel()) {
      return Reason.SDIST;
    }
    if (tagRank != best.tagRank) {
      return Reason.WORSE_TAG;
    }
    if (BUILD_TAGS.compare(buildTag(), best.buildTag()) != 0) {
      return Reason.LOWER_BUILD_TAG;
    }
    return file.place() == best.file.place() ? Reason.ORDER : Reason.OTHER_PLACE;
  }
}
