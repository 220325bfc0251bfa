package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Builds wheels from sdists by their own PEP 517 backends, each in a fresh folder, a kept
 * environment and the host's best sandbox. A build that fails is an outcome, never an exception.
 * Safe for threads as long as no two build the same pin for the same Python in one work folder.
 */
public final class Pep517WheelBuilder implements AutoCloseable {

  private final ProcessRunner runner;
  private final SearchPath path;
  private final RustToolchains rust;
  private final BuildEnvironments environments;
  private final SdistUnpacker unpacker;
  private final WheelAgreement agreement;
  private final CompilerCache cache;
  private final PrivatePlaces hidden;
  private final WarmBuilders builders;
  private Optional<BuildHost> host = Optional.empty();

  /**
   * @param path where builds find compilers and other programs
   * @param rust what stands behind those of Rust, if it is rustup
   * @param cache used where builds are kept from each other's files
   * @param hidden what of this host no build may see
   */
  public Pep517WheelBuilder(
      ProcessRunner runner,
      SearchPath path,
      RustToolchains rust,
      BuildEnvironments environments,
      SdistUnpacker unpacker,
      WheelAgreement agreement,
      CompilerCache cache,
      PrivatePlaces hidden) {
    this.runner = runner;
    this.path = path;
    this.rust = rust;
    this.environments = environments;
    this.unpacker = unpacker;
    this.agreement = agreement;
    this.cache = cache;
    this.hidden = hidden;
    this.builders = new WarmBuilders(runner, path);
  }

  /** Ends what was kept warm. */
  @Override
  public void close() {
    builders.close();
    environments.removeUnused();
    synchronized (this) {
      host.ifPresent(one -> one.compilers().close());
      host = Optional.empty();
    }
  }

  /**
   * Builds, and leaves nothing but the wheel and the log.
   *
   * @throws MirrorException machinery, when the work or output folder cannot be written
   */
  public BuildOutcome build(BuildJob job) {
    Path folder = job.workDirectory().resolve(job.folderName());
    try {
      FileTree.delete(folder);
      Files.createDirectories(folder);
      try {
        BuildOutcome outcome = build(job, folder.toRealPath(), host(job, folder));
        if (outcome instanceof BuildOutcome.Refused refused) {
          job.note("refused: " + refused.reason());
        } else if (outcome instanceof BuildOutcome.PatchMisfit misfit) {
          job.note("refused: " + misfit.reason());
        } else if (outcome instanceof BuildOutcome.NoSuchWheel missing) {
          job.note("refused: " + missing.reason());
        }
        return outcome;
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException | MirrorException e) {
      if (Thread.currentThread().isInterrupted()) {
        return new BuildOutcome.Interrupted();
      }
      if (e instanceof MirrorException known) {
        throw known;
      }
      throw MirrorException.machinery(
          "cannot build " + job.name() + " " + job.version() + " in " + folder,
          e instanceof IOException disk ? IoWords.of(disk) : String.valueOf(e),
          "see that the disk is not full and that the folder may be written",
          e);
    }
  }

  private BuildOutcome build(BuildJob job, Path folder, BuildHost here) throws IOException {
    try {
      return new BuildRounds(environments, unpacker, agreement, here, job, folder).run();
    } catch (PatchMisfitException e) {
      return new BuildOutcome.PatchMisfit(e.reason());
    } catch (RefusedSourceException e) {
      return new BuildOutcome.Refused(e.reason());
    }
  }

  private synchronized BuildHost host(BuildJob job, Path scratch) throws IOException {
    if (host.isEmpty()) {
      Sandbox sandbox = Sandbox.find(runner, path, hidden, scratch);
      // any build could leave there for all others what it likes
      CompilerCache kept = sandbox.filesProtected() ? cache : CompilerCache.NONE;
      CompilerWrappers compilers =
          new CompilerWrappers(
              runner,
              path,
              rust,
              kept.program(),
              job.workDirectory().toRealPath().resolve(".compilers"));
      HookRunner hooks =
          new HookRunner(builders, sandbox, new BuildVariables(sandbox, path, rust), kept.root());
      host = Optional.of(new BuildHost(sandbox, kept, compilers, hooks));
    }
    return host.get();
  }
}
