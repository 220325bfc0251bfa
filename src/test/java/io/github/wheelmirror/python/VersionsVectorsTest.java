package io.github.wheelmirror.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class VersionsVectorsTest {

  private final JsonNode file = Vectors.read("versions");

  @Test
  void everyRowIsValidOrNotAsExpected() {
    Vectors.assertAgree(
        Vectors.rows(file),
        row -> row.get("valid").asBoolean(),
        row -> Version.tryParse(row.get("s").asText()).isPresent());
  }

  @Test
  void everyValidRowHasTheExpectedParts() {
    Vectors.assertAgree(
        Vectors.rows(file).filter(row -> row.get("valid").asBoolean()),
        VersionsVectorsTest::expectedParts,
        row -> parts(Version.parse(row.get("s").asText())));
  }

  @Test
  void everyPairOfValidRowsIsOrderedByRank() {
    List<JsonNode> rows = Vectors.rows(file).filter(row -> row.get("valid").asBoolean()).toList();
    List<Version> versions = rows.stream().map(r -> Version.parse(r.get("s").asText())).toList();
    int[] ranks = rows.stream().mapToInt(r -> r.get("rank").asInt()).toArray();
    var wrong = new ArrayList<String>();
    for (int i = 0; i < ranks.length; i++) {
      for (int j = 0; j < ranks.length; j++) {
        Version left = versions.get(i);
        Version right = versions.get(j);
        int expected = Integer.signum(Integer.compare(ranks[i], ranks[j]));
        boolean same = left.equals(right) && left.hashCode() == right.hashCode();
        if (Integer.signum(left.compareTo(right)) != expected || same != (expected == 0)) {
          wrong.add(left + " against " + right + ": expected " + expected);
        }
      }
    }
    Assertions.assertThat(wrong.stream().limit(20))
        .as("%d pairs in the wrong order", wrong.size())
        .isEmpty();
  }

  private static Map<String, String> expectedParts(JsonNode row) {
    var parts = new TreeMap<String, String>();
    for (String field :
        List.of("str", "epoch", "post", "dev", "local", "public", "base", "isPre", "isPost")) {
      parts.put(field, row.get(field).isNull() ? "-" : row.get(field).asText());
    }
    parts.put("isDev", row.get("isDev").asText());
    parts.put("release", joined(row.get("release"), "."));
    parts.put("pre", row.get("pre").isNull() ? "-" : joined(row.get("pre"), ""));
    parts.put("canon", row.get("canon").asText());
    return parts;
  }

  private static String joined(JsonNode array, String separator) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return String.join(separator, texts);
  }

  private static Map<String, String> parts(Version version) {
    var parts = new TreeMap<String, String>();
    parts.put("str", version.toString());
    parts.put("epoch", version.epoch().toString());
    parts.put(
        "release",
        version.release().stream().map(Objects::toString).collect(Collectors.joining(".")));
    parts.put("pre", version.pre().map(Objects::toString).orElse("-"));
    parts.put("post", version.post().map(Objects::toString).orElse("-"));
    parts.put("dev", version.dev().map(Objects::toString).orElse("-"));
    parts.put("local", version.local().orElse("-"));
    parts.put("public", version.publicVersion().toString());
    parts.put("base", version.baseVersion().toString());
    parts.put("isPre", String.valueOf(version.isPreRelease()));
    parts.put("isPost", String.valueOf(version.isPostRelease()));
    parts.put("isDev", String.valueOf(version.isDevRelease()));
    parts.put("canon", version.withoutTrailingZeros().toString());
    return parts;
  }
}
