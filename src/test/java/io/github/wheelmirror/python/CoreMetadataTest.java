package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreMetadataTest {

  private static final String MINIMAL = "Metadata-Version: 2.4\nName: Foo.Bar\nVersion: 1.0\n";

  private static CoreMetadata parse(String text) {
    return CoreMetadata.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fieldsAreTyped() {
    CoreMetadata metadata =
        parse(
            """
            Metadata-Version: 2.4
            Name: Foo.Bar
            VERSION: 1.0
            Requires-Python: >=3.9
            Requires-Dist: a>=1; python_version<"3.12"
            requires-dist: b[c] (>2)
            Provides-Extra: test
            License-Expression: MIT
            License-File: LICENSE
            License-File: docs/NOTICE
            Dynamic: License-File
            Summary: Ünïcode

            # Foo

            Name: not a field
            """);

    assertThat(metadata.metadataVersion()).isEqualTo("2.4");
    assertThat(metadata.hasUnknownMinorVersion()).isFalse();
    assertThat(metadata.name().value()).isEqualTo("foo-bar");
    assertThat(metadata.version()).isEqualTo(Version.parse("1.0"));
    assertThat(metadata.requiresPython()).contains(">=3.9");
    assertThat(metadata.requiresDist())
        .containsExactly("a>=1; python_version<\"3.12\"", "b[c] (>2)");
    assertThat(metadata.providesExtra()).containsExactly("test");
    assertThat(metadata.licenseExpression()).contains("MIT");
    assertThat(metadata.licenseFiles()).containsExactly("LICENSE", "docs/NOTICE");
    assertThat(metadata.dynamic()).containsExactly("license-file");
    assertThat(metadata.values("summary")).containsExactly("Ünïcode");
    assertThat(metadata.headers()).hasSize(12);
    assertThat(metadata.headers().get(2)).hasToString("VERSION: 1.0");
    assertThat(metadata.description()).isEqualTo("# Foo\n\nName: not a field\n");
    assertThat(metadata).hasToString("foo-bar 1.0");
  }

  @Test
  void absentFieldsAreEmpty() {
    CoreMetadata metadata = parse(MINIMAL);

    assertThat(metadata.requiresPython()).isEmpty();
    assertThat(metadata.requiresDist()).isEmpty();
    assertThat(metadata.description()).isEmpty();
  }

  @Test
  void continuationLinesStayInAValueVerbatim() {
    assertThat(parse(MINIMAL + "Requires-Dist: a\r\n ; extra == 'b'\r\n").requiresDist())
        .containsExactly("a\n ; extra == 'b'");
  }

  @Test
  void aDescriptionInAHeaderLosesItsIndentation() {
    assertThat(parse(MINIMAL + "Description: a\n       |  b\n        c\n  d\n").description())
        .isEqualTo("a\n  b\nc\n  d");
  }

  @Test
  void aLineThatIsNoHeaderBeginsTheBody() {
    assertThat(parse(MINIMAL + "Home Page: x\nName: bar\n").description())
        .isEqualTo("Home Page: x\nName: bar\n");
    assertThat(parse(MINIMAL + "no colon").description()).isEqualTo("no colon");
  }

  @Test
  void linesThatBelongToNoFieldAreDropped() {
    assertThat(parse("  lost\n:nameless\nFrom a: b\n c\n" + MINIMAL).headers()).hasSize(3);
  }

  @Test
  void everyLineEndWorks() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      CoreMetadata metadata = parse((MINIMAL + "\nbody").replace("\n", end));
      assertThat(metadata).hasToString("foo-bar 1.0");
      assertThat(metadata.description()).isEqualTo("body");
    }
  }

  @Test
  void anUnknownMinorVersionIsAcceptedAndVisible() {
    assertThat(parse(MINIMAL.replace("2.4", "2.7")).hasUnknownMinorVersion()).isTrue();
    assertThat(parse(MINIMAL.replace("2.4", "2.0")).hasUnknownMinorVersion()).isFalse();
  }

  @Test
  void anUnknownMajorVersionIsRefused() {
    for (String version : List.of("3.0", "0.9", "2", "2.", "2.x", "20.1", "two")) {
      assertThatThrownBy(() -> parse(MINIMAL.replace("2.4", version)))
          .as(version)
          .isInstanceOf(InvalidCoreMetadataException.class);
    }
  }

  @Test
  void requiredFieldsAreThereExactlyOnce() {
    for (String line : MINIMAL.lines().toList()) {
      assertThatThrownBy(() -> parse(MINIMAL.replace(line + "\n", "")))
          .isInstanceOf(InvalidCoreMetadataException.class)
          .hasMessageContaining("is missing");
      assertThatThrownBy(() -> parse(MINIMAL + line + "\n"))
          .isInstanceOf(InvalidCoreMetadataException.class)
          .hasMessageContaining("is given twice");
    }
  }

  @Test
  void aNameWithWhiteSpaceThatPythonKeepsIsRefused() {
    for (String name :
        List.of("Foo.Bar ", "Foo.Bar\t", "\n Foo.Bar", "Foo.Bar\n ", "Foo.Bar\u000b")) {
      assertThatThrownBy(() -> parse(MINIMAL.replace("Foo.Bar", name)))
          .as(name)
          .isInstanceOf(InvalidCoreMetadataException.class)
          .hasMessageContaining("white space");
    }
    assertThat(parse(MINIMAL.replace(": Foo", ":\t  Foo")).name().value()).isEqualTo("foo-bar");
    assertThat(parse(MINIMAL.replace("Name: ", "name:").replace("1.0", "1.0 ")))
        .hasToString("foo-bar 1.0");
    assertThat(parse(MINIMAL.replace("\n", "\r\n"))).hasToString("foo-bar 1.0");
  }

  @Test
  void invalidNamesVersionsAndBytesAreRefused() {
    assertThatThrownBy(() -> parse(MINIMAL.replace("Foo.Bar", "-foo")))
        .isInstanceOf(InvalidCoreMetadataException.class);
    assertThatThrownBy(() -> parse(MINIMAL.replace("1.0", "2004b-x")))
        .isInstanceOf(InvalidCoreMetadataException.class);
    assertThatThrownBy(
            () ->
                CoreMetadata.parse(
                    (MINIMAL + "Author: \u00E9\n").getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidCoreMetadataException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void hostileBytesGiveMetadataOrItsOwnException() {
    List<String> good = List.of(MINIMAL, MINIMAL + "Requires-Dist: a\n b\n\nbody\n");

    HostileBytes.damaged(5, 20_000, good)
        .forEach(
            bytes -> {
              try {
                CoreMetadata metadata = CoreMetadata.parse(bytes);
                assertThat(metadata.description()).isNotNull();
                assertThat(metadata.requiresDist()).allSatisfy(d -> assertThat(d).isNotNull());
              } catch (InvalidCoreMetadataException e) {
                assertThat(e).hasMessageStartingWith("invalid core metadata: ");
              }
            });
  }
}
