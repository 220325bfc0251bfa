package io.github.wheelmirror.clients;

import io.github.wheelmirror.builder.Interpreter;
import java.nio.file.Path;
import java.util.List;

/**
 * One installation.
 *
 * @param python for which
 * @param branch whose pins
 * @param index the URL of the simple index
 * @param constraints the URL of the constraints
 * @param requirements what is asked for
 * @param folder an empty folder for everything it writes
 */
record Job(
    Interpreter python,
    String branch,
    String index,
    String constraints,
    List<String> requirements,
    Path folder) {

  Path target() {
    return folder.resolve("target");
  }
}
