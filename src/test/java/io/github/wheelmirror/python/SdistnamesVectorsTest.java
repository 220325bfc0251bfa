package io.github.wheelmirror.python;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdistnamesVectorsTest {

  @Test
  void everyRowParsesToTheExpectedNameAndVersionOrIsRefused() {
    Vectors.assertAgree(
        Vectors.rows(Vectors.read("sdistnames")),
        row ->
            row.get("ok").asBoolean()
                ? List.of(
                    row.get("f").asText(), row.get("name").asText(), row.get("version").asText())
                : List.of("invalid"),
        row -> {
          try {
            SdistFilename sdist = SdistFilename.parse(row.get("f").asText());
            return List.of(sdist.toString(), sdist.name().value(), sdist.version().toString());
          } catch (InvalidSdistFilenameException e) {
            return List.of("invalid");
          }
        });
  }
}
