package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Sdists with a C extension and a back-end in the tree that compiles it as distutils does. */
final class TinyExtension {

  /** Its debug information and its text would name the folder that it is compiled in. */
  static final String SOURCE =
      """
      #include <Python.h>
      static PyObject *where(PyObject *self, PyObject *none) {
        return PyUnicode_FromString(__FILE__);
      }
      static PyMethodDef methods[] = {{"where", where, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
      static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "tiny", NULL, -1, methods};
      PyMODINIT_FUNC PyInit_tiny(void) { return PyModule_Create(&module); }
      """;

  private static final String BACKEND =
      """
      import base64, hashlib, os, shlex, subprocess, sysconfig, zipfile

      NAME, VERSION = open("NAME").read().split()
      LINK = []

      def compiled():
          var = sysconfig.get_config_var
          cc = os.environ.get("CC", var("CC"))
          link = os.environ.get("LDSHARED", var("LDSHARED"))
          where = os.environ["TMPDIR"]
          source, made = os.path.abspath("tiny.c"), os.path.join(where, "tiny.o")
          module = os.path.join(where, "tiny" + var("EXT_SUFFIX"))
          run(shlex.split(cc) + shlex.split(var("CFLAGS")) + shlex.split(var("CCSHARED"))
              + ["-I" + sysconfig.get_path("include"), "-c", source, "-o", made])
          run(shlex.split(link) + [made, "-o", module] + LINK)
          return module

      def run(command):
          print("runs", " ".join(command), flush=True)
          subprocess.check_call(command)

      def before():
          pass

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          before()
          module = compiled()
          with open(module, "rb") as file:
              code = file.read()
          tag = "cp%d%d" % sys.version_info[:2]
          tag += "-" + tag + "-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
          info = "%s-%s.dist-info/" % (NAME, VERSION)
          files = {
              os.path.basename(module): code,
              info + "METADATA": ("Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (NAME, VERSION)).encode(),
              info + "WHEEL": ("Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: %s\\n" % tag).encode(),
          }
          record = "".join(
              "%s,sha256=%s,%d\\n" % (
                  name, base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("="), len(data))
              for name, data in files.items())
          files[info + "RECORD"] = (record + info + "RECORD,,\\n").encode()
          filename = "%s-%s-%s.whl" % (NAME, VERSION, tag)
          with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
              for name, data in files.items():
                  wheel.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
          return filename

      import sys
      """;

  private static final String PROJECT =
      """
      [build-system]
      requires = []
      build-backend = "backend"
      backend-path = ["tools"]
      """;

  private TinyExtension() {}

  /** An sdist with these lines after the back-end's. */
  static Path of(Path folder, String name, String version, String more) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put("tiny.c", SOURCE);
    files.put("pyproject.toml", PROJECT);
    files.put("tools/backend.py", BACKEND + more);
    return TinySdist.of(folder, name, version, files);
  }

  /** A program that the test needs: missing, it fails in CI and is skipped elsewhere. */
  static Path program(String name) {
    boolean there = Pythons.PATH.find(name).isPresent();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("%s is needed", name).isTrue();
    }
    assumeTrue(there, name + " is needed");
    return Pythons.PATH.find(name).orElseThrow();
  }
}
