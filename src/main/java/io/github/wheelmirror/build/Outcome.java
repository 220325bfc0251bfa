package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import java.util.Objects;
import java.util.Optional;

/** How one pin on one target ended: a closed list. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Reused.class, name = "reused"),
  @JsonSubTypes.Type(value = Outcome.Mirrored.class, name = "mirrored"),
  @JsonSubTypes.Type(value = Outcome.Built.class, name = "built"),
  @JsonSubTypes.Type(value = Outcome.Upstream.class, name = "upstream"),
  @JsonSubTypes.Type(value = Outcome.NotApplicable.class, name = "not-applicable"),
  @JsonSubTypes.Type(value = Outcome.Excluded.class, name = "excluded"),
  @JsonSubTypes.Type(value = Outcome.Unsatisfiable.class, name = "unsatisfiable"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
})
public sealed interface Outcome {

  /** The state's name as in JSON, for tables and counts. */
  String label();

  /** Whether a client finds the pin: on the mirror, or upstream in skip mode. */
  default boolean served() {
    return false;
  }

  /** The wheel on the mirror that serves the pin. */
  default Optional<Wheel> wheel() {
    return Optional.empty();
  }

  /**
   * Names one file: two platform slugs may have different bytes under one file name, so the name
   * alone would not do.
   */
  record Wheel(String filename, String sha256) {
    public Wheel {
      Check.filename(filename);
      Check.digest(sha256, filename + "'s digest");
    }
  }

  /** An earlier own build serves it. */
  record Reused(String filename, String sha256) implements Outcome {
    public Reused {
      Check.filename(filename);
      Check.digest(sha256, filename + "'s digest");
    }

    @Override
    public String label() {
      return "reused";
    }

    @Override
    public boolean served() {
      return true;
    }

    @Override
    public Optional<Wheel> wheel() {
      return Optional.of(new Wheel(filename, sha256));
    }
  }

  /** An upstream wheel was copied. */
  record Mirrored(String filename, String sha256) implements Outcome {
    public Mirrored {
      Check.filename(filename);
      Check.digest(sha256, filename + "'s digest");
    }

    @Override
    public String label() {
      return "mirrored";
    }

    @Override
    public boolean served() {
      return true;
    }

    @Override
    public Optional<Wheel> wheel() {
      return Optional.of(new Wheel(filename, sha256));
    }
  }

  /** It was built in this run. */
  record Built(String filename, String sha256) implements Outcome {
    public Built {
      Check.filename(filename);
      Check.digest(sha256, filename + "'s digest");
    }

    @Override
    public String label() {
      return "built";
    }

    @Override
    public boolean served() {
      return true;
    }

    @Override
    public Optional<Wheel> wheel() {
      return Optional.of(new Wheel(filename, sha256));
    }
  }

  /**
   * The upstream index serves it.
   *
   * @param sha256 as the index told it when this was planned, {@code ""} if it told none
   */
  record Upstream(
      String filename,
      @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          String sha256)
      implements Outcome {
    public Upstream {
      Check.filename(filename);
      Check.digestOrEmpty(sha256, filename + "'s digest");
    }

    @Override
    public String label() {
      return "upstream";
    }

    @Override
    public boolean served() {
      return true;
    }
  }

  /** The constraint's marker is false on the target. */
  record NotApplicable(String marker) implements Outcome {
    public NotApplicable {
      Objects.requireNonNull(marker);
    }

    @Override
    public String label() {
      return "not-applicable";
    }
  }

  /** The configuration leaves it out. */
  record Excluded(String reason, String expires) implements Outcome {
    public Excluded {
      Check.notBlank(reason, "the reason of an exclude");
      Objects.requireNonNull(expires);
    }

    @Override
    public String label() {
      return "excluded";
    }
  }

  /** The index has nothing that could serve it. */
  record Unsatisfiable(UnsatisfiableReason reason, String words) implements Outcome {
    public Unsatisfiable {
      Objects.requireNonNull(reason);
      Check.notBlank(words, "the words of an unsatisfiable pin");
    }

    @Override
    public String label() {
      return "unsatisfiable";
    }
  }

  /**
   * A download or build went wrong; the words are those of a {@link Diagnosis}.
   *
   * @param log path of the whole log relative to the workspace, {@code ""} for none
   */
  record Failed(FailureClass failureClass, String symptom, String why, String fix, String log)
      implements Outcome {
    public Failed {
      Objects.requireNonNull(failureClass);
      Check.notBlank(symptom, "the symptom of a failure");
      Check.notBlank(why, "why it failed");
      Objects.requireNonNull(fix);
      Objects.requireNonNull(log);
      if (log.startsWith("/")) {
        throw new IllegalArgumentException("a log path is relative: " + log);
      }
    }

    @Override
    public String label() {
      return "failed";
    }
  }
}
