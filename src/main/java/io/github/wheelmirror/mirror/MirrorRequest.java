package io.github.wheelmirror.mirror;

import io.github.wheelmirror.Credentials;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.build.PlanSettings;
import io.github.wheelmirror.constraints.BranchPatterns;
import io.github.wheelmirror.constraints.ExtraPin;
import io.github.wheelmirror.constraints.NonPins;
import io.github.wheelmirror.tree.AcceptedFinding;
import io.github.wheelmirror.tree.MinCoverage;
import io.github.wheelmirror.tree.PublicUrl;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Signing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person configured, checked.
 *
 * @param constraints where the constraints come from
 * @param targets for which Pythons
 * @param indexes what the upstream index is
 * @param plan how pins become work
 * @param work limits of downloads and builds
 * @param release where releases go and what blocks them
 * @param places where files are kept
 * @param command how this run's goals are called, for the "next command" of messages
 * @param offline whether nothing may be asked outside
 * @param accepted what is accepted of what {@code verify} finds
 */
public record MirrorRequest(
    ConstraintsSettings constraints,
    TargetSettings targets,
    IndexSettings indexes,
    PlanSettings plan,
    WorkSettings work,
    ReleaseSettings release,
    Places places,
    Command command,
    boolean offline,
    List<AcceptedFinding> accepted) {

  public MirrorRequest {
    accepted = List.copyOf(accepted);
    WrongSettings wrong = new WrongSettings();
    SeparatePlaces.require(release.regions(), places, wrong);
    wrong.refuse();
  }

  /** Nothing that is found is accepted. */
  public MirrorRequest(
      ConstraintsSettings constraints,
      TargetSettings targets,
      IndexSettings indexes,
      PlanSettings plan,
      WorkSettings work,
      ReleaseSettings release,
      Places places,
      Command command,
      boolean offline) {
    this(constraints, targets, indexes, plan, work, release, places, command, offline, List.of());
  }

  /** The Git repository, the file in it, its branches, and what to do with odd lines. */
  public record ConstraintsSettings(
      String url,
      String file,
      @Nullable Credentials credentials,
      BranchPatterns branches,
      NonPins nonPins,
      List<ExtraPin> extraPins) {
    public ConstraintsSettings {
      extraPins = List.copyOf(extraPins);
    }

    /** Name and password for the repository, if configured. */
    public Optional<Credentials> login() {
      return Optional.ofNullable(credentials);
    }
  }

  /**
   * The Pythons.
   *
   * @param pythons like {@code 3.11}; empty means the {@code python3} that is found first
   * @param interpreters executables by such a version, tried before any search
   * @param files target files of hosts that are not this one
   */
  public record TargetSettings(
      List<String> pythons, Map<String, Path> interpreters, List<Path> files) {
    public TargetSettings {
      pythons = List.copyOf(pythons);
      interpreters = Map.copyOf(interpreters);
      files = List.copyOf(files);
    }
  }

  /**
   * The indexes that replace pip's own, in order; empty means pip's own.
   *
   * @param anew whether they are asked even for pages that they let be kept a while longer
   */
  public record IndexSettings(List<Index> indexes, List<String> findLinks, boolean anew) {
    public IndexSettings {
      indexes = List.copyOf(indexes);
      findLinks = List.copyOf(findLinks);
    }

    /** Pages are kept for as long as their servers allow. */
    public IndexSettings(List<Index> indexes, List<String> findLinks) {
      this(indexes, findLinks, false);
    }
  }

  /** One index. */
  public record Index(String url, @Nullable Credentials credentials, boolean trustUnhashed) {

    /** Name and password for the index, if configured. */
    public Optional<Credentials> login() {
      return Optional.ofNullable(credentials);
    }
  }

  /**
   * Limits of the work.
   *
   * @param downloads how many files and pages are fetched at once
   * @param builds how many builds run at once
   * @param bounds how far each build may go, its memory all builds that run together
   * @param compilerCache whether what compilers made is kept where the host can
   * @param checkReproducible how many of the wheels built are built again for a comparison
   * @param failOnNew whether a new failure fails {@code build}
   * @param retryFailed whether builds are tried again that failed before and would fail again
   * @param updateLock whether build requirements are locked anew
   */
  public record WorkSettings(
      int downloads,
      int builds,
      BuildBounds bounds,
      boolean compilerCache,
      int checkReproducible,
      boolean failOnNew,
      boolean retryFailed,
      boolean updateLock) {
    public WorkSettings {
      WrongSettings wrong = new WrongSettings();
      wrong.check(() -> notNegative(checkReproducible, "checkReproducible"));
      wrong.check(() -> positive(downloads, "downloads"));
      wrong.check(() -> positive(builds, "builds"));
      wrong.check(() -> positive(bounds.timeout().toSeconds(), "buildTimeout"));
      wrong.check(() -> mebibytes(bounds.memoryBytes(), "buildMemory"));
      wrong.check(() -> mebibytes(bounds.diskBytes(), "buildDisk"));
      wrong.refuse();
    }

    /** Nothing kept by compilers, built twice, tried again or locked anew. */
    public WorkSettings(int downloads, int builds, BuildBounds bounds, boolean failOnNew) {
      this(downloads, builds, bounds, false, 0, failOnNew, false, false);
    }

    private static void notNegative(int number, String name) {
      if (number < 0) {
        throw MirrorException.input(
            "<" + name + "> is " + number,
            "it is how many wheels are built twice",
            "give a number from 0 up, or leave it out");
      }
    }

    /** Told in the unit in which it was given. */
    private static void mebibytes(long bytes, String name) {
      positive(bytes < 0 ? bytes >> 20 : bytes, name);
    }

    private static void positive(long number, String name) {
      if (number < 1) {
        throw MirrorException.input(
            "<" + name + "> is " + number,
            "at least 1 must be allowed",
            "give a number from 1 up, or leave it out");
      }
    }
  }

  /**
   * How far each build may go.
   *
   * @param timeout after which it is ended
   * @param memoryBytes that all its processes may hold together
   * @param diskBytes that it may occupy
   */
  public record BuildBounds(Duration timeout, long memoryBytes, long diskBytes) {

    /** This time, and more memory and disk than any real build wants. */
    public static BuildBounds of(Duration timeout) {
      return new BuildBounds(timeout, 1L << 40, 1L << 40);
    }
  }

  /**
   * Where releases go.
   *
   * @param gate what must be true of a release
   * @param lockTimeout how long another run is waited for
   * @param clients real installers that try what is to be released
   * @param policy how many regions must be able to release
   * @param checkPublicUrls whether regions are looked at through their own URLs
   */
  public record ReleaseSettings(
      List<RegionSettings> regions,
      Gate gate,
      Duration lockTimeout,
      ClientSettings clients,
      RegionPolicy policy,
      boolean checkPublicUrls,
      Signing signing) {

    /** All regions must be able to, and what has a URL is looked at through it. */
    public ReleaseSettings(
        List<RegionSettings> regions, Gate gate, Duration lockTimeout, ClientSettings clients) {
      this(regions, gate, lockTimeout, clients, RegionPolicy.ALL, true, Signing.NONE);
    }

    /** Nothing is asked of a release beyond what always is, and no installer is asked. */
    public ReleaseSettings(List<RegionSettings> regions, Duration lockTimeout) {
      this(regions, Gate.OPEN, lockTimeout, ClientSettings.NONE);
    }

    public ReleaseSettings {
      regions = List.copyOf(regions);
      List<String> ids = regions.stream().map(RegionSettings::id).toList();
      List<String> all = regions.stream().map(region -> region.place().toString()).toList();
      WrongSettings wrong = new WrongSettings();
      wrong.check(() -> distinct(ids, "the id"));
      wrong.check(() -> distinct(all, "the place"));
      wrong.check(() -> notNegative(lockTimeout));
      wrong.refuse();
    }

    private static void notNegative(Duration lockTimeout) {
      if (lockTimeout.isNegative()) {
        throw MirrorException.input(
            "<lockTimeout> is " + lockTimeout.toSeconds(),
            "nobody can wait less than 0 seconds",
            "give a number from 0 up, or leave it out");
      }
    }

    private static void distinct(List<String> values, String what) {
      Set<String> seen = new HashSet<>();
      for (String value : values) {
        if (!seen.add(value)) {
          throw MirrorException.input(
              "two regions have " + what + " " + value,
              "each region is a mirror of its own",
              "give each <region> its own <id> and <url>");
        }
      }
    }
  }

  /**
   * Real installers that try what is to be released.
   *
   * @param names those that must take what the manifest says: {@code pip}, {@code uv}
   * @param sample how many pins of each branch pip installs on each Python
   * @param seed decides which ones, {@code ""} for the snapshot's id
   */
  public record ClientSettings(List<String> names, int sample, String seed) {

    /** Nobody tries it. */
    public static final ClientSettings NONE = new ClientSettings(List.of(), 0, "");

    public ClientSettings {
      names = List.copyOf(names);
      if (sample < 0) {
        throw MirrorException.input(
            "<verifySample> is " + sample,
            "it is how many pins of each branch are installed on each Python",
            "give a number from 1 up, or 0 for none");
      }
    }

    /** Whether a sample is installed; pip does it. */
    boolean installs() {
      return sample > 0 && names.contains("pip");
    }
  }

  /**
   * What must be true of a release.
   *
   * @param minCoverage how much of each branch must be served on each Python
   * @param retired branches that may vanish from a release
   * @param staleAfter how old the release that a region serves may be, zero for any age
   */
  public record Gate(MinCoverage minCoverage, List<String> retired, Duration staleAfter) {

    /** Nothing beyond what always must. */
    public static final Gate OPEN = new Gate(MinCoverage.NONE, List.of(), Duration.ZERO);

    public Gate {
      retired = List.copyOf(retired);
      if (staleAfter.isNegative()) {
        throw MirrorException.input(
            "<staleAfter> is " + staleAfter.toDays(),
            "it is how many days old a release may be",
            "give a number from 1 up, or 0 for any age");
      }
    }
  }

  /**
   * One region.
   *
   * @param id for messages and reports
   * @param place where it is written
   * @param login for that place; null for none
   * @param publicUrl the URL under which clients see it, "" if nobody knows
   * @param commands what is run after each step
   */
  public record RegionSettings(
      String id,
      RegionPlace place,
      @Nullable Credentials login,
      String publicUrl,
      RegionCommands commands) {

    public RegionSettings {
      if (!publicUrl.isEmpty()) {
        PublicUrl.require(id, publicUrl);
      }
    }

    /** A folder whose URL nobody knows. */
    public RegionSettings(String id, Path folder) {
      this(id, new RegionPlace.Folder(folder), null, "", RegionCommands.NONE);
    }
  }

  /**
   * Where files are kept.
   *
   * @param workspace stage files and logs of this project
   * @param cache wheelhouse, Git and HTTP caches, build environments; shared by projects
   * @param wheelhouseLimit how many bytes of wheels are kept, 0 for any number
   */
  public record Places(Path workspace, Path cache, long wheelhouseLimit) {
    public Places {
      if (wheelhouseLimit < 0) {
        throw MirrorException.input(
            "<wheelhouseLimit> is " + (wheelhouseLimit >> 20),
            "it is how many MiB of wheels are kept",
            "give a number from 1 up, or 0 for no limit");
      }
    }

    /** As many wheels as there are. */
    public Places(Path workspace, Path cache) {
      this(workspace, cache, 0);
    }
  }

  /**
   * How a goal of this plugin is called in this run.
   *
   * @param prefix what stands before the goal's name, like {@code mvn wheel-mirror:}
   * @param options what stands after the name of a goal, beginning with a space; "" for nothing
   * @param last whether this run ends with this goal
   */
  public record Command(String prefix, UnaryOperator<String> options, boolean last) {

    /** Of a goal that others follow, with the same options for all. */
    public Command(String prefix, String options) {
      this(prefix, goal -> options, false);
    }

    /** What to go on with after a build, "" if this run does that itself. */
    public String next(boolean withoutRegion) {
      return last ? goal(withoutRegion ? "verify" : "deploy") : "";
    }

    /** The whole command of a goal. */
    public String goal(String goal) {
      return prefix + goal + options.apply(goal);
    }
  }
}
