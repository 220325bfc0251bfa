package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
   */
  record Built(
      String key,
      String sdistSha256,
      String buildTag,
      boolean networkIsolated,
      List<String> externalLibraries,
      RequirementsUsed requirements)
      implements Origin {
    public Built {
      externalLibraries = List.copyOf(externalLibraries);
      Check.digest(key, "the build key");
      Check.digest(sdistSha256, "the digest of the sdist");
      Check.notBlank(buildTag, "the build tag");
      Objects.requireNonNull(requirements);
    }
  }
}
