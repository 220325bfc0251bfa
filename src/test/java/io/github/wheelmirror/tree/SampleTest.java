package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.constraints.Pin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static final List<Pin> PINS =
      IntStream.range(0, 200).mapToObj(i -> Pin.parse("p" + i + "===1.0")).toList();

  private static List<Pin> of(int size, String seed, String branch) {
    return new Sample(size, seed).of(branch, "cp312", PINS, pin -> false);
  }

  @Test
  void theSameSeedChoosesTheSameInWhateverOrderTheyCome() {
    List<Pin> other = new ArrayList<>(PINS);
    Collections.reverse(other);
    assertThat(new Sample(5, "seed").of("master", "cp312", other, pin -> false))
        .isEqualTo(of(5, "seed", "master"))
        .hasSize(5)
        .isSorted();
    assertThat(of(5, "other", "master")).isNotEqualTo(of(5, "seed", "master"));
    assertThat(of(5, "seed", "stable/2025.1")).isNotEqualTo(of(5, "seed", "master"));
  }

  @Test
  void halfOfItAreOwnWheelsIfThereAreSoMany() {
    List<Pin> own = PINS.subList(0, 10);
    assertThat(new Sample(5, "s").of("master", "cp312", PINS, own::contains))
        .hasSize(5)
        .filteredOn(own::contains)
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(new Sample(5, "s").of("master", "cp312", own.subList(0, 1), own::contains))
        .containsExactly(own.get(0));
    assertThat(new Sample(1, "s").of("master", "cp312", PINS, own::contains))
        .allMatch(own::contains);
    assertThat(new Sample(0, "s").of("master", "cp312", PINS, own::contains)).isEmpty();
  }
}
