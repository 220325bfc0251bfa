package io.github.wheelmirror.builder;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.process.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CPythons of this host: those configured, on {@code PATH} and under {@code ~/.pyenv/versions},
 * in that order. Each file is asked once. Safe for threads.
 */
public final class Interpreters {

  private static final Pattern WANTED =
      Pattern.compile("(?:cp|[Pp]ython|CPython ?)?(\\d)\\.?(\\d{1,2})(?:\\.\\d+)?(t?)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Predicate<String> ANY = name -> true;
  private static final Pattern PROGRAM = Pattern.compile("python\\d(?:\\.\\d+)?t?");

  private static final String PYENV = ".pyenv/versions";

  private final TargetProbe probe;
  private final SearchPath path;
  private final Path home;
  private final Map<String, Path> configured;
  private final Map<Path, Optional<Interpreter>> asked = new ConcurrentHashMap<>();

  /**
   * @param configured Python as a person writes it ({@code 3.11}, {@code cp311}) → its program
   */
  public Interpreters(TargetProbe probe, SearchPath path, Path home, Map<String, Path> configured) {
    this.probe = probe;
    this.path = path;
    this.home = home;
    this.configured =
        configured.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(e -> tag(e.getKey()), Map.Entry::getValue));
  }

  /** The folders whose entries decide which Pythons there are. */
  public static List<Path> places(SearchPath path, Path home) {
    List<Path> places = new ArrayList<>(path.directories());
    Path versions = home.resolve(PYENV);
    places.add(versions);
    list(versions, ANY).forEach(version -> places.add(version.resolve("bin")));
    return places;
  }

  /**
   * Finds the Python that a person named.
   *
   * @param wanted {@code 3.11}, {@code cp311}, {@code cp313t} or the path of a program
   * @throws MirrorException input, when it is not here; says which are
   */
  public Interpreter find(String wanted) {
    if (wanted.indexOf('/') >= 0) {
      return ask(Path.of(wanted))
          .filter(one -> one.facts().isCpython())
          .orElseThrow(() -> unusable(wanted, Path.of(wanted)));
    }
    String tag = tag(wanted);
    Path named = configured.get(tag);
    if (named != null) {
      return ask(named).filter(fits(tag)).orElseThrow(() -> unusable(wanted, named));
    }
    return candidates(tag)
        .flatMap(file -> ask(file).stream())
        .filter(fits(tag))
        .findFirst()
        .orElseThrow(() -> unknown(wanted, tag));
  }

  /** Every CPython of this host, one for each program, newest first. */
  public List<Interpreter> all() {
    Map<Path, Interpreter> found = new LinkedHashMap<>();
    Stream.of(configured.values().stream(), onPath(PROGRAM.asMatchPredicate()), pyenv())
        .flatMap(files -> files)
        .flatMap(file -> ask(file).stream())
        .filter(one -> one.facts().isCpython())
        .forEach(one -> found.putIfAbsent(real(one.executable()), one));
    return found.values().stream().sorted(NEWEST_FIRST).toList();
  }

  private static final Comparator<Interpreter> NEWEST_FIRST =
      Comparator.<Interpreter>comparingInt(one -> one.facts().version().get(0))
          .thenComparingInt(one -> one.facts().version().get(1))
          .thenComparingInt(one -> one.facts().version().get(2))
          .reversed();

  /** {@code 3.11} and {@code cp311} alike → {@code cp311}. */
  private static String tag(String wanted) {
    Matcher matcher = WANTED.matcher(wanted.strip());
    if (!matcher.matches()) {
      throw MirrorException.input(
          "unknown Python '" + wanted + "'",
          "it is neither a version nor a program's path",
          "write it as 3.11, as cp311 or as /path/to/python3.11");
    }
    return "cp" + matcher.group(1) + matcher.group(2) + matcher.group(3);
  }

  private static Predicate<Interpreter> fits(String tag) {
    return one -> one.facts().isCpython() && one.pythonTag().equals(tag);
  }

  private Stream<Path> candidates(String tag) {
    String exact = "python" + tag.charAt(2) + "." + tag.substring(3);
    String major = "python" + tag.charAt(2);
    return Stream.of(
            onPath(exact::equals),
            exact.endsWith("t") ? onPath(exact.substring(0, exact.length() - 1)::equals) : none(),
            onPath(major::equals),
            onPath("python"::equals),
            pyenv())
        .flatMap(files -> files);
  }

  private static Stream<Path> none() {
    return Stream.empty();
  }

  private Stream<Path> onPath(Predicate<String> name) {
    return path.directories().stream()
        .flatMap(folder -> list(folder, name).stream())
        .filter(Files::isExecutable);
  }

  private Stream<Path> pyenv() {
    return list(home.resolve(PYENV), ANY).stream()
        .map(version -> version.resolve("bin/python"))
        .filter(Files::isExecutable);
  }

  /** Those of that name, newest first; a folder of programs may have thousands of others. */
  private static List<Path> list(Path folder, Predicate<String> name) {
    if (!Files.isReadable(folder) || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> name.test(file.getFileName().toString()))
          .sorted(Comparator.comparing(Interpreters::padded).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of equal width, so that 3.11.10 is after 3.11.9. */
  private static String padded(Path file) {
    return NUMBER
        .matcher(file.getFileName().toString())
        .replaceAll(
            number -> "0".repeat(Math.max(0, 6 - number.group().length())) + number.group());
  }

  private Optional<Interpreter> ask(Path file) {
    return file.isAbsolute() ? asked.computeIfAbsent(file, this::probe) : Optional.empty();
  }

  /** A shim answers with the Python behind it; a virtual environment stands for its base. */
  private Optional<Interpreter> probe(Path file) {
    return probe
        .ask(file)
        .flatMap(
            facts ->
                facts.baseExecutable().equals(facts.executable())
                    ? Optional.of(facts)
                    : probe.ask(facts.baseExecutable()))
        .map(Interpreter::new);
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  private static MirrorException unusable(String wanted, Path file) {
    return MirrorException.input(
        "no CPython " + wanted,
        file + " is not a program that answers as one",
        "name a CPython's own program, such as /usr/bin/python3.11");
  }

  private MirrorException unknown(String wanted, String tag) {
    List<String> found = new ArrayList<>();
    all().forEach(one -> found.add(one.toString()));
    String program = "python" + tag.charAt(2) + "." + tag.substring(3);
    return MirrorException.input(
        "no CPython " + wanted + " on this host",
        found.isEmpty() ? "no Python was found at all" : "found only " + String.join(", ", found),
        "put " + program + " on PATH, or name its program with <interpreters>, or leave it out");
  }
}
