package io.github.wheelmirror.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** A project page in JSON (PEP 691 with 700 and 714), read file by file. */
final class JsonProjectPage {

  private static final ObjectReader READER =
      new JsonMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .build())
                  .build())
          .reader();

  private JsonProjectPage() {}

  /**
   * Adds the page's files; unknown keys are passed over.
   *
   * @param url what links are relative to
   * @throws MalformedPageException if it is no JSON page of version 1
   */
  static void read(byte[] body, URI url, PageFiles files) throws MalformedPageException {
    try (JsonParser parser = READER.createParser(body)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals("meta")) {
          files.version(version(parser.readValueAsTree()));
        } else if (key.equals("files")) {
          expect(value == JsonToken.START_ARRAY, "its 'files' is no list");
          readFiles(parser, url, files);
        } else {
          parser.skipChildren();
        }
      }
      expect(parser.nextToken() == null, "something follows after its end");
    } catch (MalformedPageException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedPageException("it is no JSON: " + firstLine(e), e);
    }
  }

  private static void readFiles(JsonParser parser, URI url, PageFiles files) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode file = parser.readValueAsTree();
      String name = file.path("filename").asText("");
      try {
        files.add(url, entry(file));
      } catch (IllegalArgumentException e) {
        files.ignore(name, String.valueOf(e.getMessage()));
      }
    }
  }

  private static PageEntry entry(JsonNode file) {
    JsonNode yanked = file.path("yanked");
    if (!yanked.isMissingNode() && !yanked.isNull() && !yanked.isBoolean() && !yanked.isTextual()) {
      throw new IllegalArgumentException("its 'yanked' is neither a boolean nor a text");
    }
    JsonNode metadata = metadata(file);
    String filename = text(file, "filename");
    String link = text(file, "url");
    if (filename.isEmpty() || link.isEmpty()) {
      throw new IllegalArgumentException("it has no 'filename' or no 'url'");
    }
    return new PageEntry(
        filename,
        link,
        hashes(file.path("hashes"), "hashes"),
        text(file, "requires-python"),
        yanked.isTextual() ? !yanked.textValue().isEmpty() : yanked.asBoolean(false),
        yanked.isTextual() ? yanked.textValue() : "",
        file.path("upload-time").asText(""),
        size(file.path("size")),
        metadata.isObject() ? hashes(metadata, "core-metadata") : Map.of(),
        metadata.isObject() || metadata.asBoolean(false));
  }

  /** The new name of the key, else one of the old ones (PEP 714). */
  private static JsonNode metadata(JsonNode file) {
    for (String key : new String[] {"core-metadata", "dist-info-metadata"}) {
      JsonNode value = file.path(key);
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return file.path("data-dist-info-metadata");
  }

  private static String text(JsonNode file, String key) {
    JsonNode value = file.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("its '" + key + "' is no text");
    }
    return value.textValue();
  }

  private static Map<String, String> hashes(JsonNode hashes, String key) {
    Map<String, String> all = new TreeMap<>();
    if (hashes.isMissingNode() || hashes.isNull()) {
      return all;
    }
    if (!hashes.isObject()) {
      throw new IllegalArgumentException("its '" + key + "' is no object");
    }
    hashes
        .properties()
        .forEach(
            hash -> {
              if (!hash.getValue().isTextual()) {
                throw new IllegalArgumentException("its hash " + hash.getKey() + " is no text");
              }
              all.put(hash.getKey(), hash.getValue().textValue());
            });
    return all;
  }

  private static long size(JsonNode size) {
    if (size.isMissingNode() || size.isNull()) {
      return -1;
    }
    if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
      throw new IllegalArgumentException("its 'size' is no number of bytes");
    }
    return size.longValue();
  }

  private static String version(JsonNode meta) throws MalformedPageException {
    expect(meta.isObject(), "its 'meta' is no object");
    return meta.path("api-version").asText("");
  }

  private static void expect(boolean condition, String otherwise) throws MalformedPageException {
    if (!condition) {
      throw new MalformedPageException(otherwise, null);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
