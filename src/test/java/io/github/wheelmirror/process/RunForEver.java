package io.github.wheelmirror.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM of its own with one endless child, which writes its process id to {@code pids}. */
final class RunForEver {

  private RunForEver() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    ProcessRunner.create()
        .run(
            Command.of(
                List.of("sh", "-c", "echo $$ > pids; exec sleep 600"),
                folder,
                CleanEnvironment.at(folder).variables()),
            new Limits(Duration.ofMinutes(5), 1000));
  }
}
