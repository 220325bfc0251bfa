package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Repeats what fails for a passing reason, waiting twice as long each time, with jitter so that
 * parallel requests do not come back together; a server's {@code Retry-After} is heeded up to a
 * bound. After three things in a row were given up, the next ones get one attempt each until one
 * succeeds.
 */
final class RetryPolicy {

  /** The longest wait before an attempt, whatever the server asks for. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration FIRST = Duration.ofMillis(500);

  private static final int HOPELESS = 3;

  private final int retries;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final DoubleSupplier jitter;
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicInteger givenUpInARow = new AtomicInteger();

  /**
   * Makes a policy.
   *
   * @param retries attempts after the first one
   * @param jitter numbers from 0 to 1
   */
  RetryPolicy(int retries, Sleeper sleeper, InstantSource clock, DoubleSupplier jitter) {
    this.retries = retries;
    this.sleeper = sleeper;
    this.clock = clock;
    this.jitter = jitter;
  }

  /** One attempt; an {@link IOException} is a passing failure. */
  interface Attempt<T> {
    T once() throws IOException, InterruptedException;
  }

  /**
   * The first success.
   *
   * @param what what is being done, for the message
   * @throws MirrorException (machinery) after the last failure, or at once where repeating is vain
   */
  <T> T run(String what, Attempt<T> attempt) {
    for (int failures = 0; ; failures++) {
      try {
        T result = attempt.once();
        givenUpInARow.set(0);
        return result;
      } catch (IOException e) {
        if (isAboutTrust(e)) {
          throw untrusted(what, e);
        }
        // When nothing answers at all, hundreds of projects need not each wait for it.
        if (failures >= retries || givenUpInARow.get() >= HOPELESS) {
          givenUpInARow.incrementAndGet();
          throw exhausted(what, failures + 1, e);
        }
        repeated.incrementAndGet();
        pause(what, failures, e);
      } catch (InterruptedException e) {
        throw interrupted(what, e);
      }
    }
  }

  /** How many attempts were repetitions. */
  long repeated() {
    return repeated.get();
  }

  /** The failure of an answer that says "later": its status and how long it asks to wait. */
  TransientFailure busy(HttpResponse<?> response) {
    Duration wait =
        response.headers().firstValue("Retry-After").flatMap(this::parsed).orElse(Duration.ZERO);
    return new TransientFailure("the server answered " + response.statusCode(), wait);
  }

  /** Whether the status may be another one soon. */
  static boolean isPassing(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  static MirrorException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return MirrorException.machinery(
        what + " was interrupted", "the run is being stopped", "run the goal again", e);
  }

  private void pause(String what, int failures, IOException failure) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures, 10));
    wait = Duration.ofMillis(Math.round(wait.toMillis() * (0.5 + jitter.getAsDouble() / 2)));
    if (failure instanceof TransientFailure passing && passing.retryAfter().compareTo(wait) > 0) {
      wait = passing.retryAfter();
    }
    try {
      sleeper.sleep(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  /** Seconds or an HTTP date (RFC 9110, 10.2.3); empty for anything else. */
  private Optional<Duration> parsed(String retryAfter) {
    String text = retryAfter.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isAboutTrust(IOException e) {
    Throwable cause = e;
    for (int depth = 0; depth < 20 && cause != null; depth++) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static MirrorException untrusted(String what, IOException e) {
    return MirrorException.machinery(
        what + " failed",
        "the server's certificate is not trusted: " + e.getMessage(),
        "name the right certificates in PIP_CERT (a PEM file), or the host in pip's trusted-host",
        e);
  }

  private static MirrorException exhausted(String what, int attempts, IOException e) {
    return MirrorException.machinery(
        what + " failed",
        Printable.of(IoWords.of(e)) + ", " + (attempts == 1 ? "once" : attempts + " times"),
        "see whether the server can be reached from here (proxy: https_proxy, certificates:"
            + " PIP_CERT); then run the goal again",
        e);
  }
}
