package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SdistFilenameTest {

  private static final ProjectName NOVA = ProjectName.parse("python-novaclient");

  private static Optional<String> versionOf(String filename, String project) {
    return SdistFilename.forProject(filename, ProjectName.parse(project))
        .map(sdist -> sdist.version().toString());
  }

  @Test
  void packagingSplitsAtTheLastDash() {
    SdistFilename sdist = SdistFilename.parse("Python_NovaClient-1.0-2.tar.gz");

    assertThat(sdist.name().value()).isEqualTo("python-novaclient-1-0");
    assertThat(sdist.version()).hasToString("2");
    assertThat(sdist.pythonVersion()).isEmpty();
    assertThat(sdist.filename()).isEqualTo("Python_NovaClient-1.0-2.tar.gz");
  }

  @Test
  void pipSplitsAfterTheWantedProject() {
    SdistFilename sdist =
        SdistFilename.forProject("Python_NovaClient-1.0-2.tar.gz", NOVA).orElseThrow();

    assertThat(sdist.name()).isEqualTo(NOVA);
    assertThat(sdist.version()).hasToString("1.0.post2");
    assertThat(sdist).hasToString("Python_NovaClient-1.0-2.tar.gz");
    assertThat(sdist).isNotEqualTo(SdistFilename.parse("Python_NovaClient-1.0-2.tar.gz"));
  }

  @Test
  void pipKnowsEveryArchiveThatItUnpacks() {
    assertThat(
            Stream.of(
                    ".zip",
                    ".tar.gz",
                    ".tgz",
                    ".tar",
                    ".tar.bz2",
                    ".tbz",
                    ".tar.xz",
                    ".txz",
                    ".tlz",
                    ".tar.lz",
                    ".tar.lzma")
                .map(extension -> versionOf("foo-1.0" + extension, "foo")))
        .allMatch(Optional.of("1.0")::equals);
    assertThat(
            Stream.of(".TAR.GZ", ".tar.Z", ".tar.zip", ".whl", ".exe", ".egg", ".rpm", "")
                .map(extension -> versionOf("foo-1.0" + extension, "foo")))
        .allMatch(Optional::isEmpty);
  }

  @Test
  void pipSeesNoCandidateInOtherFiles() {
    assertThat(versionOf("foo-bar-1.0.tar.gz", "foo")).isEmpty();
    assertThat(versionOf("foo.tar.gz", "foo")).isEmpty();
    assertThat(versionOf("fo-1.0.tar.gz", "foo")).isEmpty();
    assertThat(versionOf("foo_-1.0.tar.gz", "foo")).isEmpty();
    assertThat(versionOf("foo-2004b-x.tar.gz", "foo")).isEmpty();
    assertThat(versionOf("foo-1.0.macosx10.zip", "foo")).isEmpty();
    assertThat(versionOf(".tar.gz", "tar")).isEmpty();
    assertThat(versionOf("...zip", "foo")).isEmpty();
    assertThat(versionOf("", "foo")).isEmpty();
  }

  @Test
  void runsOfSeparatorsInTheNameAreOne() {
    assertThat(versionOf("Foo_.Bar-1.0.tgz", "foo-bar")).contains("1.0");
    assertThat(versionOf("foo--bar-1.0.tgz", "foo-bar")).contains("1.0");
  }

  @Test
  void aPythonVersionAtTheEndIsNotPartOfTheVersion() {
    ProjectName foo = ProjectName.parse("foo");

    for (String python : List.of("2.7", "3", "39", "2.")) {
      SdistFilename sdist =
          SdistFilename.forProject("foo-1.0-py" + python + ".tar.gz", foo).orElseThrow();
      assertThat(sdist.version()).hasToString("1.0");
      assertThat(sdist.pythonVersion()).contains(python);
    }
    for (String python : List.of("", "4", "3.10", "3x", "3.x")) {
      assertThat(SdistFilename.forProject("foo-1.0-py" + python + ".tar.gz", foo))
          .as(python)
          .isEmpty();
    }
  }

  @Test
  void aNameWithTenThousandDashesIsReadAtOnce() {
    String dashes = "a-".repeat(200_000);

    assertThat(versionOf(dashes + "1.tar.gz", "a-".repeat(100) + "a")).isEmpty();
  }

  @Test
  void equalityIsByTextAndMeaning() {
    SdistFilename sdist = SdistFilename.parse("foo-1.0.tar.gz");

    assertThat(sdist)
        .isEqualTo(SdistFilename.parse("foo-1.0.tar.gz"))
        .isEqualTo(
            SdistFilename.forProject("foo-1.0.tar.gz", ProjectName.parse("foo")).orElseThrow())
        .hasSameHashCodeAs(SdistFilename.parse("foo-1.0.tar.gz"))
        .isNotEqualTo(SdistFilename.parse("foo-1.0.zip"));
  }

  @Test
  void whatIsNoSdistIsRefused() {
    for (String text : List.of("", "foo.tar.gz", "-1.0.tar.gz", "foo-.zip", "foo-1.0.tgz")) {
      assertThatThrownBy(() -> SdistFilename.parse(text))
          .as(text)
          .isInstanceOf(InvalidSdistFilenameException.class);
    }
  }

  @Test
  void hostileTextsGiveAnSdistOrItsOwnException() {
    List<String> good =
        List.of("foo-1.0.tar.gz", "python_novaclient-1.0rc1.zip", "foo-2.0-py2.7.tar.bz2");

    HostileBytes.texts(4, 20_000, good)
        .forEach(
            text -> {
              SdistFilename.forProject(text, NOVA)
                  .ifPresent(sdist -> assertThat(sdist.name()).isEqualTo(NOVA));
              try {
                assertThat(SdistFilename.parse(text)).hasToString(text);
              } catch (InvalidSdistFilenameException e) {
                assertThat(e.text()).isEqualTo(text);
              }
            });
  }
}
