package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidCoreMetadataException;
import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.InvalidSpecifierException;
import io.github.wheelmirror.python.InvalidWheelMetadataException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.python.WheelMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checks of an archive's files once its structure is known to be sound; for one use. */
final class WheelContent {

  private static final String INFO = ".dist-info";
  private static final String DATA = ".data";
  private static final Set<String> SCHEMES =
      Set.of("purelib", "platlib", "headers", "scripts", "data");

  /** Written by installers about an installation; inside a wheel they would lie about it. */
  private static final List<String> INSTALLED_ONLY =
      List.of("INSTALLER", "REQUESTED", "direct_url.json");

  /** Where PEP 639 has them, and where tools put them before it was final. */
  private static final List<String> LICENSE_FOLDERS = List.of("/licenses/", "/", "/license_files/");

  private final ZipArchive archive;
  private final WheelFilename filename;
  private final WheelLimits limits;
  private final boolean own;
  private final List<WheelProblem> problems;
  private final Map<String, ZipMember> members = new HashMap<>();
  private byte[] metadataBytes = new byte[0];
  private @Nullable CoreMetadata metadata;
  private @Nullable WheelMetadata wheel;
  private List<MemberFacts> facts = List.of();

  WheelContent(
      ZipArchive archive,
      WheelFilename filename,
      WheelLimits limits,
      boolean own,
      List<WheelProblem> problems) {
    this.archive = archive;
    this.filename = filename;
    this.limits = limits;
    this.own = own;
    this.problems = problems;
    archive.members().forEach(member -> members.putIfAbsent(member.name(), member));
  }

  WheelInspection inspect() throws IOException {
    Optional<String> folder = infoFolder();
    if (folder.isPresent()) {
      readMetadata(folder.get());
      readWheel(folder.get());
      readRecord(folder.get());
      checkEntryPoints(folder.get());
      checkInfoFiles(folder.get());
    }
    checkDataFolders();
    return new WheelInspection(filename, metadataBytes, metadata, wheel, facts, problems);
  }

  private Optional<String> infoFolder() {
    Set<String> folders = new TreeSet<>();
    for (ZipMember member : archive.members()) {
      int slash = member.name().indexOf('/');
      if (slash > INFO.length() && member.name().startsWith(INFO, slash - INFO.length())) {
        folders.add(member.name().substring(0, slash));
      }
    }
    if (folders.size() != 1) {
      error("dist-info", "it has " + folders.size() + " .dist-info folders instead of one");
      return Optional.empty();
    }
    String folder = folders.iterator().next();
    if (!isNamed(folder.substring(0, folder.length() - INFO.length()))) {
      error(
          "dist-info",
          WheelProblem.quote(folder)
              + " is not of "
              + filename.name()
              + " "
              + filename.version()
              + ", which the file name says");
    }
    return Optional.of(folder);
  }

  /** Whether a folder is of this wheel, by its name without its ending. */
  private boolean isNamed(String stem) {
    int dash = stem.indexOf('-');
    return dash > 0
        && ProjectName.normalize(stem.substring(0, dash)).equals(filename.name().value())
        && Version.tryParse(stem.substring(dash + 1)).equals(Optional.of(filename.version()));
  }

  /** The content of a file in memory; nothing, with an error, if it is missing or too large. */
  private Optional<byte[]> required(String name) throws IOException {
    ZipMember member = members.get(name);
    if (member == null) {
      error("missing-file", WheelProblem.quote(name) + " is missing");
      return Optional.empty();
    }
    return content(member);
  }

  private Optional<byte[]> content(ZipMember member) throws IOException {
    if (member.size() > limits.infoFile()) {
      error(
          "too-large",
          WheelProblem.quote(member.name()) + " has more than " + limits.infoFile() + " bytes");
      return Optional.empty();
    }
    try (InputStream in = archive.open(member)) {
      return Optional.of(in.readAllBytes());
    }
  }

  private void readMetadata(String folder) throws IOException {
    Optional<byte[]> bytes = required(folder + "/METADATA");
    if (bytes.isEmpty()) {
      return;
    }
    metadataBytes = bytes.get();
    try {
      CoreMetadata parsed = CoreMetadata.parse(metadataBytes);
      metadata = parsed;
      checkMetadata(parsed, folder);
    } catch (InvalidCoreMetadataException e) {
      error("metadata", String.valueOf(e.getMessage()));
    }
  }

