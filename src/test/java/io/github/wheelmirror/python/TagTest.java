package io.github.wheelmirror.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TagTest {

  @Test
  void aTagIsLowerCasedAndPrintsAsItIsRead() {
    Tag tag = Tag.parse("CP311-cp311-Linux_x86_64");

    assertThat(tag).isEqualTo(new Tag("cp311", "cp311", "linux_x86_64"));
    assertThat(Tag.parse(tag.toString())).isEqualTo(tag);
  }

  @Test
  void aCompressedSetStandsForTheProduct() {
    assertThat(Tag.parseSet("py2.py3-none-any.win32").stream().map(Tag::toString))
        .containsExactly("py2-none-any", "py2-none-win32", "py3-none-any", "py3-none-win32");
  }

  @Test
  void theNormalFormOfASetIsSortedWithoutDuplicates() {
    assertThat(Tag.normalizeSet("Py3.py2.py3-none-any")).isEqualTo("py2.py3-none-any");
  }

  @Test
  void onlyNoneAnyIsPure() {
    assertThat(Tag.parse("py3-none-any").isPure()).isTrue();
    assertThat(Tag.parse("py3-none-win32").isPure()).isFalse();
    assertThat(Tag.parse("cp39-abi3-any").isPure()).isFalse();
  }

  @Test
  void whatIsNoTagIsRefused() {
    for (String text :
        List.of("", "py3", "py3-none", "py3-none-any-x", "-none-any", "py3--any", "3-none-any")) {
      assertThatThrownBy(() -> Tag.parse(text)).as(text).isInstanceOf(InvalidTagException.class);
      assertThatThrownBy(() -> Tag.parseSet(text)).as(text).isInstanceOf(InvalidTagException.class);
    }
    assertThatThrownBy(() -> Tag.parse("py2.py3-none-any")).isInstanceOf(InvalidTagException.class);
  }

  @Test
  void anInterpreterIsAnIdentifierAsPythonSeesIt() {
    assertThat(Tag.parse("_cp3\u00B7\u0301-none-any").interpreter()).startsWith("_cp3");
    for (String text : List.of("cp\u00B2", "\u037A", "a\u2E2F", "a\u0000", "a b", "\u0301a")) {
      assertThatThrownBy(() -> Tag.parse(text + "-none-any"))
          .as(text)
          .isInstanceOf(InvalidTagException.class);
    }
  }

  @Test
  void aSetThatWouldFillTheMemoryIsRefused() {
    String many = "a" + ".a".repeat(5_000);

    assertThatThrownBy(() -> Tag.parseSet(many + "-" + many + "-" + many))
        .isInstanceOf(InvalidTagException.class)
        .hasMessageContaining("more than " + Tag.MAX_SET_SIZE);
  }

  @Test
  void hostileTextsGiveATagSetOrItsOwnException() {
    Stream<String> storm =
        HostileBytes.texts(1, 10_000, List.of("py2.py3-none-any", "cp311-abi3-linux_x86_64"));

    storm.forEach(
        text -> {
          try {
            SortedSet<Tag> tags = Tag.parseSet(text);
            assertThat(tags).isNotEmpty();
            assertThat(Tag.parse(tags.first().toString())).isEqualTo(tags.first());
            assertThat(Tag.parseSet(Tag.normalizeSet(text))).isEqualTo(tags);
          } catch (InvalidTagException e) {
            assertThat(e.reason()).isNotBlank();
          }
        });
  }
}
