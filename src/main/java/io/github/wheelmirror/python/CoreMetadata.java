package io.github.wheelmirror.python;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metadata of a project: {@code METADATA} of a wheel or {@code PKG-INFO} of an sdist (core
 * metadata 1.0 to 2.6; PEP 241, 314, 345, 566, 639, 643, 685, 794, 808).
 */
public final class CoreMetadata {

  /** 2.0 was withdrawn, but the {@code wheel} of its years wrote it. */
  private static final Set<String> KNOWN_VERSIONS =
      Set.of("1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6");

  /** What descriptions in a header are indented with: PEP 314 proposes the second. */
  private static final List<String> INDENTATIONS = List.of("       |", "        ");

  private final String metadataVersion;
  private final ProjectName name;
  private final Version version;
  private final HeaderBlock block;

  private CoreMetadata(HeaderBlock block) {
    this.block = block;
    this.metadataVersion = single("Metadata-Version");
    if (!hasKnownMajor(metadataVersion)) {
      throw invalid("Metadata-Version is " + InvalidTextException.quote(metadataVersion));
    }
    if (block.padded().contains("name")) {
      // pip takes it as a part of the name, and finds that the file is of another project
      throw invalid("Name has white space around it");
    }
    try {
      this.name = ProjectName.parse(single("Name"));
      this.version = Version.parse(single("Version"));
    } catch (InvalidProjectNameException | InvalidVersionException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the bytes of a file: e-mail headers, UTF-8.
   *
   * @throws InvalidCoreMetadataException if it is not UTF-8; if {@code Metadata-Version}, {@code
   *     Name} or {@code Version} is missing, given twice or invalid; if {@code Name} has white
   *     space around it; if the major version is unknown
   */
  public static CoreMetadata parse(byte[] bytes) {
    return new CoreMetadata(HeaderBlock.parse(bytes).orElseThrow(() -> invalid("not UTF-8")));
  }

  private static InvalidCoreMetadataException invalid(String reason) {
    return new InvalidCoreMetadataException("invalid core metadata: " + reason);
  }

  private String single(String field) {
    List<String> values = block.values(field);
    if (values.size() != 1) {
      throw invalid(values.isEmpty() ? field + " is missing" : field + " is given twice");
    }
    return values.get(0);
  }

  private static boolean hasKnownMajor(String text) {
    int dot = text.indexOf('.');
    return (text.startsWith("1.") || text.startsWith("2."))
        && text.length() > dot + 1
        && text.chars().skip(dot + 1L).allMatch(c -> PythonText.isDigit((char) c));
  }

  /** {@code Metadata-Version}, for example {@code 2.4}. */
  public String metadataVersion() {
    return metadataVersion;
  }

  /** Whether a newer standard than this class knows describes it; fields may be missed. */
  public boolean hasUnknownMinorVersion() {
    return !KNOWN_VERSIONS.contains(metadataVersion);
  }

  /** {@code Name}. */
  public ProjectName name() {
    return name;
  }

  /** {@code Version}. */
  public Version version() {
    return version;
  }

  /** {@code Requires-Python} as written, perhaps no specifier at all. */
  public Optional<String> requiresPython() {
    return first("Requires-Python");
  }

  /** {@code Requires-Dist} as written, perhaps no requirements at all. */
  public List<String> requiresDist() {
    return block.values("Requires-Dist");
  }

  /** {@code Provides-Extra} as written. */
  public List<String> providesExtra() {
    return block.values("Provides-Extra");
  }

  /** {@code License-File}: paths under {@code .dist-info/licenses} of a wheel (PEP 639). */
  public List<String> licenseFiles() {
    return block.values("License-File");
  }

  /** {@code License-Expression}, an SPDX expression (PEP 639). */
  public Optional<String> licenseExpression() {
    return first("License-Expression");
  }

  /** {@code Dynamic}: lower-case names of fields that a build may change (PEP 643). */
  public Set<String> dynamic() {
    return block.values("Dynamic").stream()
        .map(field -> field.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The body, or else the field {@code Description} without its indentation; perhaps empty. */
  public String description() {
    return block.body().isEmpty()
        ? first("Description").map(CoreMetadata::unindent).orElse("")
        : block.body();
  }

  private static String unindent(String value) {
    return value
        .lines()
        .map(
            line ->
                INDENTATIONS.stream()
                    .filter(line::startsWith)
                    .findFirst()
                    .map(indentation -> line.substring(indentation.length()))
                    .orElse(line))
        .collect(Collectors.joining("\n"));
  }

  /** The values of any field, in order; its name in any case. */
  public List<String> values(String field) {
    return block.values(field);
  }

  /** The value that pip uses of a field that should be there once. */
  private Optional<String> first(String field) {
    return block.values(field).stream().findFirst();
  }

  /** All fields, in order. */
  public List<MetadataHeader> headers() {
    return block.headers();
  }

  /** Name and version. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
