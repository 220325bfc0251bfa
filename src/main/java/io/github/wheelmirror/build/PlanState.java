package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import java.util.Objects;

/** What the plan intends for one pin on one target: a closed list. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PlanState.Reuse.class, name = "reuse"),
  @JsonSubTypes.Type(value = PlanState.Mirror.class, name = "mirror"),
  @JsonSubTypes.Type(value = PlanState.Upstream.class, name = "upstream"),
  @JsonSubTypes.Type(value = PlanState.Build.class, name = "build"),
  @JsonSubTypes.Type(value = PlanState.NotApplicable.class, name = "not-applicable"),
  @JsonSubTypes.Type(value = PlanState.Excluded.class, name = "excluded"),
  @JsonSubTypes.Type(value = PlanState.Unsatisfiable.class, name = "unsatisfiable")
})
public sealed interface PlanState {

  /** The state's name as in JSON, for tables and counts. */
  String label();

  /**
   * A wheel built earlier serves it.
   *
   * @param from {@code wheelhouse} or {@code release}
   */
  record Reuse(WheelFile file, String from) implements PlanState {
    /** {@link #from} of a wheel that lies in the local wheelhouse. */
    public static final String WHEELHOUSE = "wheelhouse";

    /** {@link #from} of a wheel that the base release holds. */
    public static final String RELEASE = "release";

    public Reuse {
      Objects.requireNonNull(file);
      if (!from.equals(WHEELHOUSE) && !from.equals(RELEASE)) {
        throw new IllegalArgumentException("a wheel cannot be reused from " + from);
      }
    }

    @Override
    public String label() {
      return "reuse";
    }
  }

  /**
   * An upstream wheel is copied.
   *
   * @param hash its strong hash as {@code algorithm:hex}; of a file whose index is trusted without
   *     hashes {@code url:} and the sha256 of its URL
   */
  record Mirror(String filename, String hash) implements PlanState {
    public Mirror {
      Check.filename(filename);
      Check.notBlank(hash, filename + "'s hash");
    }

    /** The {@link DownloadWork#id} that fetches it. */
    public String download() {
      return DownloadWork.id(filename, hash);
    }

    @Override
    public String label() {
      return "mirror";
    }
  }

  /**
   * An upstream wheel exists and stays there ({@link UpstreamWheels#SKIP}).
   *
   * @param sha256 as the index told it, {@code ""} if it tells none
   */
  record Upstream(
      String filename,
      @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          String sha256)
      implements PlanState {
    public Upstream {
      Check.filename(filename);
      Check.digestOrEmpty(sha256, filename + "'s digest");
    }

    @Override
    public String label() {
      return "upstream";
    }
  }

  /**
   * It is built.
   *
   * @param work the {@link BuildWork#id}
   */
  record Build(String work) implements PlanState {
    public Build {
      Check.notBlank(work, "the build work");
    }

    @Override
    public String label() {
      return "build";
    }
  }

  /**
   * The constraint's marker is false on the target.
   *
   * @param marker the marker as written
   */
  record NotApplicable(String marker) implements PlanState {
    public NotApplicable {
      Objects.requireNonNull(marker);
    }

    @Override
    public String label() {
      return "not-applicable";
    }
  }

  /**
   * The configuration leaves it out.
   *
   * @param expires the last day of the exclude (ISO date), {@code ""} for never
   */
  record Excluded(String reason, String expires) implements PlanState {
    public Excluded {
      Check.notBlank(reason, "the reason of an exclude");
      Objects.requireNonNull(expires);
    }

    @Override
    public String label() {
      return "excluded";
    }
  }

  /**
   * The index has nothing that could serve it.
   *
   * @param words what the index has instead, for a person
   */
  record Unsatisfiable(UnsatisfiableReason reason, String words) implements PlanState {
    public Unsatisfiable {
      Objects.requireNonNull(reason);
      Check.notBlank(words, "the words of an unsatisfiable pin");
    }

    @Override
    public String label() {
      return "unsatisfiable";
    }
  }
}
