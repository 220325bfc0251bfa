package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.build.DistributionIndex;
import io.github.wheelmirror.build.Downloaded;
import io.github.wheelmirror.build.FileTail;
import io.github.wheelmirror.build.IgnoredFile;
import io.github.wheelmirror.build.PageResult;
import io.github.wheelmirror.build.ProjectPage;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.PlaceSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The package indexes and find-links folders that the target Python's pip would use, or those that
 * the plugin is configured with.
 */
public final class SimpleIndex implements DistributionIndex, PlaceSource {

  private static final Duration LONGEST_DOWNLOAD = Duration.ofDays(1);

  /** A server with less to give, in bytes per second, is as good as none. */
  private static final long LEAST_RATE = 1024;

  private final IndexSettings settings;
  private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Counters counters = new Counters();
  private final RetryPolicy retries;
  private final HttpClientFactory clients;
  private final List<Location> locations;
  private final Downloader downloader;
  private final TailReader tails;
  private final Map<ProjectName, Once<ProjectPage>> pages = new ConcurrentHashMap<>();
  private final ExecutorService readers;

  /**
   * Makes a client; nothing is read yet.
   *
   * @throws MirrorException (input) if the configuration makes no sense
   */
  public static SimpleIndex open(IndexSettings settings) {
    return open(settings, new Seen());
  }

