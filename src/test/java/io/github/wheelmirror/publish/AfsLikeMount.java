package io.github.wheelmirror.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A mounted file system that refuses what AFS refuses; needs FUSE and fusepy. */
final class AfsLikeMount implements AutoCloseable {
  private static final long SECONDS = 20;

  private final Path folder;
  private final Path mount;
  private final Process process;

  private AfsLikeMount(Path folder, Path mount, Process process) {
    this.folder = folder;
    this.mount = mount;
    this.process = process;
  }

  /**
   * Mounts it.
   *
   * @param folder for the mount point {@code mount}, what is behind it ({@code backing}) and a log
   * @param volumes folders of the mount that are volumes of their own, made here
   */
  static AfsLikeMount in(Path folder, String... volumes) throws IOException, InterruptedException {
    boolean able =
        Files.isWritable(Path.of("/dev/fuse"))
            && ran(folder, "python3", "-c", "import fuse")
            && ran(folder, "fusermount", "-V");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(able).as("FUSE (/dev/fuse, fusermount) and fusepy are needed").isTrue();
    }
    assumeTrue(able, "FUSE (/dev/fuse, fusermount) and fusepy are needed");
    Path program = folder.resolve("afs_like.py");
    try (InputStream in =
        Objects.requireNonNull(AfsLikeMount.class.getResourceAsStream("afs_like.py"))) {
      Files.copy(in, program);
    }
    Path backing = Files.createDirectories(folder.resolve("backing"));
    for (String volume : volumes) {
      Files.createDirectories(backing.resolve(volume.substring(1)));
    }
    Files.createFile(backing.resolve("mounted"));
    Path mount = Files.createDirectories(folder.resolve("mount"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", program.toString(), backing.toString(), mount.toString()));
    command.addAll(List.of(volumes));
    Process process = start(folder, command);
    AfsLikeMount mounted = new AfsLikeMount(folder, mount, process);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(mount.resolve("mounted"))) {
      if (System.nanoTime() > end || !process.isAlive()) {
        mounted.close();
        throw new IOException(Files.readString(folder.resolve("log")));
      }
      Thread.sleep(20);
    }
    return mounted;
  }

  Path path() {
    return mount;
  }

  private static boolean ran(Path folder, String... command)
      throws IOException, InterruptedException {
    try {
      return start(folder, List.of(command)).waitFor() == 0;
    } catch (IOException e) {
      // no such program
      return false;
    }
  }

  private static Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    String fusepy = System.getenv("FUSEPY");
    if (fusepy != null) {
      builder.environment().put("PYTHONPATH", fusepy);
    }
    return builder.start();
  }

  @Override
  public void close() throws IOException {
    try {
      start(folder, List.of("fusermount", "-u", "-z", mount.toString())).waitFor();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
