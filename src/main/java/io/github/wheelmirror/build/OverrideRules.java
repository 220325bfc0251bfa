package io.github.wheelmirror.build;

import io.github.wheelmirror.python.Requirement;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses what an override may not say; with {@link IllegalArgumentException}. */
final class OverrideRules {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+:_()-]*");
  private static final int MAX_TEXT = 32_000;
  private static final int MAX_PATCHES = 4 * SourcePatch.MAX_BYTES;

  /** What keeps a build apart from the host, or makes it come out the same everywhere. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "PATH|HOME|SHELL|USER|LOGNAME|PWD|OLDPWD|IFS|ENV|BASH_ENV|TMP|TEMP|TMPDIR|TZ|LANG|LANGUAGE"
              + "|LC_.*|LD_.*|DYLD_.*|GLIBC_TUNABLES|MALLOC_.*|PYTHON.*|SOURCE_DATE_EPOCH"
              + "|VIRTUAL_ENV|CONDA_.*|PIP_.*|UV_.*|XDG_.*|CCACHE_.*|SCCACHE_.*|WHEEL_MIRROR_.*"
              + "|.*_PROXY|SSL_CERT_.*|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE"
              + "|GIT_.*|SSH_.*|NETRC",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|CREDENTIAL).*", Pattern.CASE_INSENSITIVE);

  private OverrideRules() {}

  static void checkVariable(String name, String value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of an environment variable");
    }
    if (RESERVED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the environment variable "
              + name
              + " is the plugin's own: it keeps builds apart from the host, or makes them come out"
              + " the same everywhere");
    }
    if (SECRET.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the environment variable "
              + name
              + " looks like a secret: builds get none, and plan.json and logs would show it");
    }
    checkText(value, "the environment variable " + name);
  }

  static void checkRequirement(String text) {
    Requirement requirement = parsed(text, "build requirement");
    if (requirement.url().isPresent()) {
      throw new IllegalArgumentException(
          "the build requirement '" + text + "' names a URL: it must come from the index");
    }
  }

  static void checkConstraint(String text) {
    Requirement constraint = parsed(text, "build constraint");
    if (constraint.url().isPresent() || !constraint.extras().isEmpty()) {
      throw new IllegalArgumentException(
          "the build constraint '" + text + "' names a URL or extras: it is a name and specifiers");
    }
  }

  private static Requirement parsed(String text, String what) {
    try {
      return Requirement.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a " + what + ": " + e.getMessage(), e);
    }
  }

  static void checkSetting(String name, List<String> values) {
    if (name.isBlank() || values.isEmpty()) {
      throw new IllegalArgumentException("a config setting without a name or a value: " + name);
    }
    checkText(name, "the name of a config setting");
    values.forEach(value -> checkText(value, "the config setting " + name));
  }

  static void checkPackage(String name) {
    if (!PACKAGE.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a system package");
    }
  }

  static void checkPatches(List<SourcePatch> patches) {
    if (patches.stream().mapToLong(patch -> patch.text().length()).sum() > MAX_PATCHES) {
      throw new IllegalArgumentException(
          "the patches together are bigger than " + (MAX_PATCHES >> 10) + " KiB");
    }
  }

  private static void checkText(String value, String what) {
    if (value.length() > MAX_TEXT || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new IllegalArgumentException(
          what + " has line breaks or control characters, or is longer than " + MAX_TEXT);
    }
  }
}
