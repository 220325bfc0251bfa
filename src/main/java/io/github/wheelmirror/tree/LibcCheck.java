package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.Manylinux;
import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.WheelFilename;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks whether the compiled files of a wheel can do with the C library that its file name promises:
 * the one of its kind (glibc or musl), and for manylinux (PEP 600) one of that version.
 *
 * <p>A file for the other kind is an error of an own build, and of any wheel if all are so. A
 * symbol that the platform does not have is an error of an own build; upstream's wheels bring files
 * that are loaded only where they fit, and {@link ListedWheelCheck} compares with those who are to
 * install them.
 */
final class LibcCheck {

  private final WheelFilename filename;
  private final boolean own;
  private final List<WheelProblem> problems;

  LibcCheck(WheelFilename filename, boolean own, List<WheelProblem> problems) {
    this.filename = filename;
    this.own = own;
    this.problems = problems;
  }

  void check(List<MemberFacts> compiled) {
    Set<String> platforms = filename.tags().stream().map(Tag::platform).collect(Collectors.toSet());
    List<MemberFacts> linked =
        compiled.stream()
            .filter(fact -> fact.elf().stream().anyMatch(LibcCheck::isLinked))
            .toList();
    checkKind(platforms, linked);
    checkVersion(platforms, linked);
  }

  private void checkKind(Set<String> platforms, List<MemberFacts> linked) {
    boolean musl = platforms.stream().allMatch(platform -> platform.startsWith("musllinux"));
    boolean glibc = platforms.stream().allMatch(platform -> Manylinux.glibc(platform).isPresent());
    if (!musl && !glibc) {
      return;
    }
    List<MemberFacts> unfit =
        linked.stream()
            .filter(fact -> fact.elf().stream().anyMatch(elf -> isMusl(elf) != musl))
            .toList();
    if (!unfit.isEmpty()) {
      report(
          own || unfit.size() == linked.size(),
          "compiled-for-other-libc",
          WheelProblem.quote(unfit.get(0).name())
              + " needs "
              + (musl ? "glibc" : "musl")
              + ", the file name says "
              + (musl ? "musl" : "glibc"));
    }
  }

  /** A platform is named by what is enough; a wheel that names several promises the least. */
  private void checkVersion(Set<String> platforms, List<MemberFacts> linked) {
    OptionalInt promised =
        platforms.stream().flatMapToInt(platform -> Manylinux.glibc(platform).stream()).min();
    Set<String> architectures =
        platforms.stream()
            .filter(platform -> Manylinux.glibc(platform).isPresent())
            .map(LibcCheck::architecture)
            .collect(Collectors.toSet());
    if (promised.isEmpty() || architectures.size() != 1) {
      return;
    }
    String architecture = architectures.iterator().next();
    for (MemberFacts fact : linked) {
      OptionalInt needed = Manylinux.generation(architecture, fact.symbols());
      if (needed.isPresent() && needed.getAsInt() > promised.getAsInt()) {
        report(
            own,
            "glibc-promised",
            WheelProblem.quote(fact.name())
                + " needs what comes with glibc 2."
                + needed.getAsInt()
                + ", the file name says that 2."
                + promised.getAsInt()
                + " is enough");
        return;
      }
    }
  }

  private static String architecture(String platform) {
    return platform.replaceFirst("manylinux(?:\\d+|_\\d+_\\d+)_", "");
  }

  private static boolean isMusl(ElfFile file) {
    return file.libraries().stream()
        .anyMatch(name -> name.startsWith("libc.musl-") || name.equals("libc.so"));
  }

  private static boolean isLinked(ElfFile file) {
    return isMusl(file) || file.libraries().contains("libc.so.6");
  }

  private void report(boolean error, String code, String words) {
    problems.add(WheelProblem.of(error, code, words));
  }
}
