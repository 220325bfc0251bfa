package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.mirror.SessionMemo;
import io.github.wheelmirror.report.LiveArea;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals share: the parameters, skipping, and the one translation of failures. */
abstract class AbstractMirrorMojo extends AbstractMojo {

  /**
   * The Git repository with the constraints: an {@code https}, {@code ssh} or {@code file} URL,
   * {@code user@host:path}, or the path of a repository or bundle. A password in it is refused; use
   * {@link #constraintsServerId}.
   */
  @Parameter(property = "wheel-mirror.constraints")
  @Nullable String constraints;

  /** The constraints file's path in the repository. */
  @Parameter(
      property = "wheel-mirror.constraintsFile",
      defaultValue = "upper-constraints.txt",
      required = true)
  String constraintsFile = "upper-constraints.txt";

  /** The server of settings.xml whose name and password open the constraints repository. */
  @Parameter(property = "wheel-mirror.constraintsServerId")
  @Nullable String constraintsServerId;

  /**
   * The branches to mirror: names or globs, where {@code *} stands for any text and {@code ?} for
   * any character. Without it: {@code master} and {@code stable/*}. A pattern that matches nothing
   * is an error.
   */
  @Parameter(property = "wheel-mirror.branches")
  List<String> branches = List.of();

  /** Branches to leave out, names or globs. */
  @Parameter(property = "wheel-mirror.excludedBranches")
  List<String> excludedBranches = List.of();

  /**
   * Branches that were released and are gone on purpose, names or globs. A branch that vanishes
   * without being named here blocks the release.
   */
  @Parameter(property = "wheel-mirror.retired")
  List<String> retired = List.of();

  /**
   * What to do with a constraint line that is no pin (a range, a URL, an option): {@code error}
   * holds the branch and reports all such lines, {@code report} publishes the line as it is and
   * goes on.
   */
  @Parameter(property = "wheel-mirror.nonPins", defaultValue = "error", required = true)
  String nonPins = "error";

  /**
   * Pins that are mirrored besides the constraints, such as setuptools which packages built with
   * pbr need at run time: {@code <extraPin>setuptools===80.9.0</extraPin>}, or with {@code <pin>},
   * {@code <branches>} and {@code <pythons>} inside.
   */
  @Parameter List<ExtraPinParameter> extraPins = List.of();

  /**
   * The Pythons to mirror for, like {@code 3.11,3.12}. Without it: the {@code python3} that is
   * found first. Each must be installed here: on the PATH, below {@code ~/.pyenv/versions}, or
   * named in {@link #interpreters}.
   */
  @Parameter(property = "wheel-mirror.pythons")
  List<String> pythons = List.of();

  /**
   * Executables by Python version, for those that are not found: {@code <3.12>} is no XML name, so
   * write {@code <py3.12>/opt/python/bin/python3</py3.12>}.
   */
  @Parameter Map<String, File> interpreters = Map.of();

  /** Target files ({@code target-*.json}, written by {@code resolve}) of other hosts. */
  @Parameter(property = "wheel-mirror.targetFiles")
  List<File> targetFiles = List.of();

  /**
   * The upstream index instead of the places that the Python's own pip uses. Without it pip's
   * configuration is read as pip reads it. Proxies are those of pip, else of the environment
   * ({@code https_proxy}, {@code no_proxy}), else the active ones of settings.xml.
   */
  @Parameter(property = "wheel-mirror.index")
  @Nullable String index;

  /** The server of settings.xml whose name and password open {@link #index}. */
  @Parameter(property = "wheel-mirror.indexServerId")
  @Nullable String indexServerId;

  /**
   * Several upstream indexes, in pip's order: {@code <index>URL</index>}, or with {@code <url>},
   * {@code <serverId>} and {@code <trustUnhashed>} inside. An index that gives no sha256 is refused
   * unless trusted.
   */
  @Parameter List<IndexParameter> indexes = List.of();

  /**
   * Folders or pages with more files, as pip's {@code --find-links}; with no index besides they
   * come in addition to pip's own places.
   */
  @Parameter(property = "wheel-mirror.findLinks")
  List<String> findLinks = List.of();

  /**
   * What to do where upstream has a wheel for a pin: {@code mirror} copies it, {@code skip} leaves
   * it to upstream, {@code rebuild} builds from the sdist; a wheel of a version without one is
   * copied.
   */
  @Parameter(property = "wheel-mirror.upstreamWheels", defaultValue = "mirror", required = true)
  String upstreamWheels = "mirror";

