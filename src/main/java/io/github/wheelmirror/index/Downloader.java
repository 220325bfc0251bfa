package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.Downloaded;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.WrongFileException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings files to their final names: goes on where an interrupted download stopped, and lets
 * nothing through that is not what the index promised.
 */
final class Downloader {

  private static final Pattern WHOLE_SIZE = Pattern.compile("bytes \\d+-\\d+/(\\d{1,18})");

  private final HttpExchange exchange;
  private final RetryPolicy retries;
  private final Counters counters;
  private final long mostBytes;
  private final HttpExchange.Patience patience;

  /**
   * Makes a downloader.
   *
   * @param mostBytes the biggest file whose size the index does not tell
   */
  Downloader(
      HttpExchange exchange,
      RetryPolicy retries,
      Counters counters,
      long mostBytes,
      HttpExchange.Patience patience) {
    this.exchange = exchange;
    this.retries = retries;
    this.counters = counters;
    this.mostBytes = mostBytes;
    this.patience = patience;
  }

  /** Downloads an {@code http:} or {@code https:} file. */
  Downloaded fetch(RemoteFile file, Path target) {
    URI url = url(file);
    return bring(
        file,
        target,
        part -> {
          Transfer transfer = new Transfer(file, url, part);
          retries.run("downloading " + SafeUrl.of(url), transfer::attempt);
          counters.download();
          counters.bytes(transfer.fetched.get());
          return transfer.fetched.get();
        });
  }

