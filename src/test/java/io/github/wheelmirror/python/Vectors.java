package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rows printed by the real tools; {@code vectors/README.md} says how they were made. */
public final class Vectors {

  private static final int SHOWN = 20;

  private Vectors() {}

  /**
   * The file {@code <name>.json} of the directory named by the system property {@code
   * wheel-mirror.vectors}, else of the class path; it has as many rows as it says, and some.
   */
  public static JsonNode read(String name) {
    JsonNode file;
    try (InputStream in = open(name + ".json")) {
      file = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(file.path("rows").size()).as("rows of " + name).isPositive();
    assertThat(file.path("count").asInt())
        .as("count of " + name)
        .isEqualTo(file.get("rows").size());
    return file;
  }

  /** The rows of {@link #read}. */
  public static Stream<JsonNode> rows(JsonNode file) {
    return StreamSupport.stream(file.get("rows").spliterator(), false);
  }

  /** Fails with the first rows for which {@code actual} is not {@code expected}. */
  public static void assertAgree(
      Stream<JsonNode> rows,
      Function<JsonNode, Object> expected,
      Function<JsonNode, Object> actual) {
    List<String> wrong =
        rows.map(row -> disagreement(row, expected.apply(row), actual.apply(row)))
            .filter(line -> !line.isEmpty())
            .toList();
    assertThat(wrong)
        .as(
            "%d rows disagree, the first of them:%n%s",
            wrong.size(), String.join("\n", wrong.stream().limit(SHOWN).toList()))
        .isEmpty();
  }

  private static String disagreement(JsonNode row, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? ""
        : row + "\n    expected " + expected + "\n    but was  " + actual;
  }

  private static InputStream open(String file) throws IOException {
    String directory = System.getProperty("wheel-mirror.vectors", "");
    if (directory.isEmpty()) {
      return Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), file);
    }
    return Files.newInputStream(
        Path.of(System.getProperty("basedir", "")).resolve(directory).resolve(file));
  }
}
