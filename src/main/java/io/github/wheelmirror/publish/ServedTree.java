package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files behind a server's URLs. */
public interface ServedTree {

  /**
   * The file or folder of a path, with all symbolic links resolved; nothing if there is none or if
   * it lies outside of the tree.
   *
   * @param names the decoded parts of the URL's path
   */
  Optional<Path> find(List<String> names) throws IOException;

  /**
   * Whether what is missing there was taken out on purpose.
   *
   * @param names as in {@link #find}
   */
  default boolean isGone(List<String> names) {
    return false;
  }

  /** The channels of the tree, sorted by slug. */
  List<Channel> channels() throws IOException;

  /**
   * A channel that clients can use.
   *
   * @param slug the platform slug; its index is {@code <slug>/simple/}
   * @param snapshot the id of what is served; its index is {@code @<id>/simple/}
   */
  record Channel(String slug, String snapshot) {}
}
