package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.PythonText;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How uv reads file names.
 *
 * @param archives the extensions of sdists, those that it will not build from too
 * @param flat whether the names are of a find-links location, where an sdist's version is what
 *     follows the last dash
 * @param variants whether wheels may have a variant label (PEP 825), which it takes for unsupported
 */
record UvFileNames(List<String> archives, boolean flat, boolean variants) implements FileNames {

  private static final String WHEEL = ".whl";

  private static final Pattern BUILD_TAG = Pattern.compile("(\\d+)([\\w.]*)");

  /** uv keeps numbers in 64 bits. */
  private static final int NUMBER_BITS = 64;

  @Override
  public FileName read(String filename, ProjectName project) {
    if (filename.endsWith(WHEEL)) {
      return wheel(filename.substring(0, filename.length() - WHEEL.length()), project);
    }
    Optional<String> extension = archives.stream().filter(filename::endsWith).findFirst();
    if (extension.isEmpty()) {
      return new FileName.Refused(Reason.UNSUPPORTED_ARCHIVE, "");
    }
    String stem = filename.substring(0, filename.length() - extension.get().length());
    return sdist(stem, extension.get(), project);
  }

  private FileName sdist(String stem, String extension, ProjectName project) {
    int dash = flat ? stem.lastIndexOf('-') : project.value().length();
    boolean separated = dash > 0 && dash < stem.length() && stem.charAt(dash) == '-';
    if (!separated || !names(stem.substring(0, dash), project)) {
      return new FileName.Refused(Reason.NOT_THIS_PROJECT, "");
    }
    String text = stem.substring(dash + 1);
    Optional<Version> version = version(text);
    return version.isPresent()
        ? new FileName.Sdist(version.get(), version.get().toString(), extension, "")
        : new FileName.Refused(Reason.INVALID_VERSION, text);
  }

  /** On a page, a run of separators is not one. */
  private boolean names(String text, ProjectName project) {
    return ProjectName.isValid(text)
        && ProjectName.normalize(text).equals(project.value())
        && (flat || text.length() == project.value().length());
  }

  private FileName wheel(String stem, ProjectName project) {
    List<String> parts = new ArrayList<>(List.of(stem.split("-", -1)));
    if (parts.size() < 5 || parts.size() > 7) {
      return new FileName.Refused(Reason.INVALID_FILE_NAME, "");
    }
    String name = parts.remove(0);
    if (!ProjectName.isValid(name)) {
      return new FileName.Refused(Reason.INVALID_FILE_NAME, "");
    }
    if (!ProjectName.normalize(name).equals(project.value())) {
      return new FileName.Refused(Reason.NOT_THIS_PROJECT, ProjectName.normalize(name));
    }
    Optional<Version> version = version(parts.remove(0));
    if (version.isEmpty()) {
      return new FileName.Refused(Reason.INVALID_VERSION, "");
    }
    // six parts are with a build tag or with a variant label (PEP 825), seven with both
    boolean hasBuildTag = parts.size() == 5 || startsWithDigit(parts.get(0)) && parts.size() > 3;
    BuildTag buildTag = null;
    if (hasBuildTag) {
      Matcher matcher = BUILD_TAG.matcher(parts.remove(0));
      if (!matcher.matches() || new BigInteger(matcher.group(1)).bitLength() > NUMBER_BITS) {
        return new FileName.Refused(Reason.INVALID_FILE_NAME, "");
      }
      buildTag = new BuildTag(new BigInteger(matcher.group(1)), matcher.group(2));
    }
    boolean variant = parts.size() == 4;
    if (startsWithDigit(parts.get(0)) || !areTags(parts) || variant && !variants) {
      return new FileName.Refused(Reason.INVALID_FILE_NAME, "");
    }
    Set<Tag> tags = variant ? Set.of() : tags(parts);
    return new FileName.Wheel(version.get(), version.get().toString(), buildTag, tags);
  }

  private static boolean areTags(List<String> parts) {
    return isTagPart(parts.get(0)) && isTagPart(parts.get(1)) && isTagPart(parts.get(2));
  }

  /** Words with dots between them; of empty ones, uv overlooks one at the end. */
  private static boolean isTagPart(String part) {
    boolean inWord = false;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '.' ? !inWord : c != '_' && !PythonText.isLetterOrDigit(c)) {
        return false;
      }
      inWord = c != '.';
    }
    return inWord || part.length() > 1;
  }

  private static boolean startsWithDigit(String text) {
    return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
  }

  /** Tags in upper case are none that uv knows. */
  private static Set<Tag> tags(List<String> parts) {
    Set<Tag> tags = new HashSet<>();
    for (String interpreter : lowerCase(parts.get(0))) {
      for (String abi : lowerCase(parts.get(1))) {
        for (String platform : lowerCase(parts.get(2))) {
          if (tags.size() < Tag.MAX_SET_SIZE) {
            tags.add(new Tag(interpreter, abi, platform));
          }
        }
      }
    }
    return tags;
  }

  private static List<String> lowerCase(String part) {
    List<String> known = new ArrayList<>();
    for (String tag : part.split("\\.")) {
      if (tag.equals(tag.toLowerCase(Locale.ROOT)) && !startsWithDigit(tag)) {
        known.add(tag);
      }
    }
    return known;
  }

  private static Optional<Version> version(String text) {
    return Version.tryParse(text).filter(UvFileNames::fits);
  }

  private static boolean fits(Version version) {
    return fits(version.epoch())
        && version.release().stream().allMatch(UvFileNames::fits)
        && version.pre().map(pre -> fits(pre.number())).orElse(true)
        && version.post().map(UvFileNames::fits).orElse(true)
        && version.dev().map(UvFileNames::fits).orElse(true);
  }

  private static boolean fits(BigInteger number) {
    return number.bitLength() <= NUMBER_BITS;
  }
}