  /**
   * Pins that are left out, each with a {@code <pin>} (a name, {@code name===version}, or like
   * {@code name<5}), a {@code <reason>}, and if wanted {@code <expires>} (a date like 2027-01-31),
   * {@code <branches>} and {@code <pythons>} (like {@code 3.12}, {@code cp312} or {@code cp31*}).
   */
  @Parameter List<ExcludeParameter> excludes = List.of();

  /**
   * Constraints for what builds require: {@code <buildConstraint>setuptools<82</buildConstraint>},
   * or with {@code <branches>} and {@code <lines>} or a {@code <file>} inside, and {@code <asOf>}
   * in place of {@link #buildRequirementsAsOf}. They are not the branch's own constraints.
   */
  @Parameter List<BuildConstraintsParameter> buildConstraints = List.of();

  /**
   * What the builds of some pins have that others have not, each with a {@code <pin>} as in {@link
   * #excludes} and any of {@code <environment>} (an element for each variable), {@code
   * <buildRequirements>}, {@code <buildConstraints>}, {@code <configSettings>} (as {@code
   * KEY=VALUE}), {@code <patches>} (files) and {@code <systemPackages>}.
   */
  @Parameter List<OverrideParameter> overrides = List.of();

  /** A JSON file with more {@link #overrides}, under the same names; paths are beside it. */
  @Parameter(property = "wheel-mirror.overridesFile")
  @Nullable File overridesFile;

  /**
   * As of which day build requirements are resolved: {@code sdist} for the half-year in which the
   * sdist (or the Python, if it is newer) was a month old, {@code now}, or a date like 2025-12-31.
   * What comes of it is locked and used again until {@link #updateLock}.
   */
  @Parameter(
      property = "wheel-mirror.buildRequirementsAsOf",
      defaultValue = "sdist",
      required = true)
  String buildRequirementsAsOf = "sdist";

  /** Whether build requirements are resolved again, and what is built with them is built again. */
  @Parameter(property = "wheel-mirror.build.updateLock", defaultValue = "false", required = true)
  boolean updateLock;

  /** How many pages and files are fetched at once. */
  @Parameter(property = "wheel-mirror.downloads", defaultValue = "8", required = true)
  int downloads = 8;

  /** How many builds run at once; 0 means one per processor. */
  @Parameter(property = "wheel-mirror.builds", defaultValue = "0", required = true)
  int builds;

  /** After how many seconds a build is ended. */
  @Parameter(property = "wheel-mirror.buildTimeout", defaultValue = "3600", required = true)
  int buildTimeout = 3600;

  /**
   * How many MiB of memory all builds that run at once may hold together; 0 means three quarters of
   * the machine's. Each build has its share; one that needs more is done again with nothing beside
   * it.
   */
  @Parameter(property = "wheel-mirror.buildMemory", defaultValue = "0", required = true)
  long buildMemory;

  /** How many MiB a build may write before it is ended. */
  @Parameter(property = "wheel-mirror.buildDisk", defaultValue = "20480", required = true)
  long buildDisk = 20480;

  /**
   * Whether builds are tried again that failed before. Without it a build that failed is tried
   * again only when something changed: its sdist, build constraints, override or Python, the
   * packages and programs of this host, or the limits.
   */
  @Parameter(property = "wheel-mirror.build.retryFailed", defaultValue = "false", required = true)
  boolean retryFailed;

  /**
   * Whether what compilers made is kept for the project's next build: {@code auto} where the PATH
   * has {@code ccache} and builds can be kept from each other's files, or {@code off}. Each project
   * has a folder of its own below the cache directory, so that no build can leave something for
   * another project's.
   */
  @Parameter(property = "wheel-mirror.compilerCache", defaultValue = "auto", required = true)
  String compilerCache = "auto";

  /** Whether a pin that fails now and did not fail in the released mirror fails {@code build}. */
  @Parameter(property = "wheel-mirror.failOnNew", defaultValue = "false", required = true)
  boolean failOnNew;

  /**
   * Where the released mirror is written, when there is one region: a folder, a folder of another
   * host by ssh and rsync ({@code ssh://USER@HOST/FOLDER}), or a bucket ({@code
   * s3://BUCKET/PREFIX}).
   */
  @Parameter(property = "wheel-mirror.region")
  @Nullable String region;

  /** The server in settings.xml that has the access key and secret key for {@link #region}. */
  @Parameter(property = "wheel-mirror.regionServerId")
  @Nullable String regionServerId;

  /**
   * The URL under which clients see {@link #region}: for the pip.conf and uv.toml beside it, and
   * for a look at what is staged and released as clients see it.
   */
  @Parameter(property = "wheel-mirror.regionPublicUrl")
  @Nullable String regionPublicUrl;