  /** As {@link #open(IndexSettings)}; what is read is noted. */
  public static SimpleIndex open(IndexSettings settings, Seen seen) {
    return new SimpleIndex(
        settings,
        seen,
        new RetryPolicy(
            settings.pip().retries(),
            duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()),
            InstantSource.system(),
            () -> ThreadLocalRandom.current().nextDouble()));
  }

  SimpleIndex(IndexSettings settings, Seen seen, RetryPolicy retries) {
    this.settings = settings;
    this.retries = retries;
    ConfiguredLocations configured = ConfiguredLocations.of(settings, warnings::add);
    PipConfiguration pip = settings.pip();
    IndexSettings.Limits limits = settings.limits();
    this.clients = new HttpClientFactory(pip);
    HttpExchange exchange =
        new HttpExchange(
            clients,
            new Authorizations(configured.realms(), pip.netrc()),
            retries,
            new Semaphore(limits.downloads(), true),
            pip.timeout());
    PageFetcher fetcher =
        new PageFetcher(
            exchange,
            retries,
            new PageCache(settings.cache()),
            new PageFetcher.Limits(
                limits.page(), limits.pageBytes(), settings.offline(), settings.anew()),
            counters,
            warnings::add,
            seen);
    configured.lookedFor().forEach(seen::file);
    this.locations = configured.locations(new PageReader(fetcher, warnings::add), seen);
    this.downloader =
        new Downloader(
            exchange,
            retries,
            counters,
            limits.fileBytes(),
            new HttpExchange.Patience(LONGEST_DOWNLOAD, limits.page(), LEAST_RATE));
    this.tails = new TailReader(exchange, counters);
    this.readers =
        Executors.newFixedThreadPool(
            limits.downloads(),
            task -> {
              Thread thread = new Thread(task, "wheel-mirror-index");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public ProjectPage project(ProjectName name) {
    return pages.computeIfAbsent(name, asked -> new Once<>(() -> read(asked))).get();
  }

  @Override
  public Map<ProjectName, PageResult> projects(
      Collection<ProjectName> names, Consumer<ProjectName> answered) {
    return inParallel(
        names,
        name -> {
          PageResult result = result(name);
          answered.accept(name);
          return result;
        });
  }

  private <T> Map<ProjectName, T> inParallel(
      Collection<ProjectName> names, Function<ProjectName, T> ask) {
    Map<ProjectName, Future<T>> running = new LinkedHashMap<>();
    for (ProjectName name : names) {
      Callable<T> task = () -> ask.apply(name);
      running.computeIfAbsent(name, asked -> readers.submit(task));
    }
    Map<ProjectName, T> results = new LinkedHashMap<>();
    try {
      for (Map.Entry<ProjectName, Future<T>> entry : running.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
    } catch (InterruptedException e) {
      throw RetryPolicy.interrupted("reading the project pages", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MirrorException failure) {
        throw failure;
      }
      throw new IllegalStateException("reading a project page ended in a defect", e.getCause());
    } finally {
      running.values().forEach(future -> future.cancel(true));
    }
    return Collections.unmodifiableMap(results);
  }

  @Override
  public Map<ProjectName, List<io.github.wheelmirror.selection.Place>> places(
      Collection<ProjectName> projects) {
    List<LocationPlaces> asked =
        locations.stream().map(location -> new LocationPlaces(location, warnings::add)).toList();
    return inParallel(
        projects, name -> asked.stream().flatMap(place -> place.ask(name).stream()).toList());
  }

  @Override
  public Downloaded download(RemoteFile file, Path target) {
    Optional<Location> offering = offering(file);
    Optional<Path> local = offering.flatMap(location -> location.local(file.url()));
    if (local.isPresent()) {
      return downloader.copy(file, local.get(), target);
    }
    if (file.url().matches("(find-links|index):.*")) {
      throw MirrorException.input(
          file.filename() + " cannot be read",
          "the plan names " + file.index() + ", which this machine's configuration lacks",
          "configure the same index and find-links here as where the plan was made");
    }
    if (file.hashes().isEmpty() && offering.filter(Location::trustUnhashed).isEmpty()) {
      throw MirrorException.input(
          file.filename() + " cannot be trusted",
          SafeUrl.of(file.index()) + " tells no sha256, sha384 or sha512 of it",
          "use an index that does, or set <trustUnhashed>true</trustUnhashed> for this one");
    }
    if (settings.offline()) {
      throw MirrorException.input(
          file.filename() + " cannot be downloaded",
          "Maven is offline and " + SafeUrl.of(file.url()) + " is on the network",
          "run without -o");
    }
    return downloader.fetch(file, target);
  }

  @Override
  public Optional<FileTail> tail(RemoteFile file, int length) {
    Optional<Path> local = offering(file).flatMap(location -> location.local(file.url()));
    if (local.isPresent()) {
      return TailReader.read(local.get(), length);
    }
    return settings.offline() || !file.url().matches("(?i)https?://.*")
        ? Optional.empty()
        : tails.fetch(file, length);
  }

  private Optional<Location> offering(RemoteFile file) {
    return locations.stream().filter(location -> location.id().equals(file.index())).findFirst();
  }

  /** The names of all locations, in pip's order, without credentials. */
  public List<String> locations() {
    return locations.stream().map(Location::id).toList();
  }

  /** Those of {@link #locations} whose files may be taken without a strong hash. */
  public Set<String> trustedUnhashed() {
    return locations.stream()
        .filter(Location::trustUnhashed)
        .map(Location::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String identity() {
    return locations.stream().map(Location::place).collect(Collectors.joining(" "));
  }

  @Override
  public List<String> warnings() {
    synchronized (warnings) {
      return List.copyOf(warnings);
    }
  }

  /** What was done so far. */
  public IndexStatistics statistics() {
    return counters.statistics(retries.repeated());
  }

  @Override
  public void close() {
    readers.shutdownNow();
    clients.close();
  }

  private PageResult result(ProjectName name) {
    try {
      return new PageResult.Found(project(name));
    } catch (MirrorException e) {
      return new PageResult.Failed(e);
    }
  }

  private ProjectPage read(ProjectName name) {
    List<Location.Named> named = new ArrayList<>();
    List<RemoteFile> listed = new ArrayList<>();
    List<IgnoredFile> ignored = new ArrayList<>();
    boolean exists = false;
    for (Location location : locations) {
      Location.Answer answer = location.ask(name);
      exists |= answer.exists();
      named.addAll(answer.named());
      listed.addAll(answer.listed());
      ignored.addAll(answer.ignored());
    }
    named.sort(Comparator.comparing(Location.Named::sortKey).reversed());
    List<RemoteFile> files = new ArrayList<>();
    named.forEach(file -> files.add(file.file()));
    files.addAll(listed);
    return new ProjectPage(name, files, exists, ignored);
  }
}
