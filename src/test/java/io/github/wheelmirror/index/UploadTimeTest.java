package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

  private static String byJava(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeException e) {
      return "";
    }
  }
}
