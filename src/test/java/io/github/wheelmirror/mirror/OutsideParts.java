package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.WheelBuilder;
import io.github.wheelmirror.constraints.ConstraintsSource;
import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.tree.Region;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The parts of an {@link Outside} that tests exchange. */
final class OutsideParts {

  Supplier<ConstraintsSource> constraints;
  Supplier<List<Target>> targets;
  Supplier<WheelBuilder> builder;
  List<Region> regions;
  Outside.Experience experience;
  Outside.Clients clients;
  Clock clock;

  private OutsideParts(Outside outside) {
    this.constraints = outside.constraints();
    this.targets = outside.targets();
    this.builder = outside.builder();
    this.regions = outside.regions();
    this.experience = outside.experience();
    this.clients = outside.clients();
    this.clock = outside.clock();
  }

  /** The same but for what the change exchanges. */
  static Outside changed(Outside outside, Consumer<OutsideParts> change) {
    OutsideParts parts = new OutsideParts(outside);
    change.accept(parts);
    return new Outside(
        parts.constraints,
        parts.targets,
        outside.index(),
        parts.builder,
        outside.wheelhouse(),
        outside.sdists(),
        outside.locks(),
        parts.regions,
        outside.log(),
        parts.clock,
        parts.experience,
        parts.clients,
        outside.seen());
  }
}
