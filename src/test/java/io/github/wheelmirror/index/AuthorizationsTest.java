package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationsTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/simple/, https://h/simple/foo/, true",
    "https://h/simple/, https://H:443/files/x, true",
    "https://h/simple/, http://h/simple/foo/, false",
    "https://h/simple/, https://h:8443/simple/foo/, false",
    "https://h/simple/, https://h.example/simple/foo/, false",
    "https://h/simple/, https://example.h/simple/foo/, false",
    "http://h/simple/, https://h/simple/foo/, true",
    "http://h/simple/, https://other/simple/foo/, false",
    "http://h:8080/simple/, https://h/simple/foo/, false",
    "http://h/simple/, https://h:8443/simple/foo/, false",
  })
  void credentialsGoToTheirOwnServerAndItsUpgrade(String root, String url, boolean shown) {
    Credentials credentials = new Credentials("id", "me", new Secret("pw"));
    Authorizations all =
        new Authorizations(
            List.of(new Authorizations.Realm(URI.create(root), credentials)), Netrc.parse(""));

    assertThat(all.of(URI.create(url))).isEqualTo(shown ? credentials : Credentials.NONE);
  }
}
