package io.github.wheelmirror.publish;

import java.util.Locale;
import java.util.Optional;

/** The form of a project page that a client's {@code Accept} header asks for (PEP 691). */
enum AcceptedPage {
  /** JSON. */
  JSON("index.v1_json", "application/vnd.pypi.simple.v1+json"),
  /** HTML under its PEP 691 name. */
  HTML_V1("index.html", "application/vnd.pypi.simple.v1+html"),
  /** HTML as browsers and old clients know it. */
  HTML("index.html", "text/html; charset=utf-8");

  private final String file;
  private final String mediaType;

  AcceptedPage(String file, String mediaType) {
    this.file = file;
    this.mediaType = mediaType;
  }

  /** The file in the page's folder. */
  String file() {
    return file;
  }

  /** What the answer's {@code Content-Type} says. */
  String mediaType() {
    return mediaType;
  }

  /** The best form; HTML for a client that names none of them, as a plain file server would. */
  static AcceptedPage of(Optional<String> accept) {
    AcceptedPage best = HTML;
    double bestQuality = 0;
    for (String range : accept.orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      Optional<AcceptedPage> page = named(parts[0].strip());
      double quality = quality(parts);
      if (page.isPresent() && quality > bestQuality) {
        best = page.get();
        bestQuality = quality;
      }
    }
    return best;
  }

  private static Optional<AcceptedPage> named(String mediaType) {
    return switch (mediaType) {
      case "application/vnd.pypi.simple.v1+json", "application/vnd.pypi.simple.latest+json" ->
          Optional.of(JSON);
      case "application/vnd.pypi.simple.v1+html", "application/vnd.pypi.simple.latest+html" ->
          Optional.of(HTML_V1);
      case "text/html", "text/*", "*/*" -> Optional.of(HTML);
      default -> Optional.empty();
    };
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        try {
          return Double.parseDouble(part.substring(2).strip());
        } catch (NumberFormatException e) {
          // not a number: as if the client had not said it wants this form
          return 0;
        }
      }
    }
    return 1;
  }
}
