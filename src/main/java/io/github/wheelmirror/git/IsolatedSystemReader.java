package io.github.wheelmirror.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit away from the machine: no system, user or JGit configuration is read or written, and
 * no {@code GIT_*} variable changes what it does.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {

  private IsolatedSystemReader(SystemReader delegate) {
    super(delegate);
  }

  /**
   * Puts it in place for this JGit.
   *
   * <p>JGit has one reader per class loader and no way to give one to a single operation. This one
   * is set once and never taken away: it has no state, so a second thread or a second build in the
   * same JVM finds it and leaves it. Maven loads the plugin and its JGit in an own class loader;
   * JGit elsewhere in the JVM is not touched.
   */
  static void install() {
    synchronized (IsolatedSystemReader.class) {
      SystemReader current = SystemReader.getInstance();
      if (!(current instanceof IsolatedSystemReader)) {
        SystemReader.setInstance(new IsolatedSystemReader(current));
      }
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") || variable.startsWith("XDG_")
        ? null
        : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  /** An empty configuration that has no file. */
  private static final class NoConfig extends FileBasedConfig {

    private static final long FILE_SYSTEM_RESOLUTION_MILLIS = 10;

    @SuppressWarnings("NullAway") // JGit's own way to say "no file"
    NoConfig(Config parent, FS fs) {
      super(parent, null, fs);
    }

    /**
     * Answers JGit's question for the file system's time resolution. Without an answer JGit
     * measures for seconds and leaves probe files in every folder that it looks at, be it somebody
     * else's repository. The number needs no care: it serves to notice changes by other processes
     * within one open repository, and the cache opens its repository anew under its lock each time.
     */
    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long defaultValue, TimeUnit wantUnit) {
      return section.equals("filesystem")
          ? wantUnit.convert(FILE_SYSTEM_RESOLUTION_MILLIS, TimeUnit.MILLISECONDS)
          : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
    }

    @Override
    public void load() {
      // nothing to read
    }

    @Override
    public void save() {
      // nothing may be written
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
