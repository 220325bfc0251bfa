package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.constraints.TargetId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where a wheel came from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Origin.Mirrored.class, name = "mirrored"),
  @JsonSubTypes.Type(value = Origin.Built.class, name = "built")
})
public sealed interface Origin {

  /** The build key of an own build. */
  default Optional<String> buildKey() {
    return this instanceof Built built ? Optional.of(built.key()) : Optional.empty();
  }

  /** Whether nothing speaks against a target that the wheel's tags and Python admit. */
  default boolean serves(TargetId target) {
    return !(this instanceof Built built)
        || built.pythons().isEmpty()
        || built.pythons().contains(target.python());
  }

  /**
   * Copied byte for byte.
   *
   * @param url where from, without credentials
   * @param index the index that named it, without credentials
   */
  record Mirrored(String url, String index) implements Origin {
    public Mirrored {
      Check.notBlank(url, "the URL of a mirrored file");
    }
  }

  /**
   * Built by this plugin.
   *
   * @param key the build key, see {@link BuildKey}
   * @param sdistSha256 the digest of the sdist it was built from
   * @param buildTag the build tag in its file name
   * @param networkIsolated whether the build had no network
   * @param externalLibraries sonames of the libraries that a host must have for it, besides those
   *     that every Linux has (PEP 599); sorted
   * @param requirements what its build requirements came from
   * @param pythons those that its metadata holds for, where the sdist's own code computes it; empty
   *     for all
   * @param notShared why it serves fewer Pythons than its like, {@code ""} if it does not
   * @param compiledUpstream how many of the wheels that upstream had of the version are compiled, a
   *     {@link CompiledUpstream}; {@code ""} for none, or not known
   * @param missing what it lacks of a wheel that upstream had of the version, at most one; empty if
   *     it was not compared with any
   */
  record Built(
      String key,
      String sdistSha256,
      String buildTag,
      boolean networkIsolated,
      List<String> externalLibraries,
      RequirementsUsed requirements,
      @JacksonInject(value = Json.NO_LIST, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<String> pythons,
      @JacksonInject(value = Json.NO_TEXT, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          String notShared,
      @JacksonInject(value = Json.NO_SECOND_TEXT, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          String compiledUpstream,
      @JacksonInject(value = Json.NO_SECOND_LIST, useInput = OptBoolean.TRUE)
          @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<MissingFiles> missing)
      implements Origin {
    public Built {
      externalLibraries = List.copyOf(externalLibraries);
      pythons = List.copyOf(pythons);
      missing = List.copyOf(missing);
      if (missing.size() > 1) {
        throw new IllegalArgumentException("a wheel is compared with one of upstream's at most");
      }
      Objects.requireNonNull(notShared);
      if (!compiledUpstream.isEmpty()) {
        CompiledUpstream.parse(compiledUpstream);
      }
      Check.digest(key, "the build key");
      Check.digest(sdistSha256, "the digest of the sdist");
      Check.notBlank(buildTag, "the build tag");
      Objects.requireNonNull(requirements);
    }

    /** One that may serve whatever its tags admit. */
    public Built(
        String key,
        String sdistSha256,
        String buildTag,
        boolean networkIsolated,
        List<String> externalLibraries,
        RequirementsUsed requirements) {
      this(
          key,
          sdistSha256,
          buildTag,
          networkIsolated,
          externalLibraries,
          requirements,
          List.of(),
          "",
          "",
          List.of());
    }

    /** How many of the wheels that upstream had of the version are compiled, as far as is known. */
    public CompiledUpstream upstream() {
      return compiledUpstream.isEmpty()
          ? CompiledUpstream.NONE
          : CompiledUpstream.parse(compiledUpstream);
    }
  }
}
