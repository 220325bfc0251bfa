package io.github.wheelmirror.tree;

import java.nio.file.Path;
import java.time.Instant;

/** Another process that removes all unused wheels, again and again, until it is killed. */
final class CollectingProcess {

  private CollectingProcess() {}

  static Process start(Path wheelhouse) throws java.io.IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CollectingProcess.class.getName(),
            wheelhouse.toString())
        .inheritIO()
        .start();
  }

  public static void main(String[] args) throws InterruptedException {
    while (true) {
      collect(Path.of(args[0]));
      Thread.sleep(1);
    }
  }

  static void collect(Path wheelhouse) {
    new WheelCollection(new Wheelhouse(wheelhouse))
        .collect(new Store.Order(Instant.now().minus(WheelCollection.GRACE), false));
  }
}
