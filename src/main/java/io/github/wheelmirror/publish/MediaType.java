package io.github.wheelmirror.publish;

/** What a file of the tree is, for the {@code Content-Type} of its answers. */
final class MediaType {

  private MediaType() {}

  /**
   * By its name.
   *
   * @param name its path, or the last part of it; with a slash at its end it is a page by itself
   */
  static String of(String name) {
    if (name.endsWith(".html") || name.endsWith("/")) {
      return AcceptedPage.HTML.mediaType();
    }
    if (name.endsWith(AcceptedPage.JSON.file())) {
      return AcceptedPage.JSON.mediaType();
    }
    if (name.endsWith(".json")) {
      return "application/json";
    }
    if (name.endsWith(".css")) {
      return "text/css; charset=utf-8";
    }
    if (name.endsWith(".js")) {
      return "text/javascript; charset=utf-8";
    }
    if (name.endsWith(".txt") || name.endsWith(".conf") || name.endsWith(".toml")) {
      return "text/plain; charset=utf-8";
    }
    return "application/octet-stream";
  }
}
