package io.github.wheelmirror.python;

/** A marker is well formed but asks for a name that its context does not define. */
public final class UndefinedEnvironmentNameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndefinedEnvironmentNameException(String name) {
    super("the environment does not define " + InvalidTextException.quote(name));
  }
}