  /**
   * The regions: {@code <region>FOLDER</region>}, or with these inside: {@code id} (for messages),
   * {@code url} (where it is written: a folder, {@code ssh://USER@HOST/FOLDER} or {@code
   * s3://BUCKET/PREFIX}), {@code serverId} (the server in settings.xml that has the keys of a
   * bucket), {@code publicUrl} (where clients see it), and for a folder whose clients see a copy,
   * such as a volume of AFS, the commands {@code afterStage}, {@code afterFlip} and {@code
   * afterPrune}: each a line for the shell, run in the region's folder when new files are written,
   * when a channel was switched and when something was removed; the goal goes on only if it
   * succeeds, and the next run repeats it.
   */
  @Parameter List<RegionParameter> regions = List.of();

  /**
   * How many regions must be able to release: {@code all} (if one is not, nothing changes
   * anywhere), {@code quorum} (more than half of them) or {@code bestEffort} (one). A region that
   * is not able to keeps its old release and is told as behind; the next {@code deploy} heals it.
   */
  @Parameter(property = "wheel-mirror.regionPolicy", defaultValue = "all", required = true)
  String regionPolicy = "all";

  /**
   * Whether {@code deploy} looks at each region that has a URL as clients do: at the staged
   * snapshot before anything is switched, and at the first region that was switched before the
   * others are. {@code import} does both, {@code rollback} the second.
   */
  @Parameter(property = "wheel-mirror.checkPublicUrls", defaultValue = "true", required = true)
  boolean checkPublicUrls;

  /**
   * The private key (Ed25519, PEM) that signs releases: {@code current.json} of each channel then
   * says until when it is current, and {@code quarantine.json} is signed. Its public half must be
   * among {@link #trustedKeyFiles}.
   */
  @Parameter(property = "wheel-mirror.signingKeyFile")
  @Nullable File signingKeyFile;

  /** The server in settings.xml whose password opens an encrypted {@link #signingKeyFile}. */
  @Parameter(property = "wheel-mirror.signingServerId")
  @Nullable String signingServerId;

  /**
   * The public keys (Ed25519, PEM) whose signatures count. With any, {@code status} and {@code
   * verify} tell of a release that none of them signed, or whose signature is past its end.
   */
  @Parameter(property = "wheel-mirror.trustedKeyFiles")
  List<File> trustedKeyFiles = List.of();

  /**
   * For how many days a signature is good. A {@code deploy} with nothing to release signs again
   * when half of it is over.
   */
  @Parameter(property = "wheel-mirror.signatureDays", defaultValue = "30", required = true)
  int signatureDays = 30;

  /**
   * How many percent of its wanted pins each branch must serve on each Python; below it the channel
   * is not released. A number for all branches, and others for those of a status ({@code
   * development}, {@code stable}, {@code unmaintained}, {@code end-of-life}, {@code other}), like
   * {@code 95,stable=99.5,unmaintained=0}. Excluded pins do not count.
   */
  @Parameter(property = "wheel-mirror.minCoverage", defaultValue = "0", required = true)
  List<String> minCoverage = List.of();

  /**
   * After how many days without a release a platform is warned of: by {@code verify} and {@code
   * deploy} if there is something to release, by {@code status} in any case. 0 means never.
   */
  @Parameter(property = "wheel-mirror.staleAfter", defaultValue = "30", required = true)
  int staleAfter = 30;

  /**
   * Which real installers are asked before a release, for each branch and Python, what they would
   * take from it: {@code pip} (that of the Python itself), {@code uv} (that of the {@code PATH}),
   * or {@code none}. Another file than the mirror's manifest says blocks the release; one that is
   * not on this host is reported as not checked.
   */
  @Parameter(property = "wheel-mirror.verifyClients", defaultValue = "pip,uv", required = true)
  List<String> verifyClients = List.of();

  /**
   * A JSON file with the findings of {@code verify} that are accepted: {@code {"accepted": [{"pin":
   * "lxml", "check": "wheel-license-file", "reason": "told upstream", "expires": "2027-01-31"}]}}.
   * Each names a {@code pin} as in {@link #excludes}, or a wheel's {@code file} name. What it
   * covers is reported as an info with the reason and blocks nothing until that day. What would
   * hurt clients, such as other bytes than promised, cannot be accepted.
   */
  @Parameter(property = "wheel-mirror.baselineFile")
  @Nullable File baselineFile;