  private void checkMetadata(CoreMetadata parsed, String folder) {
    if (!parsed.name().equals(filename.name()) || !parsed.version().equals(filename.version())) {
      error("metadata-name", "METADATA is of " + parsed + ", the file name of another");
    }
    if (parsed.hasUnknownMinorVersion()) {
      untidy("metadata-version", "Metadata-Version " + parsed.metadataVersion() + " is unknown");
    }
    for (String requirement : parsed.requiresDist()) {
      try {
        Requirement.parse(requirement);
      } catch (InvalidRequirementException e) {
        // pip 24.1 and newer refuse the whole wheel
        error("requires-dist", "Requires-Dist: " + e.getMessage());
      }
    }
    try {
      parsed.requiresPython().ifPresent(SpecifierSet::parse);
    } catch (InvalidSpecifierException e) {
      // pip ignores it with a warning of its own, uv ignores the file
      warning("requires-python", "Requires-Python: " + e.getMessage());
    }
    for (String license : parsed.licenseFiles()) {
      // without their folders before PEP 639
      String flat = "/" + license.substring(license.lastIndexOf('/') + 1);
      if (LICENSE_FOLDERS.stream().noneMatch(in -> members.containsKey(folder + in + license))
          && !members.containsKey(folder + flat)) {
        untidy("license-file", "License-File " + WheelProblem.quote(license) + " is missing");
      }
    }
  }

  private void readWheel(String folder) throws IOException {
    Optional<byte[]> bytes = required(folder + "/WHEEL");
    if (bytes.isEmpty()) {
      return;
    }
    try {
      WheelMetadata parsed = WheelMetadata.parse(bytes.get());
      wheel = parsed;
      new TagCheck(filename, own, problems).checkDeclared(parsed);
    } catch (InvalidWheelMetadataException e) {
      error("wheel-file", String.valueOf(e.getMessage()));
    }
  }

  private void readRecord(String folder) throws IOException {
    Optional<byte[]> bytes = required(folder + "/RECORD");
    if (bytes.isPresent()) {
      facts = new RecordCheck(folder, problems).check(archive, bytes.get());
      if (wheel != null) {
        new TagCheck(filename, own, problems).checkContent(wheel, facts);
      }
    }
  }

  private void checkEntryPoints(String folder) throws IOException {
    ZipMember member = members.get(folder + "/entry_points.txt");
    if (member != null) {
      content(member)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
          .ifPresent(text -> problems.addAll(EntryPointsCheck.check(text)));
    }
  }

  private void checkInfoFiles(String folder) {
    for (String name : INSTALLED_ONLY) {
      if (members.containsKey(folder + "/" + name)) {
        untidy("installed-file", name + " belongs to installations, not into a wheel");
      }
    }
  }

  /**
   * pip refuses a wheel with files in an unknown scheme, and takes the folder whosever name it has;
   * uv takes it by its name.
   */
  private void checkDataFolders() {
    Set<String> folders = new TreeSet<>();
    for (ZipMember member : archive.members()) {
      String[] parts = member.name().split("/", 3);
      boolean inData = parts.length > 1 && parts[0].endsWith(DATA) && !member.isFolder();
      if (inData && (parts.length < 3 || !SCHEMES.contains(parts[1]))) {
        error("data-scheme", WheelProblem.quote(member.name()) + " is in no known scheme");
      }
      if (inData) {
        folders.add(parts[0]);
      }
    }
    for (String folder : folders) {
      if (!isNamed(folder.substring(0, folder.length() - DATA.length()))) {
        warning(
            "data-folder",
            WheelProblem.quote(folder)
                + " is not named as the wheel: some clients would not install it as data");
      }
    }
  }

  private void error(String code, String words) {
    problems.add(WheelProblem.error(code, words));
  }

  private void untidy(String code, String words) {
    problems.add(WheelProblem.untidy(code, words));
  }

  private void warning(String code, String words) {
    problems.add(WheelProblem.warning(code, words));
  }
}
