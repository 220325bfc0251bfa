package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way of reading a time against {@code java.time}. */
class UploadTimeTest {

  private static final String CHARACTERS = "0123456789-:.TZ+ ";

  @Test
  void aTimeIsReadAsJavaReadsIt() {
    Random random = new Random(20261126);
    for (int i = 0; i < 200_000; i++) {
      String text = time(random);
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        text = changed(random, text);
      }
      assertThat(PageFiles.instant(text)).as(text).isEqualTo(byJava(text));
    }
  }

  private static String time(Random random) {
    int nanos = random.nextInt(1_000_000_000);
    int unit = (int) Math.pow(10, random.nextInt(10));
    return Instant.ofEpochSecond(random.nextLong(-99_999_999_999L, 299_999_999_999L), 0)
        .plusNanos(nanos / unit * unit)
        .toString();
  }

  private static String changed(Random random, String text) {
    int at = random.nextInt(text.length());
    char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    return text.substring(0, at) + character + text.substring(random.nextBoolean() ? at + 1 : at);
  }

  @Test
  void noTimeSpoilsAPageForPython() {
    assertThat(PageFiles.instant("+10000-01-01T00:00:00Z")).isEmpty();
    assertThat(PageFiles.instant("0000-12-31T23:59:59Z")).isEmpty();
    assertThat(PageFiles.instant("-0001-01-01T00:00:00Z")).isEmpty();
    assertThat(PageFiles.instant("9999-12-31T23:59:59-01:00")).isEmpty();
    assertThat(PageFiles.instant("2024-01-01T00:00:00.123456789Z"))
        .isEqualTo("2024-01-01T00:00:00.123456Z");
  }

  private static String byJava(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      boolean ofPython =
          !time.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
              && time.isBefore(Instant.parse("+10000-01-01T00:00:00Z"));
      return ofPython ? time.truncatedTo(ChronoUnit.MICROS).toString() : "";
    } catch (DateTimeException e) {
      return "";
    }
  }
}
