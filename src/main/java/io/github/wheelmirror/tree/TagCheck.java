package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.Tag;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.python.WheelMetadata;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks whether a wheel's tags are honest: clients choose by the tags in the file name alone.
 *
 * <p>Errors: the file name promises an interpreter, ABI or kind of platform that {@code WHEEL} does
 * not, or that no compiled file inside can keep. Untidy: the platform's generation differs ({@code
 * linux_x86_64} renamed to {@code manylinux2014_x86_64} is what publishers do all the time), {@code
 * WHEEL} promises more, or only some of the compiled files do not fit, as test data and fallbacks
 * for other machines do not.
 *
 * <p>Of an own build more is an error: any compiled file where the name says that it runs
 * everywhere, any module of one Python where it says {@code abi3}, any module for another processor
 * or another C library, and any symbol that the manylinux platform (PEP 600) does not have.
 */
final class TagCheck {

  /** What is alike in {@code linux}, {@code manylinux…} and {@code musllinux…} of one processor. */
  private static final Pattern GENERATION =
      Pattern.compile("(linux|manylinux|musllinux|macosx)(?:\\d+|(?:_\\d+){2})?_([a-z].*)");

  private final WheelFilename filename;
  private final boolean own;
  private final List<WheelProblem> problems;

  TagCheck(WheelFilename filename, boolean own, List<WheelProblem> problems) {
    this.filename = filename;
    this.own = own;
    this.problems = problems;
  }

  /** Compares {@code WHEEL} with the file name. */
  void checkDeclared(WheelMetadata wheel) {
    Set<Tag> declared = wheel.tags();
    if (declared.isEmpty()) {
      untidy("wheel-tags", "WHEEL names no tag");
    } else if (!declared.equals(filename.tags())) {
      List<Tag> missing =
          filename.tags().stream()
              .filter(tag -> declared.stream().noneMatch(other -> alike(tag, other)))
              .toList();
      if (missing.isEmpty()) {
        untidy("wheel-tags", "WHEEL names other tags than the file name: " + text(declared));
      } else {
        error(
            "wheel-tags",
            "the file name promises " + text(missing) + ", WHEEL only " + text(declared));
      }
    }
    if (!wheel.build().equals(filename.buildTag())) {
      untidy(
          "wheel-build-tag",
          "WHEEL has "
              + wheel.build().map(tag -> "build tag " + tag).orElse("no build tag")
              + ", the file name "
              + filename.buildTag().map(Object::toString).orElse("none"));
    }
  }

  /** Compares the compiled files with the file name. */
  void checkContent(WheelMetadata wheel, List<MemberFacts> facts) {
    List<MemberFacts> compiled = facts.stream().filter(MemberFacts::isLibrary).toList();
    List<MemberFacts> modules =
        compiled.stream().filter(fact -> fact.suffix().isPresent()).toList();
    if (filename.isPure()) {
      checkPure(compiled, modules);
    } else if (!modules.isEmpty()) {
      checkInterpreter(modules);
    }
    checkMachine(compiled);
    new LibcCheck(filename, own, problems).check(compiled);
    checkPurelib(wheel, compiled);
    if (facts.stream().allMatch(fact -> fact.code() == NativeCode.NONE)
        && filename.tags().stream().noneMatch(tag -> tag.abi().equals("none"))) {
      untidy(
          "compiled-missing",
          "the file name says that it is compiled for one ABI, but nothing in it is compiled");
    }
    for (MemberFacts module : modules) {
      if (module.code() == NativeCode.ELF && module.elf().isEmpty()) {
        report(own, "compiled-unreadable", WheelProblem.quote(module.name()) + " cannot be loaded");
      }
    }
  }

  private void checkPurelib(WheelMetadata wheel, List<MemberFacts> compiled) {
    if (wheel.rootIsPurelib() && !filename.isPure()) {
      untidy(
          "purelib",
          "WHEEL says Root-Is-Purelib, the file name that it is of "
              + filename.tags().iterator().next().platform());
    } else if (!wheel.rootIsPurelib() && filename.isPure() && compiled.isEmpty()) {
      untidy("purelib", "WHEEL says Root-Is-Purelib: false although nothing in it is compiled");
    }
  }

