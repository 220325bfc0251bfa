package io.github.wheelmirror.build;

import static io.github.wheelmirror.build.FailureClass.MISSING_PYTHON_MODULE;
import static io.github.wheelmirror.build.FailureClass.OLD_SETUPTOOLS;
import static io.github.wheelmirror.build.FailureClass.UNSUPPORTED_PYTHON;

import io.github.wheelmirror.constraints.Target;
import java.util.List;

/**
 * Rules for sources that another Python, another setuptools or an undeclared module would build.
 */
final class PythonRules {

  static final List<FailureRule> PYTHON =
      List.of(
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "error: (longintrepr\\.h|code\\.h|node\\.h|graminit\\.h): No such file or directory",
              "the C source uses $1, which Python $python does not have any more",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "No module named '?(distutils|imp|asyncore|asynchat|smtpd|lib2to3|cgi|pipes|"
                  + "ConfigParser|StringIO|urllib2|__builtin__|commands)\\b",
              "the source imports $1, which Python $python does not have",
              (match, target) ->
                  "distutils".equals(match.group(1)) && minor(target) < 12
                      ? "install python3-distutils, which some distributions split off"
                      : "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "SyntaxError: Missing parentheses in call to '(?:print|exec)'|"
                  + "SyntaxError: multiple exception types must be parenthesized|"
                  + "NameError: name '(?:CCompiler|unicode|basestring|execfile|raw_input|xrange)'",
              "the source is for an older Python than $python",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "has no attribute '(getargspec|MutableMapping|Mapping|Iterable|Callable|"
                  + "SafeConfigParser|readfp|linux_distribution|ImpImporter|find_module)'",
              "the source uses $1, which Python $python does not have any more",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "is newer than PyO3's maximum supported version|"
                  + "(?:requires|require|needs) Python '?[<>=!~]|"
                  + "requires a different Python|Unsupported Python version|"
                  + "(?:Python|python) version .{0,40} (?:is )?(?:required|not supported)|"
                  + "(?:only supports|not supported on|does not support) [Pp]ython",
              "the source refuses Python $python",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "error: .{0,120}(?:has no member named .(tp_print|ob_shape|ob_digit|curexc_type|"
                  + "exc_type|use_tracing|f_code|cframe|wstr_length).)|"
                  + "implicit declaration of function .(_?Py[A-Za-z_]{1,60})|"
                  + "error: '_?Py[A-Za-z_]{1,60}' undeclared|"
                  + "(?:unknown type name|undeclared identifier|incomplete typedef) '_?Py[A-Za-z]",
              "the C source uses parts of Python that $python does not have any more",
              "use a version that knows this Python"),
          FailureRule.of(
              UNSUPPORTED_PYTHON,
              "^(?:SyntaxError|TabError|IndentationError): ",
              "its Python code is not code for $python",
              "use a version that knows this Python"));

  /** The last Python that such tools run on: 3.12 has neither distutils nor pkgutil.ImpImporter. */
  private static final int BEFORE_312 = 11;

  private static final int ANY = 99;

  static final List<FailureRule> BUILD_TOOLS =
      List.of(
          old("use_2to3 is invalid", "setuptools<58", BEFORE_312, "it uses use_2to3"),
          old("No module named '?pkg_resources", "setuptools<82", ANY, "it imports pkg_resources"),
          old("cannot import name '?Feature'?", "setuptools<46", BEFORE_312, "it imports Feature"),
          old(
              "cannot import name '?copy_file'? from '?setuptools\\.command\\.build_ext",
              "setuptools<64",
              BEFORE_312,
              "it imports copy_file of build_ext"),
          old("invalid command '?(bdist_wininst)", "setuptools<65", BEFORE_312, "it uses $1"),
          old(
              "No module named '?setuptools\\.command\\.test",
              "setuptools<72",
              ANY,
              "it uses 'test'"),
          old(
              "No module named '?distutils\\.(msvccompiler)",
              "setuptools<74",
              ANY,
              "it imports distutils.$1"),
          old(
              "cannot import name '?(?:_deprecation_warning|fetch_build_eggs|bdist_rpm)",
              "setuptools<60",
              BEFORE_312,
              "it uses old parts of setuptools"),
          old(
              "InvalidConfigError: Invalid dash-separated key",
              "setuptools<78",
              ANY,
              "its setup.cfg has keys with dashes"),
          old("has no attribute '?cython_sources", "Cython<3", ANY, "its Cython code is old"),
          old(
              "No module named '?numpy\\.distutils",
              "numpy<1.26",
              BEFORE_312,
              "it uses numpy.distutils"),
          old(
              "undeclared name not builtin: (?:long|unicode|basestring)",
              "Cython<3",
              ANY,
              "its Cython code is old"));

  private static final String DECLARE =
      "give it to the builds of this pin in an <override>, use a version that declares it";

  static final List<FailureRule> MODULES =
      List.of(
          FailureRule.of(
              MISSING_PYTHON_MODULE,
              "(?:ModuleNotFoundError|ImportError): No module named '?([A-Za-z0-9_.]{1,80})",
              "the build imports $1, and the sdist does not declare it as a build requirement",
              DECLARE),
          FailureRule.of(
              MISSING_PYTHON_MODULE,
              "invalid command '(bdist_wheel)'",
              "the build needs the project wheel, and the sdist does not declare it",
              DECLARE));

  private PythonRules() {}

  /** {@code 3.12} of 3.12.1. */
  static String minorVersion(Target target) {
    String[] parts = target.fullVersion().split("\\.", 3);
    return parts.length < 2 ? "3" : parts[0] + "." + parts[1];
  }

  /** 12 for Python 3.12.1. */
  private static int minor(Target target) {
    String python = minorVersion(target);
    return python.matches("3\\.[0-9]{1,2}") ? Integer.parseInt(python.substring(2)) : 0;
  }

  /**
   * A source that needs build tools of its time.
   *
   * @param lastMinor of the last Python 3 on which those run
   */
  private static FailureRule old(String regex, String constraint, int lastMinor, String reason) {
    return FailureRule.of(
        OLD_SETUPTOOLS,
        regex,
        "the source needs older build tools: " + reason,
        (match, target) ->
            minor(target) > lastMinor
                ? "use a version that knows this Python: %s does not run on %s"
                    .formatted(constraint, minorVersion(target))
                : "add "
                    + constraint
                    + " to the build constraints of the branches that want it, or of this pin in an"
                    + " <override>");
  }
}