  /**
   * How many pins of each branch are installed on each Python before a release, by that Python's
   * pip and with what they require, into a fresh environment: then {@code pip check} must find it
   * consistent, and the pins' modules are imported without network. Half of them are wheels that
   * were built here, if there are so many. 0 means none; none either without {@code pip} among
   * {@link #verifyClients}.
   */
  @Parameter(property = "wheel-mirror.verifySample", defaultValue = "3", required = true)
  int verifySample = 3;

  /**
   * Any text that decides which pins are installed as a sample: the same text chooses the same ones
   * again. Without it the snapshot's id does, so that each release tries others.
   */
  @Parameter(property = "wheel-mirror.verifySampleSeed")
  @Nullable String verifySampleSeed;

  /** How many seconds another run that uses the same workspace or region is waited for. */
  @Parameter(property = "wheel-mirror.lockTimeout", defaultValue = "600", required = true)
  int lockTimeout = 600;

  /** Where stage files and logs go; {@code wheel-mirror} below the project's build folder. */
  @Parameter(property = "wheel-mirror.workspace")
  @Nullable File workspace;

  /**
   * Where the wheelhouse, build environments and the Git and HTTP caches are, for all projects of
   * this user; {@code wheel-mirror} below {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
   */
  @Parameter(property = "wheel-mirror.cacheDirectory")
  @Nullable File cacheDirectory;

  /**
   * How many MiB of wheels are kept in the wheelhouse; 0 means any number. A build that exceeds it
   * removes those that were not used for longest; what it needs itself, and what another run used
   * in the last two days, stays.
   */
  @Parameter(property = "wheel-mirror.wheelhouseLimit", defaultValue = "0", required = true)
  long wheelhouseLimit;

  /** Skips the goal. */
  @Parameter(property = "wheel-mirror.skip", defaultValue = "false", required = true)
  boolean skip;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  MavenSession session;

  @Parameter(defaultValue = "${project}", readonly = true)
  @Nullable MavenProject project;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  MojoExecution execution;

  final ServerCredentials servers;

  @SuppressWarnings("NullAway.Init") // Maven sets the three read-only ones before it calls execute
  AbstractMirrorMojo(ServerCredentials servers) {
    this.servers = servers;
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    try {
      BooleanWords.require(execution, session.getUserProperties());
    } catch (MirrorException e) {
      Failures.rethrow(e);
    }
    if (skip) {
      getLog().info(execution.getGoal() + " is skipped by wheel-mirror.skip");
      return;
    }
    if (memo().isFirst("unknown names")) {
      UnknownNames.warnings(execution, session.getUserProperties(), project)
          .forEach(getLog()::warn);
    }
    try {
      if (needsConstraints() && (constraints == null || constraints.isBlank())) {
        MissingConstraints.refuse(session, execution, getLog());
      } else if (!isUnchanged()) {
        LiveArea area = MavenLines.area(this);
        Runnable work = () -> run(Session.of(this, servers, area));
        Optional<String> kept = keptIfInterrupted().filter(words -> getLog().isInfoEnabled());
        if (kept.isPresent()) {
          InterruptHint.during(
              kept.get(),
              () -> NextCommand.of(session, project, execution).goal(execution.getGoal()),
              words -> area.end(() -> MavenLines.printLine(words)),
              work);
        } else {
          work.run();
        }
      }
    } catch (MirrorException e) {
      Failures.rethrow(e);
    } catch (InvalidPathException e) {
      Failures.rethrow(Failures.badPath(e));
    } catch (RuntimeException e) {
      throw Failures.unexpected(execution.getGoal(), e);
    }
  }

  /** Whether nothing changed since this goal was last done, as far as that is known at once. */
  boolean isUnchanged() {
    return false;
  }

  /** What the goals of this Maven session did so far. */
  @SuppressWarnings("unchecked") // Maven declares the context raw; its keys are strings
  final SessionMemo memo() {
    Map<String, Object> context = getPluginContext();
    return new SessionMemo(context == null ? new ConcurrentHashMap<>() : context);
  }

  /** How many of the wheels built are built again for a comparison. */
  int checkReproducible() {
    return 0;
  }

  /** The workspace of this run, the project's or one inside it. */
  Path workspaceIn(Path project) {
    return project;
  }

  /**
   * What stays of the goal's work if Ctrl-C ends it, in words; nothing for a goal that ends at once
   * or by Ctrl-C alone.
   */
  Optional<String> keptIfInterrupted() {
    return Optional.empty();
  }

  /**
   * Reads the goal's own parameters, so that wrong ones are told with those that all goals share.
   *
   * @throws MirrorException (input) if one is wrong
   */
  void checkOwnParameters() {}

  /** Whether the goal works on constraints. */
  boolean needsConstraints() {
    return true;
  }

  /** Does the goal's work. */
  abstract void run(Session session);
}