  /**
   * A build that forgot its tags has modules for the one Python that it ran on. Modules for several
   * Pythons, or for Windows, are helpers beside a fallback in Python, as debugpy has them.
   */
  private void checkPure(List<MemberFacts> compiled, List<MemberFacts> modules) {
    long pythons = modules.stream().map(MemberFacts::suffix).distinct().count();
    boolean forgotten =
        pythons == 1 && modules.stream().anyMatch(fact -> fact.code() == NativeCode.ELF);
    if (!compiled.isEmpty()) {
      String name = (forgotten ? modules : compiled).get(0).name();
      report(
          forgotten || (own && compiled.stream().anyMatch(fact -> fact.code() == NativeCode.ELF)),
          "compiled-in-pure",
          "the file name says that it runs everywhere, but "
              + WheelProblem.quote(name)
              + (forgotten ? " is compiled for one Python" : " is compiled"));
    }
  }

  private void checkInterpreter(List<MemberFacts> modules) {
    List<MemberFacts> unfit = modules.stream().filter(fact -> !fitsSomeTag(fact)).toList();
    if (!unfit.isEmpty()) {
      report(
          unfit.size() == modules.size() || (own && filename.isAbi3()),
          "compiled-for-other-python",
          WheelProblem.quote(unfit.get(0).name()) + " is compiled for another Python");
    } else if (filename.isAbi3()) {
      modules.stream()
          .filter(fact -> fact.elf().stream().anyMatch(TagCheck::needsOnePython))
          .findFirst()
          .ifPresent(
              fact ->
                  report(
                      own,
                      "compiled-for-other-python",
                      WheelProblem.quote(fact.name()) + " needs the library of one Python"));
    }
  }

  /** {@code libpython3.so} is the one of the stable ABI (PEP 384). */
  private static boolean needsOnePython(ElfFile file) {
    return file.libraries().stream().anyMatch(name -> name.matches("libpython3\\.\\d.*"));
  }

  private boolean fitsSomeTag(MemberFacts fact) {
    String suffix = fact.suffix().orElseThrow();
    return filename.tags().stream()
        .anyMatch(
            tag -> {
              if (suffix.startsWith("abi3")) {
                return !tag.abi().startsWith("pypy");
              }
              if (suffix.startsWith("pypy")) {
                return tag.interpreter().startsWith("pp");
              }
              String version = suffix.replaceFirst("cpython-|cp", "");
              // none: the module is for whatever Python loads it, found by a wrapper
              return tag.abi().equals("none")
                  ? tag.interpreter().startsWith("py") || tag.interpreter().equals("cp" + version)
                  : tag.abi().matches("cp" + Pattern.quote(version) + "[a-z]*");
            });
  }

  private void checkMachine(List<MemberFacts> compiled) {
    Set<Integer> expected =
        filename.tags().stream()
            .flatMap(tag -> NativeCode.machine(tag.platform()).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<MemberFacts> elf =
        compiled.stream().filter(fact -> fact.code() == NativeCode.ELF).toList();
    List<MemberFacts> unfit =
        elf.stream().filter(fact -> !expected.contains(fact.machine())).toList();
    if (!expected.isEmpty() && !unfit.isEmpty()) {
      report(
          unfit.size() == elf.size()
              || (own && unfit.stream().anyMatch(fact -> fact.suffix().isPresent())),
          "compiled-for-other-machine",
          WheelProblem.quote(unfit.get(0).name())
              + " is compiled for another processor than the file name says");
    }
  }

  private static boolean alike(Tag tag, Tag other) {
    return tag.interpreter().equals(other.interpreter())
        && tag.abi().equals(other.abi())
        && (tag.platform().equals(other.platform())
            || family(tag.platform()).equals(family(other.platform())));
  }

  private static String family(String platform) {
    Matcher matcher = GENERATION.matcher(platform);
    if (!matcher.matches()) {
      return platform;
    }
    String system = matcher.group(1).equals("macosx") ? "macosx" : "linux";
    boolean musl = matcher.group(1).equals("musllinux");
    return (musl ? "musl" : "") + system + "_" + matcher.group(2);
  }

  private static String text(Iterable<Tag> tags) {
    var out = new StringBuilder();
    int count = 0;
    for (Tag tag : tags) {
      if (count++ == 5) {
        return out.append(" …").toString();
      }
      out.append(count == 1 ? "" : " ").append(tag);
    }
    return out.toString();
  }

  private void report(boolean error, String code, String words) {
    problems.add(WheelProblem.of(error, code, words));
  }

  private void error(String code, String words) {
    report(true, code, words);
  }

  private void untidy(String code, String words) {
    report(false, code, words);
  }
}
