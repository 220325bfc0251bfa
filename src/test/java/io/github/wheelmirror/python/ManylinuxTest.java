package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManylinuxTest {

  @ParameterizedTest
  @CsvSource({
    "x86_64, GLIBC_2.2.5, 5",
    "i686, GLIBC_2.1.3, 5",
    "aarch64, GLIBC_2.17, 17",
    "s390x, GLIBC_2.2, 17",
    "x86_64, GLIBC_2.14 GLIBC_2.2.5, 14",
    "x86_64, GLIBC_2.34 GLIBCXX_3.4.21, 34",
    "x86_64, GLIBCXX_3.4.8, 5",
    "x86_64, GLIBCXX_3.4.9, 12",
    "x86_64, GLIBCXX_3.4.19 CXXABI_1.3.7 GCC_4.8.0, 17",
    "x86_64, GLIBCXX_3.4.20, 24",
    "x86_64, CXXABI_1.3.10, 24",
    "x86_64, CXXABI_1.3.11, 27",
    "x86_64, GCC_12.0.0, 35",
    "x86_64, GLIBCXX_3.4.30, 35",
    "x86_64, GLIBC_ABI_DT_RELR, 36",
    "x86_64, GLIBCXX_3.4.32, 39",
  })
  void thePlatformIsTheFirstThatHasAllVersions(String architecture, String symbols, int glibc) {
    assertThat(Manylinux.generation(architecture, Arrays.asList(symbols.split(" "))))
        .isEqualTo(OptionalInt.of(glibc));
  }

  @Test
  void whatIsNotKnownHasNoPlatform() {
    for (String symbol :
        List.of(
            "GLIBC_PRIVATE",
            "GLIBC_3.1",
            "GLIBC_2",
            "GLIBC_2.99999",
            "GLIBCXX_3.4.99",
            "CXXABI_TM_1",
            "OPENSSL_3.0.0",
            "2.17",
            "_",
            "")) {
      assertThat(Manylinux.generation("x86_64", List.of(symbol))).as(symbol).isEmpty();
    }
    assertThat(Manylinux.generation("mips", List.of())).isEmpty();
  }

  @Test
  void theLoaderAndTheListOfThePepAreEverywhere() {
    assertThat(
            List.of(
                "libc.so.6",
                "libstdc++.so.6",
                "ld-linux-x86-64.so.2",
                "ld-linux-aarch64.so.1",
                "ld-linux.so.2",
                "ld64.so.1"))
        .allMatch(Manylinux::has);
    assertThat(List.of("libz.so.1", "libyaml-0.so.2", "libc.musl-x86_64.so.1", "ld.so", ""))
        .noneMatch(Manylinux::has);
  }
}
