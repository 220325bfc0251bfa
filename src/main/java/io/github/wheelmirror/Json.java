package io.github.wheelmirror;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one place that turns records into JSON text and back.
 *
 * <p>Text is UTF-8 with {@code \n} line ends and a final newline; record components keep their
 * order and maps are sorted, so the same value always has the same bytes and the same digest.
 * Unknown fields are refused except by {@link #tree}: a file from a newer version must not be half
 * understood.
 */
public final class Json {

  /** Marks a text that may be left out, with {@code @JacksonInject}: it is {@code ""} then. */
  public static final String NO_TEXT = "no text";

  /** As {@link #NO_TEXT} for a record's second such text: Jackson takes each mark once. */
  public static final String NO_SECOND_TEXT = "no second text";

  /** Marks a list that may be left out, with {@code @JacksonInject}: it is empty then. */
  public static final String NO_LIST = "no list";

  /** As {@link #NO_LIST} for a record's second such list. */
  public static final String NO_SECOND_LIST = "no second list";

  /** As {@link #NO_LIST} for a record's third such list. */
  public static final String NO_THIRD_LIST = "no third list";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
          .injectableValues(
              new InjectableValues.Std()
                  .addValue(NO_TEXT, "")
                  .addValue(NO_SECOND_TEXT, "")
                  .addValue(NO_LIST, List.of())
                  .addValue(NO_SECOND_LIST, List.of())
                  .addValue(NO_THIRD_LIST, List.of()))
          .build();

  private static final ObjectMapper WRITTEN =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .build();

  private static final ObjectWriter PRETTY =
      MAPPER.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private static final ObjectWriter LINES = MAPPER.writer(new MinimalPrettyPrinter("\n"));

  private Json() {}

  /** The value as indented JSON. */
  public static byte[] write(Object value) {
    return write((Content) out -> PRETTY.writeValue(out, value));
  }

  /** Writes the same to a stream, for what is too large for memory. */
  public static void write(Object value, OutputStream to) throws IOException {
    write(out -> PRETTY.writeValue(out, value), to);
  }

  /** A value that is written piece by piece; maps and lists of it would take longer. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the fields of its objects in the order of their names. */
    void write(JsonGenerator out) throws IOException;
  }

  /** The value as indented JSON, with the bytes that {@link #write(Object)} gives. */
  public static byte[] write(Content content) {
    var bytes = new ByteArrayOutputStream(1 << 12);
    try {
      write(content, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the same to a stream. */
  public static void write(Content content, OutputStream to) throws IOException {
    write(
        PRETTY,
        out -> {
          content.write(out);
          out.writeRaw('\n');
        },
        to);
  }

  /** Writes values as JSON, each on a line with an end; nothing if there are none. */
  public static void lines(Content content, OutputStream to) throws IOException {
    write(
        LINES,
        out -> {
          content.write(out);
          if (out.getOutputContext().hasCurrentIndex()) {
            out.writeRaw('\n');
          }
        },
        to);
  }

  /** Half a character, which a text from outside may have, becomes a question mark. */
  private static void write(ObjectWriter writer, Content content, OutputStream to)
      throws IOException {
    var text = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    // closing it closes no stream of the caller's
    try (JsonGenerator out =
        writer.createGenerator(text).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      content.write(out);
    }
    text.flush();
  }

  /** The value as JSON on a single line, for journals and pages; no line end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a value that {@link #write} or {@link #line} wrote.
   *
   * @param where the file or URL, for the message
   * @throws MirrorException (input) if the text is not JSON or has another shape
   */
  public static <T> T read(byte[] json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  /**
   * Reads a value that a person wrote: comments may be in it, what is left out keeps its default,
   * and a mistake is told with its line and column.
   *
   * @param where the file, for the message
   * @throws MirrorException (input) if the text is not JSON or has another shape
   */
  public static <T> T readWritten(byte[] json, Class<T> type, String where) {
    try {
      return WRITTEN.readValue(json, type);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new MirrorException(
          MirrorException.Kind.INPUT,
          where
              + (place == null
                  ? ""
                  : ", line " + place.getLineNr() + ", column " + place.getColumnNr())
              + ": it cannot be read",
          mistake(e),
          "correct it there",
          e);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  private static String mistake(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Set<String> known = new TreeSet<>();
      unknown.getKnownPropertyIds().forEach(name -> known.add(String.valueOf(name)));
      return "there is no '"
          + unknown.getPropertyName()
          + "'; there are "
          + String.join(", ", known);
    }
    return e.getCause() instanceof JsonParseException syntax
        ? syntax.getOriginalMessage()
        : reason(e);
  }

  /**
   * Reads any JSON document without a fixed shape.
   *
   * @param where the file or URL, for the message
   * @throws MirrorException (input) if the text is not JSON
   */
  public static JsonNode tree(byte[] json, String where) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  /** Where the content is not what is expected; what the library says of it is for developers. */
  private static String reason(IOException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage());
    }
    if (e instanceof JsonMappingException mapping) {
      StringBuilder path = new StringBuilder();
      for (JsonMappingException.Reference step : mapping.getPath()) {
        path.append(
            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
      }
      return "its content is of another kind" + (path.isEmpty() ? "" : ", see " + path);
    }
    return e instanceof JsonProcessingException j ? j.getOriginalMessage() : IoWords.of(e);
  }

  private static MirrorException unreadable(String where, IOException e) {
    return new MirrorException(
        MirrorException.Kind.INPUT,
        where + " cannot be read",
        reason(e),
        "delete it and run the goal that writes it again, or copy it again from where it was made",
        e);
  }
}
