package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.Conversation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A Python that has a build back-end imported and forks a child for each job ({@code
 * warm_builder.py}). Safe for threads.
 */
final class WarmBuilder implements AutoCloseable {

  /** For starting and importing. */
  private static final Duration START = Duration.ofMinutes(2);

  /** What a builder may need to end a job that went too far, and to say so. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Map<String, CompletableFuture<HookEnd>> jobs = new ConcurrentHashMap<>();
  private final CompletableFuture<String> unfit = new CompletableFuture<>();
  private final Conversation conversation;
  private volatile boolean over;

  /**
   * Starts one.
   *
   * @param start starts the program for a listener
   */
  WarmBuilder(Function<Conversation.Listener, Conversation> start) {
    this.conversation =
        start.apply(
            new Conversation.Listener() {
              @Override
              public void said(String line) {
                WarmBuilder.this.said(line);
              }

              @Override
              public void ended() {
                over = true;
                unfit.complete("it ended when it was started");
                jobs.values().forEach(job -> job.complete(HookEnd.lost()));
              }
            });
  }

  private void said(String line) {
    JsonNode event;
    try {
      event = Json.tree(line.getBytes(StandardCharsets.UTF_8), "a builder's line");
    } catch (MirrorException noJson) {
      // something else printed it: the job it belongs to will time out
      return;
    }
    if (event.path("event").asText().equals("ready")) {
      unfit.complete(event.path("unfit").asText());
    }
    if (event.path("event").asText().equals("end")) {
      CompletableFuture<HookEnd> job = jobs.get(event.path("id").asText());
      if (job != null) {
        job.complete(HookEnd.of(event));
      }
    }
  }

  /**
   * Why no job may be forked from it; empty if it is fit. Waits until it is known.
   *
   * @throws InterruptedException when the thread is
   */
  String unfit() throws InterruptedException {
    try {
      return unfit.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "it did not start in time";
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a job to its end.
   *
   * @throws InterruptedException when the thread is; the job has ended then too
   */
  HookEnd run(WarmJob job) throws InterruptedException {
    CompletableFuture<HookEnd> end = new CompletableFuture<>();
    if (jobs.putIfAbsent(job.id(), end) != null) {
      throw new IllegalStateException("job " + job.id() + " runs already");
    }
    try {
      if (over) {
        return HookEnd.lost();
      }
      conversation.say(Json.line(job));
      long limit = (long) (job.seconds() * 1000) + GRACE.toMillis();
      return end.get(limit, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      return HookEnd.lost();
    } catch (TimeoutException e) {
      // it does not watch any more, whatever it does: nothing that it does may go on
      conversation.kill();
      return HookEnd.lost();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      end(job.id(), end);
      throw e;
    } finally {
      jobs.remove(job.id());
    }
  }

  /** Whether it has ended, so that another one is needed. */
  boolean isOver() {
    return over;
  }

  private void end(String id, CompletableFuture<HookEnd> end) {
    try {
      conversation.say(Json.line(Map.of("kill", id)));
      HookEnd unused = end.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException | TimeoutException | ExecutionException | InterruptedException e) {
      conversation.kill();
    }
  }

  @Override
  public void close() {
    conversation.close();
  }
}
