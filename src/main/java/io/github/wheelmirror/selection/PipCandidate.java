package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.Version;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A file that pip may install, as far as file name, tags and Requires-Python tell.
 *
 * @param tagRank index of its best tag; the number of tags for an sdist
 * @param hashAllowed whether a hash that it tells is one of the required ones
 */
record PipCandidate(NamedFile file, FileName.Accepted name, int tagRank, boolean hashAllowed) {

  private static final Comparator<@Nullable Version> VERSIONS =
      Comparator.nullsFirst(Comparator.<Version>naturalOrder());
  private static final Comparator<@Nullable BuildTag> BUILD_TAGS =
      Comparator.nullsFirst(Comparator.<BuildTag>naturalOrder());

  boolean isWheel() {
    return name instanceof FileName.Wheel;
  }

  boolean isPreRelease() {
    Version version = name.version();
    return version != null && version.isPreRelease();
  }

  private @Nullable BuildTag buildTag() {
    return name instanceof FileName.Wheel wheel ? wheel.buildTag() : null;
  }

  /** Greater is better; equal ones are told apart by their order only. */
  int compareTo(PipCandidate other, boolean preferBinary) {
    int order = Boolean.compare(hashAllowed, other.hashAllowed);
    order = order != 0 ? order : Boolean.compare(other.file.file().yanked(), file.file().yanked());
    if (preferBinary) {
      order = order != 0 ? order : Boolean.compare(isWheel(), other.isWheel());
    }
    order = order != 0 ? order : VERSIONS.compare(name.version(), other.name.version());
    order = order != 0 ? order : Integer.compare(other.tagRank, tagRank);
    return order != 0 ? order : BUILD_TAGS.compare(buildTag(), other.buildTag());
  }

  /** Why a better one is taken. */
  Reason lostTo(PipCandidate best, boolean preferBinary) {
    if (best.hashAllowed && !hashAllowed) {
      return Reason.HASH_UNKNOWN;
    }
    if (preferBinary && best.isWheel() && !isWheel()) {
      return Reason.WHEEL_PREFERRED;
    }
    if (VERSIONS.compare(name.version(), best.name.version()) != 0) {
      return Reason.LOWER_VERSION;
    }
    if (best.tagRank != tagRank) {
      return isWheel() ? Reason.WORSE_TAG : Reason.SDIST;
    }
    if (BUILD_TAGS.compare(buildTag(), best.buildTag()) != 0) {
      return Reason.LOWER_BUILD_TAG;
    }
    return file.place() == best.file.place() ? Reason.ORDER : Reason.OTHER_PLACE;
  }

  /** What the reason is about. */
  String detail(Reason reason, PipCandidate best) {
    return switch (reason) {
      case LOWER_VERSION -> name.versionText() + " is lower than " + best.name.versionText();
      case OTHER_PLACE -> best.file.place().name();
      default -> "";
    };
  }
}
