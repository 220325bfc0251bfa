package io.github.wheelmirror.publish;

import java.net.URI;
import java.util.List;

/** The page at the server's root: which channels there are and how a client names them. */
final class ListingPage {

  private ListingPage() {}

  /** The page as HTML 5. */
  static String of(URI url, List<ServedTree.Channel> channels) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<title>Wheel mirror</title>\n</head>\n<body>\n<h1>Wheel mirror</h1>\n");
    if (channels.isEmpty()) {
      page.append("<p>Nothing has been released here yet.</p>\n");
    }
    for (ServedTree.Channel channel : channels) {
      String slug = channel.slug();
      String moving = slug + "/simple/";
      String pinned = "@" + channel.snapshot() + "/simple/";
      page.append("<h2>").append(slug).append("</h2>\n");
      page.append("<p>Current: <a href=\"").append(moving).append("\">");
      page.append(url).append(moving).append("</a></p>\n");
      page.append("<p>This release: <a href=\"").append(pinned).append("\">");
      page.append(url).append(pinned).append("</a></p>\n");
      page.append("<pre>pip install --index-url ").append(url).append(pinned).append(" …\n");
      page.append("uv pip install --default-index ").append(url).append(pinned);
      page.append(" …</pre>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }
}
