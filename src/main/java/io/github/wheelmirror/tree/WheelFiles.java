package io.github.wheelmirror.tree;

import io.github.wheelmirror.build.FileTail;
import io.github.wheelmirror.build.MissingFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * What a wheel brings, told by the names of its files (PEP 427) in a form that is the same for all
 * Pythons and platforms: modules have their full names, whether they are source or compiled; all
 * else has its path.
 *
 * <p>Left out is what differs between platforms although nothing is missing: {@code .dist-info},
 * the libraries that repair tools copy into {@code .libs} and {@code .dylibs}, bytecode beside its
 * source, and what is made for Windows and macOS alone.
 */
public final class WheelFiles {

  private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

  /** What mypyc compiles a group of modules into: the group's digest, and this. */
  private static final Pattern MYPYC = Pattern.compile("[0-9a-f]{8,40}(__mypyc)");

  /** The Python in the names of setuptools' own files, such as {@code foo-1.0-py3.11-nspkg.pth}. */
  private static final Pattern PYTHON = Pattern.compile("-py\\d\\.\\d{1,3}(?=[-.])");

  private static final Set<String> SOURCES = Set.of("py", "pyc");
  private static final Set<String> EXTENSIONS = Set.of("so", "pyd");
  private static final Set<String> OTHER_SYSTEMS =
      Set.of("dll", "dylib", "exe", "lib", "pdb", "def");
  private static final Set<String> SYSTEM_WORDS =
      Set.of("windows", "win32", "win64", "osx", "macos", "macosx", "darwin");

  private final Set<String> modules = new TreeSet<>();
  private final Set<String> extensions = new TreeSet<>();
  private final Set<String> data = new TreeSet<>();

  private WheelFiles() {}

  /** Of the names of all files, as they are in the archive. */
  static WheelFiles of(Collection<String> names) {
    WheelFiles files = new WheelFiles();
    names.forEach(files::add);
    return files;
  }

  /** Of a wheel on disk; nothing if its list of files cannot be read. */
  public static Optional<WheelFiles> read(Path wheel) {
    return WheelListing.read(wheel);
  }

  /**
   * Of a wheel that is somewhere else, of which only the end is read; nothing if that cannot be
   * had, or is no end of a ZIP file.
   *
   * @param ask gives the last so many bytes of the file, if it can; asked twice at the most
   */
  public static Optional<WheelFiles> read(IntFunction<Optional<FileTail>> ask) {
    return WheelListing.read(ask);
  }

  private void add(String name) {
    List<String> path = Arrays.asList(name.split("/", -1));
    String root = path.get(0);
    if (path.size() > 2 && root.endsWith(".data")) {
      String scheme = path.get(1);
      if (scheme.equals("purelib") || scheme.equals("platlib")) {
        path = path.subList(2, path.size());
      } else {
        // a script is no module, and the folder's name may be spelled in two ways
        addData(path.subList(1, path.size()), ".data/");
        return;
      }
    }
    if (root.endsWith(".dist-info") || path.stream().anyMatch(WheelFiles::isLeftOut)) {
      return;
    }
    String file = path.get(path.size() - 1);
    String type = type(file);
    List<String> module = new ArrayList<>(path.subList(0, path.size() - 1));
    // what follows the first dot of an extension's name are the ABI and the platform
    String stem = file.substring(0, Math.max(0, file.indexOf('.')));
    if (!stem.equals("__init__") || module.isEmpty()) {
      module.add(MYPYC.matcher(stem).replaceFirst("$1"));
    }
    boolean importable = module.stream().allMatch(part -> IDENTIFIER.matcher(part).matches());
    if (importable && EXTENSIONS.contains(type)) {
      if (!isForOtherSystem(stem)) {
        extensions.add(String.join(".", module));
      }
    } else if (importable
        && SOURCES.contains(type)
        && file.length() == stem.length() + 1 + type.length()) {
      modules.add(String.join(".", module));
    } else {
      addData(path, "");
    }
  }

  private void addData(List<String> path, String before) {
    if (!OTHER_SYSTEMS.contains(type(path.get(path.size() - 1)))) {
      data.add(before + PYTHON.matcher(String.join("/", path)).replaceAll("-pyX.Y"));
    }
  }

  private static boolean isLeftOut(String part) {
    return part.endsWith(".libs") || part.endsWith(".dylibs") || part.equals("__pycache__");
  }

  private static String type(String file) {
    return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isForOtherSystem(String stem) {
    return Arrays.stream(stem.toLowerCase(Locale.ROOT).split("_", -1))
        .anyMatch(SYSTEM_WORDS::contains);
  }

  /**
   * What another wheel of the same version has and this one lacks. A source does for an extension
   * of its name and the other way round: both are what a program imports.
   *
   * @param filename the other's file name
   */
  public MissingFiles missing(WheelFiles reference, String filename) {
    Set<String> own = new TreeSet<>(modules);
    own.addAll(extensions);
    List<String> lackedModules = without(reference.modules, own);
    own.addAll(reference.modules);
    List<String> lackedExtensions = without(reference.extensions, own);
    List<String> lackedData = without(reference.data, data);
    List<String> names = new ArrayList<>(lackedModules);
    names.addAll(lackedExtensions);
    names.addAll(lackedData);
    return new MissingFiles(
        filename,
        lackedModules.size(),
        lackedExtensions.size(),
        lackedData.size(),
        names.stream().limit(MissingFiles.NAMES).toList());
  }

  /** Packages come before what is in them, and top-level names before all others. */
  private static List<String> without(Set<String> all, Set<String> some) {
    return all.stream()
        .filter(name -> !some.contains(name))
        .sorted(
            Comparator.<String>comparingLong(name -> name.chars().filter(c -> c == '.').count())
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }
}
