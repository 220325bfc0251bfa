package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.List;

/**
 * A Python interpreter as far as compatibility tags care.
 *
 * @param name implementation and version as in a tag, for example {@code cp312} or {@code pp310}
 * @param major of the Python language
 * @param minor of the Python language
 * @param abis the ABIs of extension modules that it loads, best first, without {@code abi3} and
 *     {@code none}; for example {@code cp313t}, or {@code cp311d} and {@code cp311}
 */
public record Interpreter(String name, int major, int minor, List<String> abis) {

  private static final int MAX_NUMBER = 999;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if a name cannot be in a tag or a version is out of range
   */
  public Interpreter {
    abis = List.copyOf(abis);
    abis.forEach(Ranges::check);
    if (!PythonUnicode.isIdentifier(name)) {
      throw new IllegalArgumentException("'" + name + "' is not an interpreter's name");
    }
    if (major < 0 || major > MAX_NUMBER || minor < 0 || minor > MAX_NUMBER) {
      throw new IllegalArgumentException("no Python " + major + "." + minor);
    }
    if (isCPython(name) && !name.equals("cp" + major + minor)) {
      throw new IllegalArgumentException("'" + name + "' is not Python " + major + "." + minor);
    }
  }

  /** The default build of CPython, for example {@code cp312} with the ABI {@code cp312}. */
  public static Interpreter cpython(int major, int minor) {
    return cpython(major, minor, List.of(defaultAbi(major, minor)));
  }

  /** A build of CPython with the given ABIs. */
  public static Interpreter cpython(int major, int minor, List<String> abis) {
    return new Interpreter("cp" + major + minor, major, minor, abis);
  }

  /** A build of CPython without the global interpreter lock (PEP 703), from 3.13 on. */
  public static Interpreter freeThreaded(int major, int minor) {
    return cpython(major, minor, List.of("cp" + major + minor + "t"));
  }

  private static String defaultAbi(int major, int minor) {
    String abi = "cp" + major + minor;
    if (isBefore(major, minor, 3, 3)) {
      return abi + "mu";
    }
    return isBefore(major, minor, 3, 8) ? abi + "m" : abi;
  }

  private static boolean isBefore(int major, int minor, int otherMajor, int otherMinor) {
    return major < otherMajor || (major == otherMajor && minor < otherMinor);
  }

  private static boolean isCPython(String name) {
    return name.startsWith("cp") && name.length() > 2 && Character.isDigit(name.charAt(2));
  }

  /** Whether it is CPython, which alone loads the stable ABI. */
  public boolean isCPython() {
    return isCPython(name);
  }

  /** Whether its first ABI is one of a build without the global interpreter lock. */
  public boolean isFreeThreaded() {
    if (!isCPython() || abis.isEmpty() || !isCPython(abis.get(0))) {
      return false;
    }
    int flags = 2;
    String abi = abis.get(0);
    while (flags < abi.length() && Character.isDigit(abi.charAt(flags))) {
      flags++;
    }
    return abi.indexOf('t', flags) >= 0;
  }

  /** The first two parts of a tag. */
  record NamedAbi(String interpreter, String abi) {}

  /** What compiled wheels for one platform may be tagged with, best first. */
  List<NamedAbi> loadable() {
    return isCPython() ? loadableByCPython() : loadableByOthers();
  }

  private List<NamedAbi> loadableByCPython() {
    String stableAbi = isFreeThreaded() ? "abi3t" : "abi3";
    List<String> explicit = new ArrayList<>(abis);
    explicit.remove("abi3");
    explicit.remove(stableAbi);
    explicit.remove("none");
    boolean hasStableAbi = !isBefore(major, minor, 3, 2);
    List<NamedAbi> loadable = new ArrayList<>();
    explicit.forEach(abi -> loadable.add(new NamedAbi(name, abi)));
    if (hasStableAbi) {
      loadable.add(new NamedAbi(name, stableAbi));
    }
    loadable.add(new NamedAbi(name, "none"));
    for (int older = minor - 1; hasStableAbi && older > 1; older--) {
      loadable.add(new NamedAbi("cp" + major + older, stableAbi));
    }
    return loadable;
  }

  private List<NamedAbi> loadableByOthers() {
    List<NamedAbi> loadable = new ArrayList<>();
    abis.forEach(abi -> loadable.add(new NamedAbi(name, abi)));
    if (!abis.contains("none")) {
      loadable.add(new NamedAbi(name, "none"));
    }
    return loadable;
  }

  /** {@code py312}, {@code py3}, {@code py311} … {@code py30}: best first. */
  List<String> purePythons() {
    List<String> names = new ArrayList<>();
    names.add("py" + major + minor);
    names.add("py" + major);
    for (int older = minor - 1; older >= 0; older--) {
      names.add("py" + major + older);
    }
    return names;
  }

  /** The interpreter of a tag {@code X-none-any} that only this implementation has; or none. */
  List<String> ownPureName() {
    if (isCPython()) {
      return List.of(name);
    }
    return name.startsWith("pp") ? List.of("pp3") : List.of();
  }
}
