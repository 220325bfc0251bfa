package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {

  private static S3Settings parse(String url, Credentials credentials) {
    return S3Settings.parse(
        "cloud",
        url,
        credentials,
        "https://mirror.example/wheel",
        Duration.ofMinutes(1),
        RegionCommands.NONE,
        Signing.NONE);
  }

  private static S3Settings parse(String url) {
    return parse(url, Credentials.NONE);
  }

  @Test
  void aUrlNamesBucketPrefixEndpointAndRegion() {
    S3Settings all =
        parse("s3://wheels/team/mirror/?endpoint=https%3A%2F%2Fs3.mirror.example&region=eu-west-1");

    assertThat(all.bucket()).isEqualTo("wheels");
    assertThat(all.prefix()).isEqualTo("team/mirror/");
    assertThat(all.endpoint()).isEqualTo("https://s3.mirror.example");
    assertThat(all.awsRegion()).isEqualTo("eu-west-1");
    assertThat(all.publicUrl()).isEqualTo("https://mirror.example/wheel/");
    assertThat(all.address("x")).isEqualTo("s3://wheels/team/mirror/x");
    assertThat(parse("s3://wheels?endpoint=http://127.0.0.1:9000").endpoint())
        .isEqualTo("http://127.0.0.1:9000");
    for (String url : new String[] {"s3://wheels", "s3://wheels/"}) {
      assertThat(parse(url).prefix()).isEmpty();
      assertThat(parse(url).endpoint()).isEmpty();
      assertThat(parse(url).awsRegion()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://wheels, it does not begin with s3://",
    "s3:///prefix, no name of a bucket",
    "s3://Wheels, no name of a bucket",
    "s3://a, no name of a bucket",
    "s3://wheels?endpont=x, there is no option 'endpont'",
    "s3://wheels?region=a&region=b, has the option region twice",
    "s3://wheels?region=EU, no name of a region",
    "s3://wheels?endpoint=s3.mirror.example, its endpoint is not",
    "s3://wheels?endpoint=https://u:p@s3.mirror.example, its endpoint is not",
    "s3://wheels/a//b, clients cannot use a prefix",
    "s3://wheels/a/../b, clients cannot use a prefix",
    "s3://key:secret@wheels, more than it may have"
  })
  void whatCannotBeUsedIsToldWithTheForm(String url, String why) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("region cloud").doesNotContain("secret");
              assertThat(e.why()).contains(why);
              assertThat(e.fix()).contains("s3://BUCKET/PREFIX");
            });
  }

  @Test
  void halfOfTheKeysIsRefusedAndNoKeyIsEverPrinted() {
    assertThatThrownBy(() -> parse("s3://wheels", new Credentials("id", "key", new Secret(""))))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("only one of its two keys");
    assertThat(parse("s3://wheels", new Credentials("id", "AKIA", new Secret("very"))).toString())
        .doesNotContain("AKIA", "very");
  }
}
