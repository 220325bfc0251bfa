package io.github.wheelmirror.builder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a source tree says it is built (PEP 517, PEP 518); without saying so, by setuptools as it did
 * before.
 *
 * @param requires what its environment needs, as PEP 508 strings
 * @param backend {@code module[:object]}
 * @param backendPath existing folders within the tree; empty for a backend that is installed
 * @param dynamic whether it leaves to the backend what decides an installation
 */
record BuildSystem(List<String> requires, String backend, List<Path> backendPath, boolean dynamic) {

  private static final String LEGACY = "setuptools.build_meta:__legacy__";
  private static final String SETUPTOOLS = "setuptools>=40.8.0";

  /** They never run a setup.py, though old ones put one into the sdist. */
  private static final Pattern DECLARATIVE =
      Pattern.compile(
          "(poetry|flit|flit_core|hatchling|pdm|mesonpy|maturin|scikit_build_core)\\b.*");

  /** What of a project's table decides where and with what it is installed (PEP 621). */
  private static final Set<String> DECIDING =
      Set.of("dependencies", "optional-dependencies", "requires-python");

  private static final long MAX_BYTES = 4 << 20;
  private static final Pattern OBJECT =
      Pattern.compile("[\\w.]+(:[\\w.]+)?", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * A name, as PEP 508 writes it, and what may follow; never an option, a path or a second line.
   */
  private static final Pattern REQUIREMENT =
      Pattern.compile("\\s*[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\s*([\\[(<>=!~;@][^\\r\\n]*)?");

  BuildSystem {
    requires = List.copyOf(requires);
    backendPath = List.copyOf(backendPath);
  }

  /** Whether setuptools makes the wheel, so that it says itself what more it needs. */
  boolean isSetuptools() {
    return backendPath.isEmpty()
        && (backend.startsWith("setuptools.") || backend.equals("pbr.build"));
  }

  /**
   * Whether code of the source may say on another Python what it does not say on this one.
   * Setuptools reads what is dynamic from files.
   *
   * @param bySetup whether its setup.py may, if that is run
   */
  boolean computesMetadata(boolean bySetup) {
    return !backendPath.isEmpty()
        || (dynamic && !isSetuptools())
        || (bySetup && !DECLARATIVE.matcher(backend).matches());
  }

  /** Whether pip may be given that text as a requirement. */
  static boolean isRequirement(String text) {
    return REQUIREMENT.matcher(text).matches();
  }

  /**
   * Reads a tree's {@code pyproject.toml}, or finds its {@code setup.py}.
   *
   * @throws RefusedSourceException when it has neither, or says what cannot be
   */
  static BuildSystem of(Path tree) throws IOException, RefusedSourceException {
    Path project = tree.resolve("pyproject.toml");
    if (!Files.isRegularFile(project)) {
      if (!Files.isRegularFile(tree.resolve("setup.py"))) {
        throw new RefusedSourceException("it has neither pyproject.toml nor setup.py");
      }
      return legacy(List.of(SETUPTOOLS));
    }
    JsonNode all = read(project);
    JsonNode table = all.path("build-system");
    if (table.isMissingNode()) {
      return legacy(List.of(SETUPTOOLS));
    }
    if (!table.isObject() || !table.has("requires")) {
      throw new RefusedSourceException("pyproject.toml: [build-system] has no requires");
    }
    List<String> requires = new ArrayList<>(strings(table, "requires"));
    for (String one : requires) {
      if (!isRequirement(one)) {
        throw new RefusedSourceException("pyproject.toml: not a requirement: '" + one + "'");
      }
    }
    if (!table.has("build-backend")) {
      if (requires.stream().noneMatch(one -> one.strip().matches("setuptools(?![\\w.-]).*"))) {
        requires.add(SETUPTOOLS);
      }
      return legacy(requires);
    }
    String backend = table.path("build-backend").asText();
    if (!OBJECT.matcher(backend).matches()) {
      throw new RefusedSourceException("pyproject.toml: not a backend: '" + backend + "'");
    }
    return new BuildSystem(
        requires, backend, folders(tree, strings(table, "backend-path")), leavesOpen(all));
  }

  private static BuildSystem legacy(List<String> requires) {
    return new BuildSystem(requires, LEGACY, List.of(), false);
  }

  private static boolean leavesOpen(JsonNode all) {
    boolean open = false;
    for (JsonNode field : all.path("project").path("dynamic")) {
      open |= DECIDING.contains(field.asText());
    }
    return open;
  }

  private static JsonNode read(Path file) throws IOException, RefusedSourceException {
    if (Files.size(file) > MAX_BYTES) {
      throw new RefusedSourceException("pyproject.toml is bigger than any real one");
    }
    try {
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new RefusedSourceException("pyproject.toml is not TOML: " + firstLine(e));
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static List<String> strings(JsonNode table, String key) throws RefusedSourceException {
    List<String> values = new ArrayList<>();
    JsonNode array = table.path(key);
    if (array.isMissingNode()) {
      return values;
    }
    boolean allText = array.isArray();
    for (JsonNode value : array) {
      allText &= value.isTextual();
      values.add(value.asText());
    }
    if (!allText) {
      throw new RefusedSourceException("pyproject.toml: " + key + " is not a list of strings");
    }
    return values;
  }

  private static List<Path> folders(Path tree, List<String> names)
      throws IOException, RefusedSourceException {
    List<Path> folders = new ArrayList<>();
    for (String name : names) {
      Path folder = resolve(tree, name);
      if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(tree.toRealPath())) {
        throw new RefusedSourceException(
            "pyproject.toml: backend-path '" + name + "' is no folder of the source");
      }
      folders.add(folder);
    }
    return folders;
  }

  private static Path resolve(Path tree, String name) throws RefusedSourceException {
    try {
      return tree.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new RefusedSourceException("pyproject.toml: not a path: '" + name + "'");
    }
  }
}
