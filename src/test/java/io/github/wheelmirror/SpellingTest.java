package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void editsAreCounted() {
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("abc", "abc")).isZero();
  }

  @Test
  void theNearestNameIsTheOneThatWasMeantUnlessAllAreFar() {
    List<String> names = List.of("minCoverage", "regions", "region", "to");
    assertThat(Spelling.nearest("minCovrage", names)).isEqualTo("minCoverage");
    assertThat(Spelling.nearest("regon", names)).isEqualTo("region");
    assertThat(Spelling.nearest("unheardOf", names)).isEmpty();
    assertThat(Spelling.nearest("xy", names)).isEmpty();
  }
}
