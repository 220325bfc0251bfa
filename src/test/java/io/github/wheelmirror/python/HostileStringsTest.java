package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text, a parser returns a value that round-trips or throws its own exception. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileStringsTest {

  private static final long SEED = 20261122;
  private static final int STORM = 20_000;
  private static final int LONG = 100_000;

  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\t",
          "\n",
          "\r",
          "\0",
          "\u000B",
          "\u001C",
          "\u0085",
          "\u00A0",
          "\u2028",
          "\uFEFF",
          "\u0130",
          "\u0131",
          "\u017F",
          "\u212A",
          "\u03A3",
          "é",
          "١",
          "Ａ",
          "\uD800",
          "\uDC00",
          "\uD83D\uDE00",
          "\"",
          "'",
          "\\",
          "\\x",
          "\\N{",
          "(",
          ")",
          "[",
          "]",
          ";",
          ",",
          "@",
          "#",
          ".",
          "*",
          ".*",
          "!",
          "+",
          "-",
          "_",
          "=",
          "==",
          "===",
          "~=",
          "!=",
          "<",
          ">",
          "v",
          "and",
          " or ",
          " in ",
          "not",
          "os_name",
          "extra",
          "a",
          "rc",
          ".post",
          ".dev",
          "0",
          "1",
          "99999999999999999999");

  /** A parser under test. */
  record Subject(
      String name,
      Function<String, Object> parse,
      Class<? extends InvalidTextException> own,
      List<String> valid) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject> subjects() {
    return Stream.of(
        new Subject(
            "ProjectName",
            ProjectName::parse,
            InvalidProjectNameException.class,
            texts("names", row -> row.get(0))),
        new Subject(
            "Version",
            Version::parse,
            InvalidVersionException.class,
            texts("versions", row -> row.get("s"))),
        new Subject(
            "Specifier",
            Specifier::parse,
            InvalidSpecifierException.class,
            List.of("==1.0.*", "~=1.4.5a4", "===anything", ">= 1!2.0.post1", "!=1.0+local.1")),
        new Subject(
            "SpecifierSet",
            SpecifierSet::parse,
            InvalidSpecifierException.class,
            texts("specifiers", row -> row.get(0))),
        new Subject(
            "Marker",
            Marker::parse,
            InvalidMarkerException.class,
            texts("markers", row -> row.get(0))),
        new Subject(
            "Requirement",
            Requirement::parse,
            InvalidRequirementException.class,
            texts("requirements", row -> row.get("s"))));
  }

  private static List<String> texts(String file, Function<JsonNode, JsonNode> column) {
    return Vectors.rows(Vectors.read(file)).map(row -> column.apply(row).asText()).toList();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void mutatedTextsParseToValuesThatRoundTripOrAreRefused(Subject subject) {
    var random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < STORM; i++) {
      String start = subject.valid().get(random.nextInt(subject.valid().size()));
      accepted += tryOne(subject, mutate(random, start)) ? 1 : 0;
    }
    assertThat(accepted).as("accepted texts").isBetween(STORM / 100, STORM * 9 / 10);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void randomTextsParseToValuesThatRoundTripOrAreRefused(Subject subject) {
    var random = new Random(SEED);
    for (int i = 0; i < STORM; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(
            random.nextInt(4) == 0
                ? String.valueOf((char) random.nextInt(0x10000))
                : PIECES.get(random.nextInt(PIECES.size())));
      }
      tryOne(subject, text.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void longTextsNeitherOverflowTheStackNorTakeForever(Subject subject) {
    for (String piece : longPieces()) {
      String body = piece.repeat(LONG / Math.max(1, piece.length()));
      for (String before :
          List.of("", "1", "==1", "===", "name", "name==1", "name @ ", "os_name==\"")) {
        for (String after : List.of("", "1", "\u00E9", ")", "\"")) {
          tryOne(subject, before + body + after);
        }
      }
    }
  }

  private static List<String> longPieces() {
    var pieces = new ArrayList<>(PIECES);
    pieces.addAll(
        List.of(
            "1.",
            "1!",
            "a.",
            "-1",
            "+a",
            "((",
            "('a'=='b')and",
            "os_name=='' or ",
            "==1,",
            "[a,",
            "a,",
            "=1",
            "\\'",
            "name;",
            "(os_name==''and(",
            " ; "));
    return pieces;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void nestedTextsAreRefusedBeyondTheLimit(Subject subject) {
    for (int depth : new int[] {1, 10, 499, 500, 501, 5_000, 100_000}) {
      String nested = "(".repeat(depth) + "os_name=='posix'" + ")".repeat(depth);
      tryOne(subject, nested);
      tryOne(subject, "name;" + nested);
      tryOne(subject, "name" + nested);
    }
  }

  /** Whether the text was accepted. */
  private static boolean tryOne(Subject subject, String text) {
    Object value;
    try {
      value = subject.parse().apply(text);
    } catch (InvalidTextException e) {
      assertThat(e).isExactlyInstanceOf(subject.own());
      assertThat(e.text()).isSameAs(text);
      assertThat(e.reason()).isNotBlank();
      assertThat(e.getMessage()).doesNotContain("\n", "\r", "\0").hasSizeLessThan(1_000);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("%s of %s".formatted(subject, InvalidTextException.quote(text)), e);
    }
    String printed = value.toString();
    Object again = subject.parse().apply(printed);
    if (!again.equals(value) || again.hashCode() != value.hashCode()) {
      fail("%s of %s does not round-trip", subject, InvalidTextException.quote(text));
    }
    assertThat(again.toString()).isEqualTo(printed);
    return true;
  }

  private static String mutate(Random random, String start) {
    var text = new StringBuilder(start);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
        case 2 -> text.insert(at, (char) random.nextInt(0x3000));
        default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
      }
    }
    return text.toString();
  }
}
