package io.github.wheelmirror.publish;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.StagedRelease;
import java.time.Instant;
import java.util.Objects;

/**
 * One line of a region's journal.
 *
 * @param operation what happened
 * @param slug the channel; "" for {@link Operation#PAGES}
 * @param from the snapshot that was current; "" for none
 * @param to the snapshot that becomes current; "" for {@link Operation#PAGES}
 * @param serial the channel's release number; 0 for {@link Operation#PAGES}
 * @param pageTime modification time given to new pages, in seconds since 1970; 0 elsewhere
 * @param at when, as an ISO instant
 * @param by who
 * @param origin as of the {@link io.github.wheelmirror.tree.Release}; left out where it is ""
 */
record JournalEntry(
    Operation operation,
    String slug,
    String from,
    String to,
    long serial,
    long pageTime,
    String at,
    Owner by,
    @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String origin) {

  /** What a line says. */
  enum Operation {
    /** New pages get a modification time that no page of the region had before. */
    @JsonProperty("pages")
    PAGES,
    /** The channel's pointer is about to move; open until {@link #DONE} or {@link #VOID}. */
    @JsonProperty("flip")
    FLIP,
    /** The flip with this serial happened, and all advisory files say so. */
    @JsonProperty("done")
    DONE,
    /** The flip with this serial did not happen. */
    @JsonProperty("void")
    VOID
  }

  JournalEntry {
    Objects.requireNonNull(operation);
    Objects.requireNonNull(slug);
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    Objects.requireNonNull(at);
    Objects.requireNonNull(by);
    Objects.requireNonNull(origin);
  }

  /** A release of this run that is about to happen. */
  static JournalEntry flip(StagedRelease staged, String from, long serial, Instant now) {
    return new JournalEntry(
        Operation.FLIP,
        staged.slug(),
        from,
        staged.snapshot(),
        serial,
        0,
        now.toString(),
        Owner.self(),
        staged.origin());
  }

  /** What it makes current. */
  Release release() {
    return new Release(slug, to, serial, at, origin);
  }

  /** The line that ends this flip. */
  JournalEntry ended(Operation end, String when) {
    return new JournalEntry(end, slug, from, to, serial, 0, when, Owner.self(), origin);
  }
}
