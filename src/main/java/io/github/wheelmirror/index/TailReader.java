package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.FileTail;
import io.github.wheelmirror.build.RemoteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the last bytes of files by a range (RFC 9110, 14). They are only looked at, so what goes
 * wrong is no failure: a server that would send the whole file instead is left at once, and no
 * other request is delayed or given up for it.
 */
final class TailReader {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 2;

  private final HttpExchange exchange;
  private final Counters counters;

  TailReader(HttpExchange exchange, Counters counters) {
    this.exchange = exchange;
    this.counters = counters;
  }

  /**
   * Of an {@code http:} or {@code https:} file.
   *
   * @throws MirrorException (machinery) only if the thread is interrupted
   */
  Optional<FileTail> fetch(RemoteFile file, int length) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Transfer transfer = new Transfer(file, length);
      try {
        return transfer.run();
      } catch (IOException e) {
        if (transfer.isVain) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        throw RetryPolicy.interrupted("reading the end of " + SafeUrl.of(file.url()), e);
      } catch (MirrorException | IllegalArgumentException e) {
        // refused, or no URL
        return Optional.empty();
      } finally {
        counters.bytes(transfer.fetched.get());
      }
    }
    return Optional.empty();
  }

  /** Of a local file. */
  static Optional<FileTail> read(Path file, int length) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, length));
      long start = size - buffer.capacity();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + buffer.position()) < 0) {
          return Optional.empty();
        }
      }
      return Optional.of(new FileTail(size, buffer.array()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** One attempt. */
  private final class Transfer {

    private final RemoteFile file;
    private final int length;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong fetched = new AtomicLong();
    private volatile boolean isVain;

    Transfer(RemoteFile file, int length) {
      this.file = file;
      this.length = length;
    }

    Optional<FileTail> run() throws IOException, InterruptedException {
      HttpExchange.Question question =
          new HttpExchange.Question(
              URI.create(file.url()),
              step -> Map.of("Accept-Encoding", "identity", "Range", range()),
              HttpExchange.Patience.upTo(LONGEST));
      HttpExchange.Answer answer = exchange.get(question, this::target);
      Matcher range = RANGE.matcher(answer.header("Content-Range").strip());
      if (answer.status() != 206 || !range.matches()) {
        return Optional.empty();
      }
      long last = Long.parseLong(range.group(2));
      long size = Long.parseLong(range.group(3));
      byte[] tail = bytes.toByteArray();
      boolean whole =
          last == size - 1
              && Long.parseLong(range.group(1)) == size - tail.length
              && tail.length == Math.min(length, size)
              && (file.size() < 0 || file.size() == size);
      return whole ? Optional.of(new FileTail(size, tail)) : Optional.empty();
    }

    /** Not every server knows the form without a first byte. */
    private String range() {
      return file.size() > 0
          ? "bytes=" + Math.max(0, file.size() - length) + "-" + (file.size() - 1)
          : "bytes=-" + length;
    }

    private BodySink.Target target(ResponseInfo info) {
      isVain = info.statusCode() != 206;
      return this::append;
    }

    private void append(ByteBuffer part) throws IOException {
      int count = part.remaining();
      fetched.addAndGet(count);
      isVain |= bytes.size() + count > length;
      if (isVain) {
        throw new IOException("the server sends more than the range");
      }
      byte[] copy = new byte[count];
      part.get(copy);
      bytes.writeBytes(copy);
    }
  }
}
