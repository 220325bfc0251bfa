package io.github.wheelmirror.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {

  @Test
  void keepsTheLastBytesWhateverThePieces() {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      int capacity = 1 + random.nextInt(40);
      Tail tail = new Tail(capacity);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int piece = random.nextInt(10); piece > 0; piece--) {
        byte[] bytes = new byte[random.nextInt(60)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        int length = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        tail.append(bytes, length);
        all.write(bytes, 0, length);
      }
      byte[] whole = all.toByteArray();
      byte[] last = Arrays.copyOfRange(whole, Math.max(0, whole.length - capacity), whole.length);

      assertThat(tail.text()).isEqualTo(new String(last, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void characterCutInHalfIsLeftOut() {
    Tail tail = new Tail(4);
    byte[] bytes = "aéé€".getBytes(StandardCharsets.UTF_8);

    tail.append(bytes, bytes.length);

    assertThat(tail.text()).isEqualTo("€");
  }
}
