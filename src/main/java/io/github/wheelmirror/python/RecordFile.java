package io.github.wheelmirror.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code RECORD} of a wheel: its files with hashes and sizes, as CSV (recording installed
 * packages, PEP 376, 427, 627).
 */
public final class RecordFile {

  private static final int FIELDS = 3;

  private final Map<String, RecordEntry> entries;

  private RecordFile(List<RecordEntry> entries) {
    Map<String, RecordEntry> byPath = new LinkedHashMap<>();
    for (RecordEntry entry : entries) {
      if (byPath.putIfAbsent(entry.path(), entry) != null) {
        throw invalid(InvalidTextException.quote(entry.path()) + " is listed twice");
      }
    }
    this.entries = Collections.unmodifiableMap(byPath);
  }

  /**
   * A file with these entries, in this order.
   *
   * @throws InvalidRecordException if two have the same path
   */
  public static RecordFile of(List<RecordEntry> entries) {
    return new RecordFile(entries);
  }

  /**
   * Reads the bytes of a file. Weak or missing hashes are accepted here and shown by the entries.
   *
   * @throws InvalidRecordException if it is not UTF-8 or not CSV of three fields in each line; if a
   *     path is given twice, absolute, or has a backslash or a segment {@code ..}; if a hash is not
   *     {@code algorithm=base64} or a size not a number
   */
  public static RecordFile parse(byte[] bytes) {
    try {
      // a new decoder, unlike String, reports what is malformed
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text);
    } catch (CharacterCodingException e) {
      throw invalid("not UTF-8");
    }
  }

  private static RecordFile parse(String text) {
    List<RecordEntry> entries = new ArrayList<>();
    CsvReader csv = new CsvReader(text);
    while (csv.hasNext()) {
      List<String> fields = csv.next();
      if (fields.isEmpty()) {
        // no pip installs such a wheel
        throw invalid("a line is empty");
      }
      if (fields.size() != FIELDS) {
        throw invalid("a line has " + fields.size() + " fields instead of " + FIELDS);
      }
      entries.add(RecordEntry.parse(fields.get(0), fields.get(1), fields.get(2)));
    }
    return new RecordFile(entries);
  }

  private static InvalidRecordException invalid(String reason) {
    return new InvalidRecordException("invalid RECORD: " + reason);
  }

  /** All entries, in order. */
  public List<RecordEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The entry of a file. */
  public Optional<RecordEntry> entry(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** The bytes of a file that {@link #parse(byte[])} reads to an equal one. */
  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordFile that && entries().equals(that.entries());
  }

  @Override
  public int hashCode() {
    return entries().hashCode();
  }

  /** The text of the file, lines ended by {@code \n}. */
  @Override
  public String toString() {
    return entries.values().stream().map(entry -> entry + "\n").collect(Collectors.joining());
  }
}
