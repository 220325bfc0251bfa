package io.github.wheelmirror.mojo;

import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Machine;
import io.github.wheelmirror.Sha256;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of everything that is configured for a run: all parameters that the goals share, the
 * variables of the environment that this plugin or pip looks at, where Maven was started, the
 * running kernel, and this plugin itself, as another one may decide otherwise. Files that are named
 * in it count by their names here.
 */
final class SettingsDigest {

  /** Of Maven's own, or no parameters. */
  private static final Set<String> OTHERS = Set.of("session", "project", "execution", "servers");

  private static final Set<String> VARIABLES =
      Set.of(
          "PATH",
          "HOME",
          "NETRC",
          "RUSTUP_HOME",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private static final String PARAMETERS = SettingsDigest.class.getPackageName() + ".";

  private final StringBuilder text = new StringBuilder(4096);

  private SettingsDigest() {}

  /** The digest, {@code ""} if something configured is of a kind that has none. */
  static String of(AbstractMirrorMojo mojo, Map<String, String> environment) {
    SettingsDigest digest = new SettingsDigest();
    try {
      digest.parameters(mojo, AbstractMirrorMojo.class);
      digest.value(mojo.session.getExecutionRootDirectory());
      digest.value(mojo.project == null ? null : mojo.project.getFile());
      digest.value(mojo.project == null ? null : mojo.project.getBuild().getDirectory());
      digest.value(mojo.session.isOffline());
      digest.value(Machine.kernel());
      Path plugin = plugin();
      digest.value(plugin.toString());
      digest.value(FileFact.of(plugin));
      digest.value(variables(environment));
    } catch (IllegalAccessException
        | IOException
        | URISyntaxException
        | UnsupportedOperationException e) {
      return "";
    }
    return Sha256.of(digest.text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** This plugin's archive. */
  static Path plugin() throws URISyntaxException {
    CodeSource source = SettingsDigest.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new UnsupportedOperationException("nobody says where this plugin came from");
    }
    return Path.of(source.getLocation().toURI());
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (decides(variable.getKey())) {
        variables.put(variable.getKey(), variable.getValue());
      }
    }
    return variables;
  }

  /** Whether anything that is read depends on the variable. */
  static boolean decides(String variable) {
    return VARIABLES.contains(variable)
        || variable.startsWith("PIP_")
        || variable.startsWith("XDG_")
        || variable.startsWith("GIT_")
        || variable.startsWith("SSH_")
        || variable.startsWith("PYENV_")
        || variable.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }

  private void parameters(Object holder, Class<?> type) throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !OTHERS.contains(field.getName())) {
        field.setAccessible(true);
        text.append(field.getName()).append('=');
        value(field.get(holder));
      }
    }
  }

  /** With the length before each text, so that no two values have one form. */
  private void value(@Nullable Object value) throws IllegalAccessException {
    if (value == null) {
      text.append("-;");
    } else if (value instanceof String
        || value instanceof File
        || value instanceof Boolean
        || value instanceof Number) {
      String plain = value.toString();
      text.append(plain.length()).append(':').append(plain).append(';');
    } else if (value instanceof List<?> list) {
      text.append('[');
      for (Object each : list) {
        value(each);
      }
      text.append(']');
    } else if (value instanceof Map<?, ?> map) {
      text.append('{');
      for (Map.Entry<?, ?> each : map.entrySet()) {
        value(each.getKey());
        value(each.getValue());
      }
      text.append('}');
    } else if (value.getClass().getName().startsWith(PARAMETERS)) {
      text.append('(');
      parameters(value, value.getClass());
      text.append(')');
    } else {
      throw new UnsupportedOperationException(value.getClass().getName());
    }
  }
}
