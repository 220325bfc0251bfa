package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFileTest {

  private static final String SHA = "a".repeat(64);

  @Test
  void survivesJsonWithSortedHashes() throws Exception {
    RemoteFile file =
        file(
            "foo-1.0.zip",
            Map.of("sha512", "b".repeat(128), "sha256", SHA, "sha384", "c".repeat(96)));
    JsonMapper mapper = new JsonMapper();

    String json = mapper.writeValueAsString(file);

    assertThat(mapper.readValue(json, RemoteFile.class)).isEqualTo(file);
    assertThat(json).containsSubsequence("sha256", "sha384", "sha512");
    assertThat(mapper.readTree(json).size()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\nb", "a\u0000", "\u202ea", "\ud800"})
  void aNameThatIsNoFileNameIsRefused(String name) {
    assertThatThrownBy(() -> file(name, Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameLongerThanFileSystemsAllowIsRefused() {
    assertThatThrownBy(() -> file("a".repeat(256), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWellFormedStrongHashesAreKept() {
    for (Map<String, String> hashes :
        List.of(
            Map.of("md5", "a".repeat(32)),
            Map.of("sha256", "A".repeat(64)),
            Map.of("sha256", "a".repeat(63)),
            Map.of("sha256", "g".repeat(64)))) {
      assertThatThrownBy(() -> file("x.zip", hashes)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static RemoteFile file(String name, Map<String, String> hashes) {
    return new RemoteFile(
        name, "https://h/x", hashes, ">=3", true, "bad", "", 7, Map.of("sha256", SHA), true, "i");
  }
}
