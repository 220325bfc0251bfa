package io.github.wheelmirror.index;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer's bytes to a {@link Target} as they come and notes when the last ones came, so
 * that a silent server is noticed.
 */
final class BodySink implements BodySubscriber<Boolean> {

  /** Takes bytes; an exception ends the transfer. */
  interface Target {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** How much came, and when something came last. */
  static final class Progress {

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    void received(int count) {
      bytes.addAndGet(count);
      last.set(System.nanoTime());
    }

    long bytes() {
      return bytes.get();
    }

    /** As {@link System#nanoTime}. */
    long last() {
      return last.get();
    }
  }

  private final Target target;
  private final Progress progress;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

  BodySink(Target target, Progress progress) {
    this.target = target;
    this.progress = progress;
  }

  /** Reads and drops what an answer of no interest says, up to a bound. */
  static Target nowhere() {
    return new Target() {
      private long seen;

      @Override
      public void accept(ByteBuffer bytes) throws IOException {
        seen += bytes.remaining();
        if (seen > 65_536) {
          throw new IOException("an error page goes on without end");
        }
      }
    };
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription.set(newSubscription);
    newSubscription.request(1);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (done.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        progress.received(buffer.remaining());
        target.accept(buffer);
      }
    } catch (IOException | RuntimeException e) {
      abort(e);
      return;
    }
    Subscription current = subscription.get();
    if (current != null) {
      current.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    done.complete(true);
  }

  /** Stops the transfer; when this returns, the target gets no more bytes. */
  synchronized void abort(Throwable why) {
    done.completeExceptionally(why);
    Subscription current = subscription.get();
    if (current != null) {
      current.cancel();
    }
  }
}
