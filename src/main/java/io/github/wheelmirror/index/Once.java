package io.github.wheelmirror.index;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A value that the first caller computes and all others wait for; a failure is kept too. */
final class Once<T> {

  private final Supplier<T> supplier;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<T> value = new CompletableFuture<>();

  Once(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  T get() {
    if (begun.compareAndSet(false, true)) {
      try {
        value.complete(supplier.get());
      } catch (RuntimeException | Error e) {
        value.completeExceptionally(e);
      }
    }
    try {
      return value.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
