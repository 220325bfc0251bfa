package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TagsVectorsTest {

  private static final String WITH_EVERY_PLATFORM = "-@";
  private static final Pattern VERSIONED =
      Pattern.compile("(glibc|musl|macos)-(\\d+)\\.(\\d+)-(\\w+?)(-on-32bit-python)?");

  private static final Pattern INTERPRETER = Pattern.compile("(cp|pp)(\\d)(\\d+)([a-z]*)");

  private final JsonNode file = Vectors.read("tags");

  @Test
  void everyRowHasTheExpectedTagsInOrder() {
    Vectors.assertAgree(
        Vectors.rows(file),
        row -> List.of(row.get("n").asInt(), row.get("sha256").asText()),
        row -> {
          List<String> tags = tags(row);
          return List.of(tags.size(), sha256(String.join("\n", tags)));
        });
  }

  @Test
  void everyRowExpandsToTheExpectedSequence() {
    Vectors.assertAgree(Vectors.rows(file), this::expand, TagsVectorsTest::tags);
  }

  @Test
  void everyFullListIsEqual() {
    List<JsonNode> fulls = StreamSupport.stream(file.get("fulls").spliterator(), false).toList();
    assertThat(fulls).isNotEmpty();
    Vectors.assertAgree(
        fulls.stream(),
        full -> strings(full.get("tags")),
        full -> tags(interpreter(full.get("interp").asText()), full));
  }

  @Test
  void everyPlatformHasTheExpectedTagsInOrder() {
    List<String> ids = new ArrayList<>();
    for (TagRules rules : TagRules.values()) {
      JsonNode platforms = file.get("platforms").get(label(rules));
      platforms
          .fieldNames()
          .forEachRemaining(
              id -> {
                ids.add(id);
                assertThat(platform(id).tags(rules))
                    .as(rules + " " + id)
                    .isEqualTo(strings(platforms.get(id)));
              });
    }
    assertThat(ids).isNotEmpty();
  }

  private static List<String> tags(JsonNode row) {
    return tags(interpreter(row), row);
  }

  private static List<String> tags(Interpreter interpreter, JsonNode row) {
    return CompatibleTags.of(interpreter, platform(row.get("platform").asText()), rules(row))
        .tags()
        .stream()
        .map(Tag::toString)
        .toList();
  }

  private List<String> expand(JsonNode row) {
    List<String> platforms =
        strings(
            file.get("platforms").get(row.get("rules").asText()).get(row.get("platform").asText()));
    List<String> expanded = new ArrayList<>();
    for (String entry : strings(row.get("seq"))) {
      if (entry.endsWith(WITH_EVERY_PLATFORM)) {
        String prefix = entry.substring(0, entry.length() - 1);
        platforms.forEach(platform -> expanded.add(prefix + platform));
      } else {
        expanded.add(entry);
      }
    }
    return expanded;
  }

  private static Interpreter interpreter(JsonNode row) {
    String name = row.get("interp").asText();
    int major = row.get("python").get(0).asInt();
    int minor = row.get("python").get(1).asInt();
    List<String> abis = strings(row.get("abis"));
    return name.startsWith("cp")
        ? Interpreter.cpython(major, minor, abis)
        : new Interpreter(name, major, minor, abis);
  }

  /** A full list says only {@code cp311d}, {@code cp27mu}, {@code pp310}. */
  private static Interpreter interpreter(String label) {
    Matcher matcher = INTERPRETER.matcher(label);
    assertThat(matcher.matches()).as(label).isTrue();
    int major = Integer.parseInt(matcher.group(2));
    int minor = Integer.parseInt(matcher.group(3));
    String flags = matcher.group(4);
    if (matcher.group(1).equals("pp")) {
      return new Interpreter(label, major, minor, List.of("pypy" + major + minor + "_pp73"));
    }
    if (flags.isEmpty()) {
      return Interpreter.cpython(major, minor);
    }
    String plain = "cp" + major + minor;
    return Interpreter.cpython(
        major, minor, flags.equals("d") ? List.of(plain + "d", plain) : List.of(plain + flags));
  }

  private static Platform platform(String id) {
    Matcher matcher = VERSIONED.matcher(id);
    if (!matcher.matches()) {
      return switch (id) {
        case "windows-amd64" -> Platform.Fixed.of("win-amd64");
        case "windows-x86" -> Platform.Fixed.of("win32");
        case "windows-arm64" -> Platform.Fixed.of("win-arm64");
        default -> throw new AssertionError("unknown platform " + id);
      };
    }
    int major = Integer.parseInt(matcher.group(2));
    int minor = Integer.parseInt(matcher.group(3));
    String arch = matcher.group(4);
    boolean on32BitPython = matcher.group(5) != null;
    return switch (matcher.group(1)) {
      case "glibc" -> {
        Platform.Glibc glibc = new Platform.Glibc(major, minor, arch);
        yield on32BitPython ? glibc.for32BitPython() : glibc;
      }
      case "musl" -> {
        Platform.Musl musl = new Platform.Musl(major, minor, arch);
        yield on32BitPython ? musl.for32BitPython() : musl;
      }
      default -> new Platform.MacOs(major, minor, arch);
    };
  }

  private static TagRules rules(JsonNode row) {
    return Stream.of(TagRules.values())
        .filter(rules -> label(rules).equals(row.get("rules").asText()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("unknown rules " + row.get("rules")));
  }

  private static String label(TagRules rules) {
    return switch (rules) {
      case PACKAGING_26_2 -> "packaging-26.2";
      case PACKAGING_26_3 -> "packaging-26.3";
    };
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
