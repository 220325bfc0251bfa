package io.github.wheelmirror.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks the names of members: an installer joins them to a folder, so they must not lead out of it
 * nor write one place twice.
 */
final class MemberNames {

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private MemberNames() {}

  static List<WheelProblem> check(List<ZipMember> members) {
    List<WheelProblem> problems = new ArrayList<>();
    Map<String, ZipMember> seen = new HashMap<>();
    for (ZipMember member : members) {
      String name = member.name();
      String words = WheelProblem.quote(name);
      if (isUnsafe(name)) {
        problems.add(WheelProblem.error("unsafe-name", words + " leads out of the wheel"));
        continue;
      }
      if (member.hasUnmarkedName()) {
        problems.add(
            WheelProblem.warning(
                "name-encoding",
                words + " is not marked as UTF-8: Python would give the file another name"));
      }
      if (member.isSpecial()) {
        problems.add(WheelProblem.error("special-file", words + " is a link or a device"));
      }
      if (member.isFolder() && member.size() != 0) {
        problems.add(WheelProblem.error("folder-content", words + " is a folder with content"));
      }
      ZipMember other = seen.putIfAbsent(normalized(name), member);
      if (other != null) {
        problems.add(duplicate(member, other));
      } else if (!normalized(name).equals(member.isFolder() ? trimmed(name) : name)) {
        problems.add(WheelProblem.warning("odd-name", words + " has empty or '.' parts"));
      }
    }
    problems.addAll(filesAsFolders(seen));
    problems.addAll(differingInCase(seen));
    return problems;
  }

  private static boolean isUnsafe(String name) {
    if (name.isEmpty()
        || name.startsWith("/")
        || name.indexOf('\\') >= 0
        || DRIVE.matcher(name).matches()
        || name.codePoints().anyMatch(Character::isISOControl)
        || normalized(name).isEmpty()) {
      return true;
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** The same twice is untidy; two contents under one name is a different wheel per reader. */
  private static WheelProblem duplicate(ZipMember member, ZipMember other) {
    boolean same =
        member.crc() == other.crc()
            && member.size() == other.size()
            && member.isFolder() == other.isFolder();
    String words = WheelProblem.quote(member.name()) + " is in the archive twice";
    return same
        ? WheelProblem.warning("duplicate-name", words)
        : WheelProblem.error("duplicate-content", words + " with different content");
  }

  private static List<WheelProblem> filesAsFolders(Map<String, ZipMember> members) {
    List<WheelProblem> problems = new ArrayList<>();
    for (String name : members.keySet()) {
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        ZipMember parent = members.get(name.substring(0, slash));
        if (parent != null && !parent.isFolder()) {
          problems.add(
              WheelProblem.error(
                  "file-as-folder", WheelProblem.quote(parent.name()) + " is a file and a folder"));
        }
      }
    }
    return problems;
  }

  /** On some systems both are one file; on Linux nobody is hurt. */
  private static List<WheelProblem> differingInCase(Map<String, ZipMember> members) {
    List<WheelProblem> problems = new ArrayList<>();
    Map<String, String> folded = new HashMap<>();
    for (String name : new TreeSet<>(members.keySet())) {
      String other = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        problems.add(
            WheelProblem.untidy(
                "name-case",
                WheelProblem.quote(name)
                    + " and "
                    + WheelProblem.quote(other)
                    + " differ in case only"));
      }
    }
    return problems;
  }

  private static String trimmed(String name) {
    return name.substring(0, name.length() - 1);
  }

  private static String normalized(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
