package io.github.wheelmirror.publish;

import java.io.IOException;

/**
 * Is told each step of a release before it is taken, so that tests can end the run there; {@link
 * #NONE} in production.
 */
@FunctionalInterface
interface Faults {
  /** Lets every step happen. */
  Faults NONE = step -> {};

  /** Called before the step; an exception fails the run as the step itself would. */
  void at(String step) throws IOException;
}
