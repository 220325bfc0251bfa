package io.github.wheelmirror.index;

/** What answers for a project page is a page for a person, without a single file. */
final class LoginPageException extends MalformedPageException {

  private static final long serialVersionUID = 1L;

  LoginPageException() {
    super(
        "it has a form, a script or a redirection for a person and not one file: it looks like a"
            + " login page",
        null);
  }
}
