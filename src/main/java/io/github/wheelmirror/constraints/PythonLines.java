package io.github.wheelmirror.constraints;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes to lines as pip does it: byte order mark, coding line (PEP 263), {@code splitlines()}. */
final class PythonLines {

  private static final Pattern CODING = Pattern.compile("coding[:=]\\s*([-\\w.]+)");
  private static final Map<String, String> MARKS = new LinkedHashMap<>();

  static {
    // the longer marks first: UTF-32's begins with UTF-16's
    MARKS.put("efbbbf", "UTF-8");
    MARKS.put("fffe0000", "UTF-32LE");
    MARKS.put("0000feff", "UTF-32BE");
    MARKS.put("fffe", "UTF-16LE");
    MARKS.put("feff", "UTF-16BE");
  }

  private PythonLines() {}

  /** The bytes are not text. */
  static final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UndecodableException(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** The lines without their ends; as many as {@code str.splitlines()} gives. */
  static List<String> read(byte[] content) throws UndecodableException {
    return split(decode(content));
  }

  private static String decode(byte[] content) throws UndecodableException {
    String start = HexFormat.of().formatHex(content, 0, Math.min(4, content.length));
    for (Map.Entry<String, String> mark : MARKS.entrySet()) {
      if (start.startsWith(mark.getKey())) {
        int length = mark.getKey().length() / 2;
        byte[] rest = Arrays.copyOfRange(content, length, content.length);
        return decode(rest, Charset.forName(mark.getValue()));
      }
    }
    return decode(content, declared(content));
  }

  private static String decode(byte[] content, Charset charset) throws UndecodableException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer text = CharBuffer.allocate(content.length + 1);
    CharsetDecoder decoder = charset.newDecoder();
    CoderResult result = decoder.decode(bytes, text, true);
    if (!result.isError()) {
      result = decoder.flush(text);
    }
    text.flip();
    if (result.isUnderflow()) {
      return text.toString();
    }
    long line = 1 + text.chars().filter(c -> c == '\n').count();
    String first = HexFormat.of().toHexDigits(bytes.hasRemaining() ? bytes.get() : 0);
    throw new UndecodableException(
        "it is not " + charset.name() + ": line " + line + " has the byte 0x" + first);
  }

  /** The charset that a comment in the first two lines names, else UTF-8. */
  private static Charset declared(byte[] content) throws UndecodableException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\n", 3);
    for (String line : Arrays.asList(lines).subList(0, Math.min(2, lines.length))) {
      Matcher coding = CODING.matcher(line);
      if (line.startsWith("#") && coding.find()) {
        return charset(coding.group(1));
      }
    }
    return StandardCharsets.UTF_8;
  }

  private static Charset charset(String python) throws UndecodableException {
    String name = python.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return switch (name) {
        case "latin-1", "iso-latin-1" -> StandardCharsets.ISO_8859_1;
        case "utf-8-sig" -> StandardCharsets.UTF_8;
        default -> Charset.forName(name);
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new UndecodableException("its coding line names " + python);
    }
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isLineEnd(c)) {
        lines.add(text.substring(start, i));
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1C && c <= 0x1E)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
