package io.github.wheelmirror.mirror;

import io.github.wheelmirror.build.FailureClass;
import java.util.List;
import java.util.Set;

/** What can be wrong with an sdist or its back-end, and how its pin has to end. */
enum Fault {
  NONE(""),
  REQUIREMENT("import helper"),
  DAEMONS(
      """
      import subprocess, sys
      command = [sys.executable, "-c", "import time; time.sleep(600)", os.environ["HOME"]]
      subprocess.Popen(command)
      subprocess.Popen(command, start_new_session=True, env={}, cwd="/")
      if os.fork() == 0:
          os.setsid()
          if os.fork() == 0:
              os.execve(sys.executable, command, {})
          os._exit(0)
      """),
  KILLS_PARENT("os.kill(os.getppid(), 9)"),
  KILLS_ALL(
      """
      for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):
          try:
              pid == os.getpid() or os.kill(pid, 9)
          except OSError:
              pass
      try:
          os.kill(-1, 9)
      except OSError:
          pass
      """),
  WRITES_ELSEWHERE(
      """
      import sysconfig
      mine = os.path.dirname(os.environ["HOME"])
      work = os.path.dirname(mine)
      folders = ["/", "/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~"), os.environ["TMPDIR"], work]
      folders += [os.path.join(work, name) for name in os.listdir(work)]
      folders += list(sysconfig.get_paths().values())
      for folder in folders:
          try:
              open(os.path.join(folder, "wheel_mirror_stray.py"), "w").close()
          except OSError:
              pass
      """),
  HANGS("import time; time.sleep(600)", FailureClass.TIMEOUT),
  HANGS_DEAF(
      """
      import signal
      for number in range(1, 32):
          try:
              signal.signal(number, signal.SIG_IGN)
          except (OSError, ValueError):
              pass
      os.close(1)
      os.close(2)
      while True:
          pass
      """,
      FailureClass.TIMEOUT),
  /** Bounded, should all limits fail: some 4,000 processes. */
  FORKS(
      "import time\nfor _ in range(12):\n    os.fork()\ntime.sleep(600)",
      FailureClass.PROCESS_LIMIT,
      FailureClass.OUT_OF_MEMORY),
  FLOODS_LOG("while True:\n    os.write(1, bytes(1 << 16))", FailureClass.OUTPUT_LIMIT),
  EATS_MEMORY("hoard = bytearray(900 << 20)", FailureClass.OUT_OF_MEMORY),
  EATS_MEMORY_TOGETHER(
      """
      import subprocess, sys, time
      eat = "x = bytearray(60 << 20); import time; time.sleep(600)"
      children = [subprocess.Popen([sys.executable, "-c", eat]) for _ in range(12)]
      time.sleep(600)
      """,
      FailureClass.OUT_OF_MEMORY),
  WRITES_LARGE_FILE("open('large', 'wb').write(bytes(60 << 20))", FailureClass.DISK_FULL),
  WRITES_MANY_FILES(
      """
      import time
      for i in range(60):
          with open("fill%d" % i, "wb") as file:
              file.write(bytes(1 << 20))
      time.sleep(600)
      """,
      FailureClass.DISK_FULL),
  /** For a small disk of its own only. */
  FILLS_DISK(
      """
      import time
      try:
          with open("fill", "wb", 0) as file:
              while True:
                  file.write(bytes(1 << 16))
      except OSError:
          time.sleep(1.5)
          raise
      """,
      FailureClass.DISK_FULL),
  CUT_SDIST("", FailureClass.UNSAFE_SDIST),
  WRONG_HASH("", FailureClass.WRONG_HASH),
  TRAVERSAL("", FailureClass.UNSAFE_SDIST),
  NO_BUILD_FILE("", FailureClass.NO_BUILD_FILE),
  NAMES_ABSENT_WHEEL(
      "return '%s-%s-py3-none-any.whl' % (DISTRIBUTION, VERSION)", FailureClass.BAD_WHEEL),
  NAMES_NONSENSE("return '../../escape.whl'", FailureClass.BAD_WHEEL),
  OTHER_PROJECT("DISTRIBUTION = NAME = 'helper'", FailureClass.BAD_WHEEL),
  CUT_WHEEL(
      """
      with open(os.path.join(wheel_directory, "%s-%s-py3-none-any.whl" % (DISTRIBUTION, VERSION)), "wb") as file:
          file.write(b"PK" + bytes(300))
      return "%s-%s-py3-none-any.whl" % (DISTRIBUTION, VERSION)
      """,
      FailureClass.BAD_WHEEL),
  EXITS_SILENTLY("os._exit(0)", FailureClass.BAD_WHEEL),
  EXITS_HARD("os._exit(3)", FailureClass.UNKNOWN),
  RAISES_EXIT("raise SystemExit(0)", FailureClass.BAD_WHEEL),
  RAISES_EXIT_WITH_WORDS("raise SystemExit('no more')", FailureClass.UNKNOWN);

  /** Those that only a host with name spaces can stand. */
  static final List<Fault> ATTACKS = List.of(KILLS_PARENT, KILLS_ALL, WRITES_ELSEWHERE);

  private final String script;
  private final Set<FailureClass> ends;

  Fault(String script, FailureClass... ends) {
    this.script = script;
    this.ends = Set.of(ends);
  }

  /** Python that runs before the wheel is made. */
  String script() {
    return script.strip();
  }

  /** The classes of failure that are right; none if its wheel must be built. */
  Set<FailureClass> ends() {
    return ends;
  }

  boolean isBuilt() {
    return ends.isEmpty();
  }

  boolean isFaulty() {
    return this != NONE && this != REQUIREMENT;
  }

  /** Whether the same build would fail again, so that no run tries it. */
  boolean isSettled() {
    return ends.stream().allMatch(FailureClass::isLasting);
  }
}
