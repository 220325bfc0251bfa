package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.Requirement;
import java.util.List;
import java.util.Objects;

/**
 * What a tool is asked for, and what it may look at.
 *
 * @param requirement one project; extras play no part
 * @param places in the order given to the tool; each tool looks at them in its own order
 * @param constraints the lines of all {@code -c} files
 * @param options the tool's options
 */
public record SelectionRequest(
    Requirement requirement,
    List<Place> places,
    ConstraintLines constraints,
    SelectionOptions options) {

  /** Copies and checks. */
  public SelectionRequest {
    Objects.requireNonNull(requirement);
    Objects.requireNonNull(constraints);
    Objects.requireNonNull(options);
    places = List.copyOf(places);
  }
}
