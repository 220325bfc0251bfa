package io.github.wheelmirror.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Version specifiers that must all hold, such as {@code >=1.2,!=1.3} (PEP 440); the empty set
 * accepts everything.
 *
 * @param specifiers sorted by their text, no two of them equal
 */
public record SpecifierSet(List<Specifier> specifiers) {

  /** Sorts, and drops those that equal an earlier one. */
  public SpecifierSet {
    var sorted = new ArrayList<>(specifiers);
    sorted.sort(Comparator.comparing(Specifier::toString, PythonText::compare));
    specifiers = List.copyOf(new LinkedHashSet<>(sorted));
  }

  /**
   * Reads specifiers between commas; empty ones are dropped, white space is ignored.
   *
   * @throws InvalidSpecifierException if one of them is not valid
   */
  public static SpecifierSet parse(String text) {
    var specifiers = new ArrayList<Specifier>();
    for (int start = 0; start <= text.length(); ) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      String item = PythonText.strip(text.substring(start, end));
      if (!item.isEmpty()) {
        specifiers.add(specifier(text, item));
      }
      start = end + 1;
    }
    return new SpecifierSet(specifiers);
  }

  private static Specifier specifier(String text, String item) {
    try {
      return Specifier.parse(item);
    } catch (InvalidSpecifierException e) {
      throw item.equals(text) ? e : new InvalidSpecifierException(text, e);
    }
  }

  /** Whether it accepts everything. */
  public boolean isEmpty() {
    return specifiers.isEmpty();
  }

  /** Whether a specifier asks for pre-releases by naming one. */
  public boolean namesPreRelease() {
    return specifiers.stream().anyMatch(Specifier::namesPreRelease);
  }

  /** {@link #contains(Version, PreReleases)} with {@link PreReleases#DEFAULT}. */
  public boolean contains(Version version) {
    return contains(version, PreReleases.DEFAULT);
  }

  /** Whether all specifiers accept a version, as pip asks; {@code ===} sees its normal form. */
  public boolean contains(Version version, PreReleases preReleases) {
    if (preReleases == PreReleases.FORBID && version.isPreRelease()) {
      return false;
    }
    return specifiers.stream().allMatch(specifier -> specifier.contains(version));
  }

  /**
   * Whether all specifiers accept a text; {@code ===} sees the text itself. A text that is not a
   * version is no pre-release and is accepted by the empty set.
   */
  public boolean contains(String text, PreReleases preReleases) {
    Optional<Version> version = Version.tryParse(text);
    if (preReleases == PreReleases.FORBID && version.filter(Version::isPreRelease).isPresent()) {
      return false;
    }
    return specifiers.stream()
        .allMatch(
            specifier ->
                specifier.operator() == Specifier.Operator.ARBITRARY
                    ? specifier.contains(text)
                    : version.filter(specifier::contains).isPresent());
  }

  /**
   * The items whose version is accepted, in the given order.
   *
   * <p>With {@link PreReleases#DEFAULT} this is pip's rule of choice: pre-releases only if a
   * specifier names one, or if nothing else is accepted.
   */
  public <T> List<T> filter(
      List<T> items, Function<? super T, Version> version, PreReleases preReleases) {
    List<T> accepted =
        items.stream().filter(item -> contains(version.apply(item), preReleases)).toList();
    if (preReleases != PreReleases.DEFAULT || namesPreRelease()) {
      return accepted;
    }
    List<T> finals = accepted.stream().filter(item -> !version.apply(item).isPreRelease()).toList();
    return finals.isEmpty() ? accepted : finals;
  }

  /** The specifiers sorted and joined by commas. */
  @Override
  public String toString() {
    return specifiers.stream().map(Specifier::toString).collect(Collectors.joining(","));
  }
}
