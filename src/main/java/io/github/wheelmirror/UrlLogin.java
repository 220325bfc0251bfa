package io.github.wheelmirror;

/** Logins in URLs of a text. */
public final class UrlLogin {

  private UrlLogin() {}

  /** The text with {@code ****} in place of what stands before the host of a URL. */
  public static String hidden(String text) {
    return text.replaceAll("://[^/@\\s]*@", "://****@");
  }
}
