package io.github.wheelmirror.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What can be imported of an installed project, told by the file list in its {@code RECORD}
 * (recording installed projects, PEP 376): {@code top_level.txt} is setuptools' own, and wrong for
 * namespace packages (PEP 420), of which the first packages and modules below are named.
 *
 * @param names for a program: neither private, nor tests, documents or examples that were packed by
 *     mistake; sorted
 * @param own all first parts of names, private ones too; sorted
 */
public record TopLevelModules(List<String> names, List<String> own) {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Set<String> NOT_FOR_PROGRAMS =
      Set.of(
          "test",
          "tests",
          "testing",
          "doc",
          "docs",
          "example",
          "examples",
          "sample",
          "samples",
          "benchmark",
          "benchmarks",
          "scripts",
          "tools",
          "setup",
          "conftest");

  private static final String PACKAGE = "__init__";

  public TopLevelModules {
    names = List.copyOf(names);
    own = List.copyOf(own);
  }

  /** A folder's own modules and its folders; which of them is a package shows in the modules. */
  private static final class Folder {
    private final Map<String, Folder> folders = new TreeMap<>();
    private final Set<String> modules = new TreeSet<>();
  }

  /**
   * Of the bytes of an installed {@code RECORD}, whose paths may lead out of the folder.
   *
   * @throws InvalidRecordException if it is no CSV
   */
  public static TopLevelModules ofRecord(byte[] installed) {
    CsvReader lines = new CsvReader(new String(installed, StandardCharsets.UTF_8));
    List<String> paths = new ArrayList<>();
    while (lines.hasNext()) {
      List<String> fields = lines.next();
      if (!fields.isEmpty()) {
        paths.add(fields.get(0));
      }
    }
    return of(paths);
  }

  /** Of paths below the folder that is imported from, with {@code /}; others are left out. */
  public static TopLevelModules of(List<String> paths) {
    Folder root = new Folder();
    paths.forEach(path -> add(root, path));
    Set<String> names = new TreeSet<>();
    collect(root, "", names);
    Set<String> own = new TreeSet<>(root.modules);
    own.addAll(root.folders.keySet());
    return new TopLevelModules(List.copyOf(names), List.copyOf(own));
  }

  private static void add(Folder root, String path) {
    String[] parts = path.split("/", -1);
    String file = parts[parts.length - 1];
    int dot = file.indexOf('.');
    boolean module = file.endsWith(".py") || file.endsWith(".so") || file.endsWith(".pyd");
    if (!module || dot <= 0 || !IDENTIFIER.matcher(file.substring(0, dot)).matches()) {
      return;
    }
    Folder folder = root;
    for (int i = 0; i < parts.length - 1; i++) {
      // ".." and "name-1.0.dist-info" are no names of packages
      if (!IDENTIFIER.matcher(parts[i]).matches()) {
        return;
      }
      folder = folder.folders.computeIfAbsent(parts[i], name -> new Folder());
    }
    folder.modules.add(file.substring(0, dot));
  }

  private static void collect(Folder folder, String prefix, Set<String> names) {
    for (String module : folder.modules) {
      if (isForPrograms(module)) {
        names.add(prefix + module);
      }
    }
    folder.folders.forEach(
        (name, inside) -> {
          if (!isForPrograms(name)) {
            return;
          }
          if (inside.modules.contains(PACKAGE)) {
            names.add(prefix + name);
          } else {
            collect(inside, prefix + name + ".", names);
          }
        });
  }

  private static boolean isForPrograms(String name) {
    return !name.startsWith("_") && !NOT_FOR_PROGRAMS.contains(name);
  }
}
