package io.github.wheelmirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkResolverTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/simple/foo/, x.zip, https://h/simple/foo/x.zip",
    "https://h/simple/foo/, ../../x.zip, https://h/x.zip",
    "https://h/simple/foo/, ../../../../x.zip, https://h/x.zip",
    "https://h/simple/foo/, /./x.zip, https://h/x.zip",
    "https://h/simple/foo/, /a/../b/./x.zip#c, https://h/b/x.zip#c",
    "https://h/simple/foo/, https://o/a/../../x.zip?y, https://o/x.zip?y",
    "https://h/simple/foo/, /a//../.b/..c/x.zip, https://h/a/.b/..c/x.zip",
    "https://h/simple/foo/, /a//b/.., https://h/a//",
    "https://h/simple/foo/, /.., https://h/",
    "https://h/simple/foo/, /x.zip, https://h/x.zip",
    "https://h/simple/foo/, //other/x.zip, https://other/x.zip",
    "https://h/simple/foo/, //[::1]:8/x[1].zip, https://[::1]:8/x%5B1%5D.zip",
    "https://h/simple/foo/, http://other/a b, http://other/a%20b",
    "https://h/simple/foo/, a%20b%zz, https://h/simple/foo/a%20b%25zz",
    "https://h/simple/foo/, ?q=1, https://h/simple/foo/?q=1",
    "https://h/simple/foo/?a=b, ?q=1, https://h/simple/foo/?q=1",
    "https://h/simple/foo/, x.zip?sig=1#sha256=2, https://h/simple/foo/x.zip?sig=1#sha256=2",
    "https://h/simple/foo/, javascript:alert(1), javascript:alert(1)"
  })
  void linksResolveAsInBrowsers(String base, String link, String expected) throws Exception {
    assertThat(LinkResolver.resolve(URI.create(base), link)).hasToString(expected);
  }

  @Test
  void lineBreaksInLinksAreDropped() throws Exception {
    assertThat(LinkResolver.resolve(URI.create("https://h/"), " a\n\tb\r "))
        .hasToString("https://h/ab");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/foo-1.0%2Bx.zip, foo-1.0+x.zip",
    "https://h/a/foo-1+x.zip/, foo-1+x.zip",
    "https://h, ''",
    "mailto:x, ''"
  })
  void theLastPartIsDecodedAndAPlusStays(String url, String expected) {
    assertThat(LinkResolver.lastPart(URI.create(url))).isEqualTo(expected);
  }

  @Test
  void secretsAreRemovedAndNothingElse() throws Exception {
    assertThat(LinkResolver.withoutSecrets(URI.create("https://u:p@h:1/a@b?q=u:p@#f")))
        .hasToString("https://h:1/a@b?q=u:p@");
    assertThat(SafeUrl.of("https://u:p@h:1/a@b?sig=1#f")).isEqualTo("https://h:1/a@b");
  }
}
