package io.github.wheelmirror.python;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seeded inputs that nobody would write: random bytes, and good ones damaged. */
final class HostileBytes {

  private static final List<String> PIECES =
      List.of(
          "-",
          "--",
          ".",
          "..",
          "_",
          "/",
          "\\",
          ":",
          ",",
          "\"",
          "\"\"",
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "\0",
          "=",
          "==",
          "sha256=",
          "é",
          "Σ",
          "İ",
          "\uD83D\uDE00",
          "\u2028",
          "\u0300",
          "1",
          "1.0",
          "99999999999999999999",
          "1".repeat(4301),
          "a.".repeat(90),
          "-".repeat(300),
          "py3",
          "none-any",
          ".whl",
          ".tar.gz",
          ".zip",
          "Name: ",
          "Version: 1\n",
          "Tag: ");

  private HostileBytes() {}

  static Stream<byte[]> damaged(long seed, int count, List<String> good) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> damage(random, good));
  }

  static Stream<String> texts(long seed, int count, List<String> good) {
    return damaged(seed, count, good).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static byte[] damage(Random random, List<String> good) {
    if (random.nextInt(10) == 0) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      return bytes;
    }
    StringBuilder text = new StringBuilder(good.get(random.nextInt(good.size())));
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(4));
      text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