  /** Copies a local file under the same checks. */
  Downloaded copy(RemoteFile file, Path source, Path target) {
    return bring(
        file,
        target,
        part -> {
          part.restart();
          ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
          try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            while (in.read(buffer) >= 0) {
              part.append(buffer.flip());
              buffer.clear();
            }
          } catch (IOException e) {
            throw MirrorException.machinery(
                file.url() + " cannot be read", IoWords.of(e), "make the file readable", e);
          }
          return 0;
        });
  }

  /** Fills the part and tells how many bytes came over the network. */
  private interface Source {
    long fill(PartFile part);
  }

  private Downloaded bring(RemoteFile file, Path target, Source source) {
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "target's folder");
    try {
      Optional<Downloaded> present = present(file, target);
      if (present.isPresent()) {
        return present.get();
      }
      // Without a hash nobody can tell whether old and new bytes belong together.
      boolean resumable = !file.hashes().isEmpty();
      String key = resumable ? file.hashes().values().iterator().next() : "unhashed";
      long most = resumable ? (file.size() >= 0 ? file.size() : mostBytes) : 0;
      try (PartFile part =
          PartFile.open(folder.resolve(".tmp"), key, file.hashes().keySet(), most)) {
        if (resumable) {
          part.keepWhenClosed();
        }
        return complete(file, target, source, part);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          target + " cannot be written",
          IoWords.of(e),
          "make room on that disk, or make the folder writable for this user",
          e);
    }
  }

  private static Optional<Downloaded> present(RemoteFile file, Path target) throws IOException {
    if (file.hashes().isEmpty() || !Files.isRegularFile(target)) {
      return Optional.empty();
    }
    Hashes hashes = Hashes.of(target, file.hashes().keySet());
    long size = hashes.size();
    Map<String, String> found = hashes.finish();
    return firstDifference(file, found).isPresent()
        ? Optional.empty()
        : Optional.of(new Downloaded(sha256(found), size, 0));
  }

  private static Downloaded complete(RemoteFile file, Path target, Source source, PartFile part)
      throws IOException {
    long fetched = source.fill(part);
    long size = part.size();
    Map<String, String> found = part.digests();
    if (firstDifference(file, found).isPresent()) {
      part.restart();
      fetched += source.fill(part);
      size = part.size();
      found = part.digests();
    }
    Optional<String> difference = firstDifference(file, found);
    if (difference.isPresent()) {
      part.restart();
      throw new WrongFileException(
          SafeUrl.of(file.url()) + " is not the file that the index promised",
          difference.get() + "; it was fetched twice",
          "something between here and the index changes files or serves old ones: tell its"
              + " operator, or exclude the pin with a reason");
    }
    part.moveTo(target);
    return new Downloaded(sha256(found), size, fetched);
  }

  private static Optional<String> firstDifference(RemoteFile file, Map<String, String> found) {
    for (Entry<String, String> promised : file.hashes().entrySet()) {
      String actual = found.getOrDefault(promised.getKey(), "");
      if (!actual.equals(promised.getValue())) {
        return Optional.of(
            promised.getKey() + " is " + actual + " instead of " + promised.getValue());
      }
    }
    return Optional.empty();
  }

  private static String sha256(Map<String, String> digests) {
    return Objects.requireNonNull(digests.get("sha256"));
  }

  private static URI url(RemoteFile file) {
    try {
      URI url = new URI(file.url());
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw unusable(file);
    }
    throw unusable(file);
  }

  private static MirrorException unusable(RemoteFile file) {
    return MirrorException.input(
        file.filename() + " cannot be downloaded",
        "'" + SafeUrl.of(file.url()) + "' is no http or https URL",
        "make the plan again: mvn wheel-mirror:plan");
  }

  /** One file's way over the network, with as many attempts as the retries allow. */
  private final class Transfer {

    private final RemoteFile file;
    private final URI url;
    private final PartFile part;
    private volatile String etag = "";
    private final AtomicLong fetched = new AtomicLong();

    Transfer(RemoteFile file, URI url, PartFile part) {
      this.file = file;
      this.url = url;
      this.part = part;
    }

    /** Returns true; asks for what is missing only. */
    boolean attempt() throws IOException, InterruptedException {
      if (file.hashes().isEmpty() && etag.isEmpty()) {
        // nobody could tell whether the rest belongs to what came before
        part.restart();
      }
      long begin = part.size();
      if (file.size() >= 0 && begin == file.size() && begin > 0) {
        return true;
      }
      HttpExchange.Question question =
          new HttpExchange.Question(url, step -> headers(begin), patience);
      HttpExchange.Answer answer = exchange.get(question, info -> target(info, begin));
      if (answer.status() == 416) {
        part.restart();
        throw new IOException("the server has fewer bytes than were fetched before");
      }
      if (answer.status() != 200 && answer.status() != 206) {
        throw absent(answer);
      }
      long whole = file.size() >= 0 ? file.size() : wholeSize(answer.header("Content-Range"));
      if (part.size() < whole) {
        throw new IOException("only " + part.size() + " of " + whole + " bytes came");
      }
      return true;
    }

    /** What a range is a part of; 0 if that is not told. */
    private static long wholeSize(String range) {
      Matcher matcher = WHOLE_SIZE.matcher(range.strip());
      return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private Map<String, String> headers(long begin) {
      Map<String, String> headers = new HashMap<>();
      headers.put("Accept-Encoding", "identity");
      if (begin > 0) {
        headers.put("Range", "bytes=" + begin + "-");
        if (!etag.isEmpty()) {
          headers.put("If-Range", etag);
        }
      }
      return headers;
    }

    private BodySink.Target target(ResponseInfo info, long begin) {
      String range = info.headers().firstValue("Content-Range").orElse("");
      if (info.statusCode() == 206 && !range.strip().startsWith("bytes " + begin + "-")) {
        return bytes -> {
          part.restart();
          throw new IOException("the server answered with another range: " + range);
        };
      }
      if (info.statusCode() == 200) {
        part.restart();
      }
      String newEtag = info.headers().firstValue("ETag").orElse("");
      // A weak one does not promise the same bytes.
      etag = newEtag.startsWith("W/") ? "" : newEtag;
      return this::append;
    }

    private void append(ByteBuffer bytes) {
      long most = file.size() >= 0 ? file.size() : mostBytes;
      fetched.addAndGet(bytes.remaining());
      if (part.size() + bytes.remaining() > most) {
        part.restart();
        throw new WrongFileException(
            SafeUrl.of(url) + " is not the file that the index promised",
            "it is bigger than " + most + " bytes",
            "tell the index's operator, or exclude the pin with a reason");
      }
      part.append(bytes);
    }

    private MirrorException absent(HttpExchange.Answer answer) {
      return MirrorException.machinery(
          SafeUrl.of(url) + " cannot be downloaded",
          "the server answered " + answer.status() + " although the index lists the file",
          "make the plan again: mvn wheel-mirror:plan; if the index still lists it, tell its"
              + " operator",
          null);
    }
  }
}
