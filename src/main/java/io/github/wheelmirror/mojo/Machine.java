package io.github.wheelmirror.mojo;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this machine, or the container that this JVM runs in, has. */
final class Machine {

  private Machine() {}

  /** All memory, in bytes. */
  static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
