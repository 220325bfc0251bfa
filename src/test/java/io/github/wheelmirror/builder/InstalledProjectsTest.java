package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.MarkerEnvironment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledProjectsTest {

  private final InstalledProjects installed =
      new InstalledProjects(
          List.of("pbr==7.1.3", "setuptools_scm==10.0.0rc1", "wheel==0.45.1"),
          MarkerEnvironment.of(Pythons.one().facts().markers()));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pbr>=2.0.0; true",
        "PBR; true",
        "pbr>=7.1.3,<8; true",
        "pbr>=7.2; false",
        "pbr!=7.1.3; false",
        "pbr[extra]>=2; false",
        "pbr @ https://example.org/pbr-7.1.3.tar.gz; false",
        "setuptools-scm>=9; true",
        "Setuptools.SCM>=10; false",
        "cython; false",
        "cython | extra == 'all'; true",
        "cython | python_version < '3'; true",
        "cython | python_version > '3'; false",
        "no requirement; false",
      })
  void requirementThatNeedsNoInstallationIsMet(String requirement, boolean met) {
    assertThat(installed.meet(requirement.replace('|', ';'))).isEqualTo(met);
  }
}
