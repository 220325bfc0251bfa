package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.Manylinux;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file of a wheel showed.
 *
 * @param name of the member
 * @param code by its first bytes
 * @param machine ELF's, -1 for none
 * @param needs what it asks the dynamic loader for; null if it is no ELF file, or one that no
 *     loader would take
 */
record MemberFacts(String name, NativeCode code, int machine, @Nullable ElfFile needs) {

  private static final Pattern MODULE =
      Pattern.compile(
          "(?:.*/)?[^/]+?\\.(cpython-\\d+t?|pypy\\d+|abi3t?|cp\\d+t?)(?=[.-])[^/]*\\.(?:so|pyd)");
  private static final Pattern LIBRARY =
      Pattern.compile(".*\\.(?:so|pyd|dylib|dll)(?:\\.[0-9.]+)?");

  /** Whether it is compiled and has the name of what is loaded into other programs. */
  boolean isLibrary() {
    return code != NativeCode.NONE && LIBRARY.matcher(name).matches();
  }

  /** The Pythons that its name says it is a module for, such as {@code cpython-311}. */
  Optional<String> suffix() {
    Matcher matcher = MODULE.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What it asks the loader for; nothing if that cannot be said. */
  Optional<ElfFile> elf() {
    return Optional.ofNullable(needs);
  }

  /** The versions of symbols that it needs of libraries which every Linux with glibc has. */
  Set<String> symbols() {
    Set<String> symbols = new TreeSet<>();
    if (needs != null) {
      for (Map.Entry<String, Set<String>> versions : needs.versions().entrySet()) {
        if (Manylinux.has(versions.getKey())) {
          symbols.addAll(versions.getValue());
        }
      }
    }
    return symbols;
  }
}
