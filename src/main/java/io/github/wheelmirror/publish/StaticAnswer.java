package io.github.wheelmirror.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server answers.
 *
 * @param status the HTTP status
 * @param headers all but {@code Content-Length}
 * @param body what is sent
 */
record StaticAnswer(int status, Map<String, String> headers, Body body) {
  private static final int BUFFER = 1 << 16;

  StaticAnswer {
    headers = Map.copyOf(headers);
  }

  /** Bytes to send. */
  interface Body {
    /** How many; negative for an answer that has no body by its status. */
    long length();

    /** Sends them. */
    void write(OutputStream out) throws IOException;
  }

  /** A text of this server's own. */
  static StaticAnswer text(int status, String mediaType, String text) {
    return new StaticAnswer(status, Map.of("Content-Type", mediaType), new Text(text));
  }

  /** A line that says what is wrong. */
  static StaticAnswer words(int status, String words) {
    return text(status, "text/plain; charset=utf-8", words + "\n");
  }

  /** An answer that has no body by its status. */
  static StaticAnswer bodiless(int status) {
    return new StaticAnswer(status, Map.of(), new None());
  }

  /** A file or a part of it. */
  static StaticAnswer file(int status, String mediaType, Path file, ByteRange range) {
    return new StaticAnswer(status, Map.of("Content-Type", mediaType), new Part(file, range));
  }

  /** The same answer with one more header. */
  StaticAnswer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new StaticAnswer(status, more, body);
  }

  private record None() implements Body {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public void write(OutputStream out) {}
  }

  private record Text(String text) implements Body {
    @Override
    public long length() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void write(OutputStream out) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private record Part(Path file, ByteRange range) implements Body {
    @Override
    public long length() {
      return range.length();
    }

    @Override
    public void write(OutputStream out) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long at = range.first();
        long left = range.length();
        while (left > 0) {
          buffer.clear().limit((int) Math.min(BUFFER, left));
          int read = channel.read(buffer, at);
          if (read < 0) {
            throw new IOException(file + " became shorter while it was sent");
          }
          out.write(buffer.array(), 0, read);
          at += read;
          left -= read;
        }
      }
    }
  }
}
