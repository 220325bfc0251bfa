package io.github.wheelmirror.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Slurm cluster of one node on loopback: munged, slurmctld and slurmd of this machine. */
public final class SlurmCluster implements AutoCloseable {

  private static final int SECONDS = 60;
  private static final List<String> PROGRAMS =
      List.of("/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/bin/sbatch");

  private final Path folder;
  private final List<Process> daemons = new ArrayList<>();

  private SlurmCluster(Path folder) {
    this.folder = folder;
  }

  /** Whether it can be started: as root, and in CI it must be installed. */
  public static boolean isHere() {
    boolean root = "root".equals(System.getProperty("user.name"));
    boolean able = root && PROGRAMS.stream().allMatch(each -> Files.isExecutable(Path.of(each)));
    if (!able && root && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("slurm-wlm and munge are needed");
    }
    return able;
  }

  /** Starts it; everything that it keeps is in the folder. */
  public static SlurmCluster start(File folder) throws IOException, InterruptedException {
    SlurmCluster cluster = new SlurmCluster(folder.toPath());
    try {
      cluster.prepare();
      cluster.munge();
      cluster.daemon("slurmctld", "/usr/sbin/slurmctld", "-D", "-c");
      cluster.daemon("slurmd", "/usr/sbin/slurmd", "-D", "-N", host());
      cluster.await("an idle node", () -> cluster.run("sinfo", "-h", "-o", "%t").equals("idle"));
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The variables by which Slurm's commands find it. */
  public Map<String, String> environment() {
    return Map.of("SLURM_CONF", folder.resolve("slurm.conf").toString());
  }

  private static String host() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().split("\\.", 2)[0];
  }

  private void prepare() throws IOException {
    for (String each : List.of("state", "spool")) {
      Files.createDirectories(folder.resolve(each));
    }
    byte[] key = new byte[1024];
    new SecureRandom().nextBytes(key);
    Path file = folder.resolve("munge.key");
    Files.write(file, key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    List<Integer> ports = freePorts();
    String configuration =
        """
        ClusterName=wheelmirror
        SlurmctldHost=%1$s(127.0.0.1)
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket=%2$s/munge.socket
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        MpiDefault=none
        SchedulerType=sched/backfill
        SelectType=select/cons_tres
        StateSaveLocation=%2$s/state
        SlurmdSpoolDir=%2$s/spool
        SlurmctldPidFile=%2$s/slurmctld.pid
        SlurmdPidFile=%2$s/slurmd.pid
        SlurmctldPort=%3$d
        SlurmdPort=%4$d
        ReturnToService=2
        KillWait=2
        NodeName=%1$s NodeAddr=127.0.0.1 CPUs=%5$d State=UNKNOWN
        PartitionName=main Nodes=%1$s Default=YES MaxTime=INFINITE State=UP
        """
            .formatted(
                host(),
                folder,
                ports.get(0),
                ports.get(1),
                Runtime.getRuntime().availableProcessors());
    Files.writeString(folder.resolve("slurm.conf"), configuration);
  }

  private static List<Integer> freePorts() throws IOException {
    try (java.net.ServerSocket one = new java.net.ServerSocket(0);
        java.net.ServerSocket two = new java.net.ServerSocket(0)) {
      return List.of(one.getLocalPort(), two.getLocalPort());
    }
  }

  private void munge() throws IOException, InterruptedException {
    Path socket = folder.resolve("munge.socket");
    daemon(
        "munged",
        "/usr/sbin/munged",
        "--foreground",
        "--force",
        "--socket=" + socket,
        "--key-file=" + folder.resolve("munge.key"),
        "--pid-file=" + folder.resolve("munged.pid"),
        "--log-file=" + folder.resolve("munged.log"),
        "--seed-file=" + folder.resolve("munged.seed"));
    await("munged", () -> Files.exists(socket));
  }

  private void daemon(String name, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    process.getOutputStream().close();
    daemons.add(0, process);
  }

  /** What a command of Slurm prints; it must succeed. */
  public String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? printed : "failed: " + printed;
  }

  private interface Question {
    boolean isTrue() throws IOException, InterruptedException;
  }

  private void await(String what, Question question) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!question.isTrue()) {
      if (System.nanoTime() > end || daemons.stream().anyMatch(each -> !each.isAlive())) {
        throw new IOException("Slurm has not come up with " + what + ", see " + folder);
      }
      Thread.sleep(200);
    }
  }

  @Override
  public void close() {
    for (Process each : daemons) {
      each.descendants().forEach(ProcessHandle::destroy);
      each.destroy();
      try {
        if (!each.waitFor(10, TimeUnit.SECONDS)) {
          each.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        each.destroyForcibly();
      }
    }
  }
}
