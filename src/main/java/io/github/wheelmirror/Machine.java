package io.github.wheelmirror;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine, or the container that this JVM runs in, has. */
public final class Machine {

  private static final Path KERNEL = Path.of("/proc/sys/kernel");

  private Machine() {}

  /** The running kernel's release and version. */
  public static String kernel() throws IOException {
    return Files.exists(KERNEL.resolve("osrelease"))
        ? Files.readString(KERNEL.resolve("osrelease")).strip()
            + " "
            + Files.readString(KERNEL.resolve("version")).strip()
        : System.getProperty("os.version", "");
  }

  /** All memory, in bytes. */
  public static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
