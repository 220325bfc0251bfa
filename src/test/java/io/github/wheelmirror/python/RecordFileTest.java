package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFileTest {

  private static final byte[] DIGEST = new byte[32];
  private static final String ZEROS = "A".repeat(43);

  private static RecordFile parse(String text) {
    return RecordFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(InvalidRecordException.class);
  }

  @Test
  void anEntryHasPathHashAndSize() {
    RecordFile file = parse("a/b.py,sha256=" + ZEROS + ",12\na-1.dist-info/RECORD,,\n");

    RecordEntry entry = file.entry("a/b.py").orElseThrow();
    assertThat(entry.hashAlgorithm()).contains("sha256");
    assertThat(entry.hasStrongHash()).isTrue();
    assertThat(entry.digest()).contains(ZEROS);
    assertThat(entry.matches(DIGEST)).isTrue();
    assertThat(entry.matches(new byte[31])).isFalse();
    assertThat(entry.size()).hasValue(12);
    assertThat(file.entries()).hasSize(2);
    assertThat(file.entry("c.py")).isEmpty();
  }

  @Test
  void recordItselfHasNeitherHashNorSize() {
    RecordEntry entry = parse("a-1.dist-info/RECORD,,").entries().get(0);

    assertThat(entry.hashAlgorithm()).isEmpty();
    assertThat(entry.digest()).isEmpty();
    assertThat(entry.size()).isEmpty();
    assertThat(entry.hasStrongHash()).isFalse();
    assertThat(entry.matches(new byte[0])).isFalse();
  }

  @Test
  void weakHashesAreVisible() {
    for (String weak : List.of("md5", "sha1", "SHA1", "sha224", "crc32")) {
      assertThat(parse("a," + weak + "=AAAA,1").entries().get(0).hasStrongHash()).isFalse();
    }
    for (String strong : List.of("sha256", "SHA512", "blake2b")) {
      assertThat(parse("a," + strong + "=AAAA,1").entries().get(0).hasStrongHash()).isTrue();
    }
  }

  @Test
  void paddingOfADigestIsAcceptedAndNotWritten() {
    assertThat(parse("a,sha256=" + ZEROS + "=,1")).hasToString("a,sha256=" + ZEROS + ",1\n");
  }

  @Test
  void quotesProtectCommasQuotesAndLineEnds() {
    RecordFile file =
        RecordFile.of(
            List.of(
                RecordEntry.sha256("a,b.py", DIGEST, 1),
                RecordEntry.sha256("say \"hi\".txt", DIGEST, 2),
                RecordEntry.sha256("two\r\nlines", DIGEST, 3),
                RecordEntry.unhashed("é.dist-info/RECORD")));

    assertThat(file.toString()).startsWith("\"a,b.py\",sha256=" + ZEROS + ",1\n");
    RecordFile again = RecordFile.parse(file.toBytes());
    assertThat(again).isEqualTo(file).hasSameHashCodeAs(file).isNotEqualTo(parse(""));
    assertThat(again.entries()).isEqualTo(file.entries());
    assertThat(again.entries().get(0)).hasSameHashCodeAs(file.entries().get(0));
  }

  @Test
  void lineEndsAreOfAnyKind() {
    assertThat(parse("a,,\r\nb,,\rc,,\nd,,").entries())
        .extracting(RecordEntry::path)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void anEmptyLineIsRefusedBecausePipFailsAtIt() {
    for (String text : List.of("a,,\n\nb,,\n", "a,,\n\n", "\na,,\n", "a,,\r\r\nb,,", "\n")) {
      assertThatThrownBy(() -> parse(text))
          .as(text)
          .isInstanceOf(InvalidRecordException.class)
          .hasMessageContaining("a line is empty");
    }
  }

  @Test
  void aQuoteInsideAPlainFieldIsText() {
    assertThat(parse("a\"b,,").entries().get(0).path()).isEqualTo("a\"b");
  }

  @Test
  void pathsThatLeadElsewhereAreRefused() {
    for (String path :
        List.of(
            "", "/a", "//a", "..", "../a", "a/../b", "a/..", "a\\b", "C:/a", "c:a", "./a", "a//b",
            "a/", "a\0b")) {
      assertRefused(path + ",,");
      assertThatThrownBy(() -> RecordEntry.unhashed(path))
          .as(path)
          .isInstanceOf(InvalidRecordException.class);
    }
    assertThat(parse("a/..b/...,,").entries()).hasSize(1);
  }

  @Test
  void aPathIsListedOnce() {
    assertRefused("a,,\nb,,\n\"a\",,\n");
  }

  @Test
  void invalidLinesAreRefused() {
    for (String line :
        List.of(
            "a",
            "a,",
            "a,,,",
            "a,b,c,d",
            "\"a,,",
            "\"a\"b,,",
            "a,sha256,1",
            "a,=AAAA,1",
            "a,sha256=,1",
            "a,sha256=A,1",
            "a,sha256=+/+/,1",
            "a,sha256=====,1",
            "a,,-1",
            "a,,1.5",
            "a,,x",
            "a,,99999999999999999999",
            "a,,\u0661",
            "\0")) {
      assertRefused(line);
    }
    assertThatThrownBy(() -> RecordFile.parse(new byte[] {'a', ',', (byte) 0xE9, ','}))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void anOwnEntryHasAWholeDigestAndASize() {
    assertThatThrownBy(() -> RecordEntry.sha256("a", new byte[20], 1))
        .isInstanceOf(InvalidRecordException.class);
    assertThatThrownBy(() -> RecordEntry.sha256("a", DIGEST, -1))
        .isInstanceOf(InvalidRecordException.class);
  }

  @Test
  void hostileBytesGiveAFileThatRoundTripsOrItsOwnException() {
    List<String> good =
        List.of("a/b.py,sha256=" + ZEROS + ",12\na-1.dist-info/RECORD,,\n", "\"a,b\",md5=AAAA,1");

    HostileBytes.damaged(7, 20_000, good)
        .forEach(
            bytes -> {
              try {
                RecordFile file = RecordFile.parse(bytes);
                assertThat(RecordFile.parse(file.toBytes())).isEqualTo(file);
              } catch (InvalidRecordException e) {
                assertThat(e).hasMessageStartingWith("invalid RECORD: ");
              }
            });
  }
}
