package io.github.wheelmirror.builder;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a real Python says of itself and its host; text it does not have is empty.
 *
 * @param markers the eleven environment markers of PEP 508 without {@code extra}
 * @param version major, minor, micro
 * @param fullVersion with the pre-release part, such as {@code 3.14.0b2}
 * @param executable {@code sys.executable}
 * @param baseExecutable the Python that a virtual environment was made from, else the same
 * @param compilers the commands that it was built to compile and link extensions with, by the names
 *     {@code CC}, {@code CXX}, {@code LDSHARED} and {@code LDCXXSHARED} as far as it has them
 */
public record InterpreterFacts(
    Map<String, String> markers,
    List<Integer> version,
    String fullVersion,
    Path executable,
    Path baseExecutable,
    Abi abi,
    Host host,
    Tools tools,
    Map<String, String> compilers) {

  /**
   * What decides which compiled files it loads.
   *
   * @param soabi such as {@code cpython-311-x86_64-linux-gnu}
   * @param extSuffix such as {@code .cpython-311-x86_64-linux-gnu.so}
   * @param pymalloc and {@code wideUnicode}: the {@code m} and {@code u} of old ABI tags
   */
  public record Abi(
      String soabi,
      String extSuffix,
      boolean debug,
      boolean freeThreaded,
      boolean pymalloc,
      boolean wideUnicode,
      int pointerBits) {}

  /**
   * What decides its platform tags and the platform slug.
   *
   * @param platform {@code sysconfig.get_platform()}, such as {@code linux-x86_64}
   * @param libcName {@code glibc} or {@code musl}
   * @param manylinuxModule whether a {@code _manylinux} module may veto tags (PEP 600)
   * @param osId and {@code osVersion}: {@code ID} and {@code VERSION_ID} of os-release(5)
   */
  public record Host(
      String platform,
      String machine,
      String libcName,
      String libcVersion,
      boolean manylinuxModule,
      String osId,
      String osVersion) {

    /** The platform slug, such as {@code debian-12-x86_64}; {@code rolling} where no version is. */
    public String slug() {
      String id = osId.isEmpty() ? platform.replaceAll("-.*", "") : osId;
      String release = osVersion.isEmpty() ? "rolling" : osVersion;
      return (id + "-" + release + "-" + machine)
          .toLowerCase(Locale.ROOT)
          .replaceAll("[^a-z0-9._-]", "_");
    }
  }

  /**
   * What it brings for making environments.
   *
   * @param pipFolder the folder that holds the package {@code pip}
   */
  public record Tools(
      String pipVersion,
      String pipFolder,
      boolean hasVenv,
      boolean hasEnsurepip,
      boolean externallyManaged) {

    /** Whether it has a pip of its own. */
    public boolean hasPip() {
      return !pipFolder.isEmpty();
    }
  }

  public InterpreterFacts {
    markers = Map.copyOf(new TreeMap<>(markers));
    version = List.copyOf(version);
    compilers = Collections.unmodifiableMap(new TreeMap<>(compilers));
    if (version.size() != 3) {
      throw new IllegalArgumentException("not major, minor, micro: " + version);
    }
  }

  /** Major and minor, such as {@code 3.11}. */
  public String shortVersion() {
    return version.get(0) + "." + version.get(1);
  }

  /** Whether it is CPython; others are not built for. */
  public boolean isCpython() {
    return "CPython".equals(markers.get("platform_python_implementation"));
  }
}
