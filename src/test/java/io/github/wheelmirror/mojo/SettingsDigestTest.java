package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest of a run's settings changes with each of them. */
class SettingsDigestTest {

  private static final Set<String> OF_MAVEN = Set.of("session", "project", "execution", "servers");
  private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin"));

  @Test
  void theSameSettingsHaveTheSameDigest() throws Exception {
    assertThat(digest(mojo())).isEqualTo(digest(mojo())).hasSize(64);
  }

  static Stream<String> parameters() {
    return fields(AbstractMirrorMojo.class).map(Field::getName).filter(n -> !OF_MAVEN.contains(n));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void eachParameterCounts(String name) throws Exception {
    AbstractMirrorMojo mojo = mojo();
    String before = digest(mojo);
    Field field = AbstractMirrorMojo.class.getDeclaredField(name);
    Set<String> digests = new HashSet<>(Set.of(before));
    for (Object value : values(field)) {
      field.set(mojo, value);
      String digest = digest(mojo);
      assertThat(digest).hasSize(64);
      assertThat(digests.add(digest)).as(name + " = " + value).isTrue();
    }
  }

  /** Two other values, and for the objects of lists one for each of their own fields. */
  private static List<Object> values(Field field) throws Exception {
    if (field.getType() == List.class) {
      Class<?> element =
          (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
      if (element == String.class) {
        return List.of(List.of("a", "b"), List.of("ab"), List.of("a,b"));
      }
      if (element == File.class) {
        return List.of(List.of(new File("a")), List.of(new File("b")));
      }
      List<Object> values = new java.util.ArrayList<>();
      values.add(List.of(element.getDeclaredConstructor().newInstance()));
      for (Field each : fields(element).toList()) {
        Object parameter = element.getDeclaredConstructor().newInstance();
        each.setAccessible(true);
        each.set(parameter, values(each).get(0));
        values.add(List.of(parameter));
      }
      return values;
    }
    if (field.getType() == Map.class) {
      Class<?> value =
          (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[1];
      return List.of(
          Map.of("a", value == File.class ? new File("1") : "1"),
          Map.of("b", value == File.class ? new File("1") : "1"));
    }
    return switch (field.getType().getSimpleName()) {
      case "String" -> List.of("one", "two");
      case "File" -> List.of(new File("one"), new File("two"));
      case "boolean" -> List.of(true);
      case "int" -> List.of(1234, 5678);
      case "long" -> List.of(1234L, 5678L);
      case "double" -> List.of(12.5, 13.5);
      default -> throw new IllegalArgumentException("no values for " + field);
    };
  }

  private static Stream<Field> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.isSynthetic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_DIRS",
        "PIP_INDEX_URL",
        "PIP_CONFIG_FILE",
        "https_proxy",
        "NO_PROXY",
        "NETRC",
        "RUSTUP_HOME",
        "SSL_CERT_FILE",
        "GIT_SSH_COMMAND",
        "SSH_AUTH_SOCK"
      })
  void eachVariableThatIsLookedAtCounts(String name) throws Exception {
    String before = digest(mojo());
    environment.put(name, "/another");
    assertThat(digest(mojo())).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUILD_NUMBER", "JOB_NAME", "LANG", "TERM", "PWD"})
  void whatAPipelineSetsAnewEachTimeDoesNotCount(String name) throws Exception {
    String before = digest(mojo());
    environment.put(name, "another");
    assertThat(digest(mojo())).isEqualTo(before);
  }

  @Test
  void whatHasNoDigestHasNone() throws Exception {
    AbstractMirrorMojo mojo = mojo();
    Field field = AbstractMirrorMojo.class.getDeclaredField("branches");
    field.set(mojo, List.of(new StringBuilder("a kind that nobody thought of")));
    assertThat(digest(mojo)).isEmpty();
  }

  @Test
  void anotherPluginCounts() throws Exception {
    String before = digest(mojo());
    Path plugin = SettingsDigest.plugin();
    FileTime time = Files.getLastModifiedTime(plugin);
    try {
      Files.setLastModifiedTime(plugin, FileTime.fromMillis(time.toMillis() - 1000));
      assertThat(digest(mojo())).isNotEqualTo(before);
    } finally {
      Files.setLastModifiedTime(plugin, time);
    }
  }

  @Test
  void offlineCounts() throws Exception {
    AbstractMirrorMojo mojo = mojo();
    String before = digest(mojo);
    mojo.session.getRequest().setOffline(true);
    assertThat(digest(mojo)).isNotEqualTo(before);
  }

  @SuppressWarnings("deprecation")
  private static AbstractMirrorMojo mojo() throws Exception {
    DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
    maven.setBaseDirectory(new File("/project"));
    BuildMojo mojo = new BuildMojo(ServerCredentialsTest.plain());
    mojo.session = new MavenSession(null, null, maven, new DefaultMavenExecutionResult());
    return mojo;
  }

  private String digest(AbstractMirrorMojo mojo) {
    return SettingsDigest.of(mojo, environment);
  }
}
