package io.github.wheelmirror.selection;

import java.util.List;
import java.util.Objects;

/**
 * A choice for one target.
 *
 * @param target {@code <slug>/<python>}
 * @param places in the order in which the tool is told of them
 */
public record ExplainedTarget(String target, List<AskedPlace> places, Explanation explanation) {

  /**
   * A place and how it answered.
   *
   * @param files how many it lists
   */
  public record AskedPlace(String name, Place.Role role, Place.Answer answer, int files) {

    /** Of a place. */
    public static AskedPlace of(Place place) {
      return new AskedPlace(place.name(), place.role(), place.answer(), place.files().size());
    }
  }

  /** Copies. */
  public ExplainedTarget {
    Objects.requireNonNull(target);
    Objects.requireNonNull(explanation);
    places = List.copyOf(places);
  }
}
