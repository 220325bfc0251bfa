package io.github.wheelmirror.python;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A requirement such as {@code name[extra]>=1.2; python_version < "3.12"} (PEP 508).
 *
 * <p>Requirements are equal if they ask for the same, however their names are spelled.
 */
public final class Requirement {

  private final String name;
  private final ProjectName projectName;
  private final SortedSet<String> extras;
  private final SpecifierSet specifiers;
  private final @Nullable String url;
  private final @Nullable Marker marker;

  Requirement(
      String name,
      SortedSet<String> extras,
      SpecifierSet specifiers,
      @Nullable String url,
      @Nullable Marker marker) {
    this.name = name;
    this.projectName = ProjectName.normalized(name);
    this.extras = Collections.unmodifiableSortedSet(new TreeSet<>(extras));
    this.specifiers = specifiers;
    this.url = url;
    this.marker = marker;
  }

  /**
   * Reads a requirement as {@code packaging} 26.3 does: white space is spaces and tabs, a line
   * break is an error.
   *
   * @throws InvalidRequirementException if it is none
   */
  public static Requirement parse(String text) {
    return new RequirementParser(text).parse();
  }

  /** The project's name as written. */
  public String name() {
    return name;
  }

  /** The project's name in its normal form. */
  public ProjectName projectName() {
    return projectName;
  }

  /** The extras as written, sorted; not modifiable. */
  public SortedSet<String> extras() {
    return extras;
  }

  /** The version specifiers; empty with a URL. */
  public SpecifierSet specifiers() {
    return specifiers;
  }

  /** The URL behind {@code @}, as written. */
  public Optional<String> url() {
    return Optional.ofNullable(url);
  }

  /** The environment marker. */
  public Optional<Marker> marker() {
    return Optional.ofNullable(marker);
  }

  private Set<String> normalizedExtras() {
    return extras.stream().map(ProjectName::normalize).collect(Collectors.toSet());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Requirement that
        && projectName.equals(that.projectName)
        && normalizedExtras().equals(that.normalizedExtras())
        && specifiers.equals(that.specifiers)
        && Objects.equals(url, that.url)
        && Objects.equals(marker, that.marker);
  }

  @Override
  public int hashCode() {
    return Objects.hash(projectName, normalizedExtras(), specifiers, url, marker);
  }

  /** The normal spelling, with name and extras as written. */
  @Override
  public String toString() {
    var out = new StringBuilder(name);
    if (!extras.isEmpty()) {
      out.append('[').append(String.join(",", extras)).append(']');
    }
    out.append(specifiers);
    if (url != null) {
      out.append(" @ ").append(url).append(marker == null ? "" : " ");
    }
    if (marker != null) {
      out.append("; ").append(marker);
    }
    return out.toString();
  }
}
