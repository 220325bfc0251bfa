package io.github.wheelmirror.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.ExplainRequest;
import io.github.wheelmirror.mirror.NamedPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code explain} makes of its parameters. */
class ExplainRequestsTest {

  @TempDir Path root;
  private final ExplainMojo mojo = new ExplainMojo(ServerCredentialsTest.plain());

  @BeforeEach
  @SuppressWarnings("deprecation")
  void mavenRunsInTheFolder() {
    DefaultMavenExecutionRequest maven = new DefaultMavenExecutionRequest();
    maven.setBaseDirectory(root.toFile());
    mojo.session = new MavenSession(null, null, maven, new DefaultMavenExecutionResult());
    mojo.tools = List.of("pip", "uv 0.13.9-unsafe-best-match");
  }

  @Test
  void everythingIsRead() {
    mojo.requirement = " numpy>=2 ";
    mojo.branch = "stable/2025.1";
    mojo.places = List.of("mirror", "find-links:wheels", "https://index.test/simple/", "simple");
    mojo.uploadedPriorTo = "2026-03-01T12:00:00Z";
    mojo.options = "--pre  --no-binary a,b --hash=sha256:" + "0".repeat(64);

    ExplainRequest request = new ExplainRequests(mojo).request();

    assertThat(request.wanted()).hasToString("numpy>=2");
    assertThat(request.branch()).isEqualTo("stable/2025.1");
    assertThat(request.tools())
        .extracting(Object::toString)
        .containsExactly("pip-26.3", "uv-0.13.9-unsafe-best-match");
    assertThat(request.places())
        .extracting(NamedPlace::toString)
        .containsExactly(
            "mirror",
            "find-links:" + root.resolve("wheels"),
            "https://index.test/simple/",
            root.resolve("simple").toString());
    assertThat(request.options().pre()).isTrue();
    assertThat(request.options().hashes()).hasSize(1);
    assertThat(request.options().uploadedPriorTo()).hasToString("2026-03-01T12:00:00Z");
    assertThat(mojo.needsConstraints()).isTrue();
  }

  @Test
  void nothingMeansAllBranches() {
    ExplainRequest request = new ExplainRequests(mojo).request();
    assertThat(request.wanted()).isNull();
    assertThat(request.branch()).isEmpty();
    assertThat(mojo.needsConstraints()).isTrue();
  }

  @Test
  void aRequirementAloneNeedsNoConstraints() {
    mojo.requirement = "numpy";
    assertThat(mojo.needsConstraints()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatMakesNoSenseIsRefused(String message, Consumer<ExplainMojo> change) {
    change.accept(mojo);
    assertThatThrownBy(() -> new ExplainRequests(mojo).request())
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("<requirement> is 'a b'", mojo -> mojo.requirement = "a b"),
        refused("by its URL", mojo -> mojo.requirement = "a @ https://x.test/a-1.0.tar.gz"),
        refused("names no installer", mojo -> mojo.tools = List.of("")),
        refused("poetry", mojo -> mojo.tools = List.of("poetry")),
        refused("twice", mojo -> mojo.places = List.of("mirror", "mirror")),
        refused("last week", mojo -> mojo.uploadedPriorTo = "last week"),
        refused("--upgrade", mojo -> mojo.options = "--upgrade"),
        refused("no hash", mojo -> mojo.options = "--hash=sha256:xyz"));
  }

  private static Arguments refused(String message, Consumer<ExplainMojo> change) {
    return Arguments.of(message, change);
  }
}
