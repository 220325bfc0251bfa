package io.github.wheelmirror.index;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.PythonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the target Python's own pip is configured to use: its configuration files, then {@code
 * PIP_*}; of the files the sections {@code [global]} and, stronger, {@code [install]} count.
 *
 * @param indexUrl empty if nothing but pip's built-in default names one
 * @param certificates a PEM file or folder that replaces the trusted certificates; empty for Java's
 * @param clientCertificate a PEM file with key and certificate; empty if none
 * @param proxies from {@code proxy} of pip or the usual variables
 * @param timeout for connecting and between two pieces of an answer
 * @param retries after the first attempt
 * @param means values of options that change only how pip gets at files, by name
 * @param netrc text of the user's {@code .netrc}; empty if none
 */
public record PipConfiguration(
    String indexUrl,
    List<String> extraIndexUrls,
    List<String> findLinks,
    boolean noIndex,
    String certificates,
    String clientCertificate,
    List<String> trustedHosts,
    Proxies proxies,
    Duration timeout,
    int retries,
    Map<String, String> means,
    Netrc netrc,
    PipEnvironment environment) {

  private static final List<String> SECTIONS = List.of("global", "install");
  private static final List<String> CERTIFICATE_VARIABLES =
      List.of("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR");
  private static final List<String> MEANS =
      List.of("cache-dir", "no-cache-dir", "keyring-provider", "use-feature", "use-deprecated");
  private static final Map<String, String> OTHER_NAMES =
      Map.of("default-timeout", "timeout", "pypi-url", "index-url");
  private static final Duration PIP_TIMEOUT = Duration.ofSeconds(15);
  private static final int PIP_RETRIES = 5;

  public PipConfiguration {
    extraIndexUrls = List.copyOf(extraIndexUrls);
    findLinks = List.copyOf(findLinks);
    trustedHosts = List.copyOf(trustedHosts);
    means = Map.copyOf(means);
  }

  /**
   * Reads all of pip's configuration.
   *
   * @throws MirrorException (input) if a file or a value is one that pip refuses
   */
  public static PipConfiguration read(PipEnvironment environment) {
    Values values = new Values(ordered(environment));
    return new PipConfiguration(
        values.text("index-url"),
        values.list("extra-index-url"),
        values.list("find-links"),
        values.flag("no-index"),
        certificates(values, environment),
        values.text("client-cert"),
        values.list("trusted-host"),
        Proxies.of(values.text("proxy"), environment.variables()),
        values.seconds("timeout").orElse(PIP_TIMEOUT),
        values.count("retries").orElse(PIP_RETRIES),
        values.some(MEANS),
        netrc(environment),
        environment);
  }

  /** The files that {@link #read} reads, existing or not. */
  public static List<Path> files(PipEnvironment environment) {
    List<Path> files = new ArrayList<>(environment.configFiles());
    environment.variable("PIP_CONFIG_FILE").ifPresent(file -> files.add(environment.path(file)));
    files.addAll(netrcFiles(environment));
    return files;
  }

  /** The PEM file or folder of {@link #certificates}, if one is named. */
  public Optional<Path> trustedAuthorities() {
    return certificates.isEmpty()
        ? Optional.empty()
        : Optional.of(environment.path(certificates).normalize());
  }

  /** Shows no URL, as one may hold a password. */
  @Override
  public String toString() {
    return "PipConfiguration[" + (1 + extraIndexUrls.size()) + " indexes, " + findLinks + "]";
  }

  /**
   * All values by option name, the weakest first replaced by stronger ones; empty ones left out.
   */
  private static Map<String, String> ordered(PipEnvironment environment) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (Path file : environment.configFiles()) {
      readFile(file)
          .forEach(
              (section, values) ->
                  sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).putAll(values));
    }
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String section : SECTIONS) {
      sections
          .getOrDefault(section, Map.of())
          .forEach((key, value) -> putIfFilled(ordered, key, value));
    }
    environment
        .variables()
        .forEach(
            (name, value) -> {
              if (name.startsWith("PIP_")) {
                putIfFilled(ordered, PipConfigFile.normalizedKey(name.substring(4)), value);
              }
            });
    return ordered;
  }

  private static void putIfFilled(Map<String, String> values, String key, String value) {
    if (!value.isEmpty()) {
      values.put(OTHER_NAMES.getOrDefault(key, key), value);
    }
  }

  private static Map<String, Map<String, String>> readFile(Path file) {
    if (isPassedOver(file)) {
      return Map.of();
    }
    try {
      return PipConfigFile.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new MirrorException(
          MirrorException.Kind.INPUT,
          "pip's configuration file " + file + " cannot be read",
          IoWords.of(e),
          "make it a readable UTF-8 text file or remove it",
          e);
    }
  }

  /** pip does so with what it cannot open. */
  private static boolean isPassedOver(Path file) {
    return Files.isDirectory(file) || !Files.isReadable(file);
  }

  private static String certificates(Values values, PipEnvironment environment) {
    String configured = values.text("cert");
    if (!configured.isEmpty()) {
      return configured;
    }
    return CERTIFICATE_VARIABLES.stream()
        .flatMap(name -> environment.variable(name).stream())
        .findFirst()
        .orElse("");
  }

  /** Where requests looks; the first that exists counts. */
  private static List<Path> netrcFiles(PipEnvironment environment) {
    String named = environment.variables().get("NETRC");
    if (named == null) {
      return List.of(environment.path("~/.netrc"), environment.path("~/_netrc"));
    }
    // set but empty is how to have none
    return named.isEmpty() ? List.of() : List.of(environment.path(named));
  }

  private static Netrc netrc(PipEnvironment environment) {
    Optional<Path> found = netrcFiles(environment).stream().filter(Files::exists).findFirst();
    if (found.isEmpty() || isPassedOver(found.get())) {
      return Netrc.parse("");
    }
    Path file = found.get();
    try {
      return Netrc.parse(Files.readString(file));
    } catch (IOException e) {
      throw new MirrorException(
          MirrorException.Kind.INPUT,
          file + " cannot be read",
          IoWords.of(e),
          "make it a readable UTF-8 text file, or set NETRC to another one",
          e);
    }
  }

  /** Option values with pip's ideas of flags, lists and numbers. */
  private record Values(Map<String, String> values) {

    String text(String name) {
      return PythonText.strip(values.getOrDefault(name, ""));
    }

    Map<String, String> some(List<String> names) {
      Map<String, String> some = new LinkedHashMap<>(values);
      some.keySet().retainAll(names);
      return some;
    }

    List<String> list(String name) {
      List<String> words = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      for (char c : (text(name) + " ").toCharArray()) {
        if (!PythonText.isSpace(c)) {
          word.append(c);
        } else if (word.length() > 0) {
          words.add(word.toString());
          word.setLength(0);
        }
      }
      return words;
    }

    boolean flag(String name) {
      String value = text(name).toLowerCase(Locale.ROOT);
      return switch (value) {
        case "y", "yes", "t", "true", "on", "1" -> true;
        case "", "n", "no", "f", "false", "off", "0" -> false;
        default -> throw invalid(name, value, "yes or no");
      };
    }

    Optional<Duration> seconds(String name) {
      String value = text(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      try {
        double seconds = Double.parseDouble(value);
        if (seconds > 0 && seconds <= 86_400) {
          return Optional.of(Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))));
        }
      } catch (NumberFormatException e) {
        throw invalid(name, value, "seconds");
      }
      throw invalid(name, value, "seconds between 0 and 86400");
    }

    Optional<Integer> count(String name) {
      String value = text(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (!value.matches("[0-9]{1,4}")) {
        throw invalid(name, value, "a number up to 9999");
      }
      return Optional.of(Integer.valueOf(value));
    }

    private static MirrorException invalid(String name, String value, String wanted) {
      return MirrorException.input(
          "pip's option " + name + " has the value '" + Printable.of(value) + "'",
          "it wants " + wanted,
          "correct it in pip's configuration file or in the variable PIP_"
              + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
