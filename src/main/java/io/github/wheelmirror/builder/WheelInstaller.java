package io.github.wheelmirror.builder;

import io.github.wheelmirror.python.RecordEntry;
import io.github.wheelmirror.python.RecordFile;
import io.github.wheelmirror.python.WheelFilename;
import io.github.wheelmirror.python.WheelMetadata;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipException;

/**
 * Installs wheels into one virtual environment as the binary distribution format says (PEP 427,
 * "Installing a wheel"), with the scripts of its entry points and a RECORD of what is installed
 * where (PEP 376, 627). Compiles nothing to bytecode, and takes the wheel's hashes as they are: the
 * whole file was checked when it was fetched.
 */
final class WheelInstaller {

  private static final String INSTALLER = "wheel-mirror\n";
  private static final byte[] PLACEHOLDER = "#!python".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_TEXT_BYTES = 16 << 20;

  private final Path environment;
  private final Path packages;
  private final Launcher launcher;
  private final UnpackLimits limits;
  private final Set<Path> folders = new HashSet<>();

  /**
   * Installs into an environment.
   *
   * @param packages its {@code site-packages}
   * @param python its interpreter, which its scripts run
   */
  WheelInstaller(Path environment, Path packages, Path python, UnpackLimits limits) {
    this.environment = environment;
    this.packages = packages;
    this.launcher = new Launcher(python);
    this.limits = limits;
  }

  /**
   * Installs one; what it had written when it was refused stays. Returns its modules, as paths
   * below {@code site-packages}.
   *
   * @throws UnsafeArchiveException when it is no wheel that may be installed
   * @throws IOException when the environment cannot be written
   */
  List<String> install(Path wheel) throws IOException, UnsafeArchiveException {
    try {
      One one = new One(WheelFilename.parse(String.valueOf(wheel.getFileName())));
      ArchiveReader.read(wheel, one::visit);
      return one.finish();
    } catch (IllegalArgumentException | ZipException | EOFException e) {
      throw new UnsafeArchiveException(String.valueOf(e.getMessage()));
    }
  }

  /** One wheel while it is installed. */
  private final class One {

    private final WheelFilename name;
    private final Map<String, Path> moved = new TreeMap<>();
    private final List<Path> added = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();
    private final Map<String, byte[]> information = new TreeMap<>();
    private String folder = "";
    private long bytes;
    private int entries;

    One(WheelFilename name) {
      this.name = name;
    }

    void visit(ArchiveEntry entry) throws IOException, UnsafeArchiveException {
      entries++;
      if (entries > limits.maxEntries()) {
        throw new UnsafeArchiveException("more than " + limits.maxEntries() + " entries");
      }
      if (entry.kind() == ArchiveEntry.Kind.FOLDER) {
        return;
      }
      if (entry.kind() != ArchiveEntry.Kind.FILE) {
        throw UnsafeArchiveException.of(entry.name(), "a link or another special file");
      }
      List<String> parts = parts(entry.name());
      if (parts.size() > 1 && parts.get(0).endsWith(".dist-info")) {
        inform(entry, parts);
      } else if (parts.get(0).endsWith(".data")) {
        spread(entry, parts);
      } else {
        try (InputStream in = entry.content().open()) {
          write(packages.resolve(String.join("/", parts)), in, entry.executable());
        }
      }
    }

    private void inform(ArchiveEntry entry, List<String> parts)
        throws IOException, UnsafeArchiveException {
      if (!folder.isEmpty() && !folder.equals(parts.get(0))) {
        throw UnsafeArchiveException.of(entry.name(), "a second .dist-info folder");
      }
      folder = parts.get(0);
      String inner = String.join("/", parts.subList(1, parts.size()));
      byte[] content = text(entry);
      information.put(inner, content);
      if (!inner.equals("RECORD")) {
        write(packages.resolve(folder).resolve(inner), new ByteArrayInputStream(content), false);
      }
    }

    private byte[] text(ArchiveEntry entry) throws IOException, UnsafeArchiveException {
      try (InputStream in = entry.content().open()) {
        byte[] content = in.readNBytes(MOST_TEXT_BYTES + 1);
        if (content.length > MOST_TEXT_BYTES) {
          throw UnsafeArchiveException.of(entry.name(), "too big");
        }
        return content;
      }
    }

    /** Puts a file of the wheel's {@code .data} folder where its scheme wants it. */
    private void spread(ArchiveEntry entry, List<String> parts)
        throws IOException, UnsafeArchiveException {
      if (parts.size() < 3) {
        throw UnsafeArchiveException.of(entry.name(), "in no folder of an installation scheme");
      }
      String inner = String.join("/", parts.subList(2, parts.size()));
      Path base =
          switch (parts.get(1)) {
            case "purelib", "platlib" -> packages;
            case "scripts" -> environment.resolve("bin");
            case "data" -> environment;
            case "headers" -> headers();
            default ->
                throw UnsafeArchiveException.of(entry.name(), "in an unknown installation scheme");
          };
      Path place = base.resolve(inner);
      moved.put(String.join("/", parts), place);
      try (InputStream in = entry.content().open()) {
        if (parts.get(1).equals("scripts")) {
          writeScript(place, entry, in);
        } else {
          write(place, in, entry.executable());
        }
      }
    }

    private Path headers() {
      Path library = Objects.requireNonNull(packages.getParent());
      return environment
          .resolve("include/site")
          .resolve(String.valueOf(library.getFileName()))
          .resolve(name.name().value());
    }

    private void writeScript(Path place, ArchiveEntry entry, InputStream in)
        throws IOException, UnsafeArchiveException {
      byte[] start = in.readNBytes(PLACEHOLDER.length);
      if (!Arrays.equals(start, PLACEHOLDER)) {
        write(place, new SequenceInputStream(new ByteArrayInputStream(start), in), true);
        return;
      }
      byte[] rest = in.readNBytes(MOST_TEXT_BYTES);
      if (rest.length == MOST_TEXT_BYTES) {
        throw UnsafeArchiveException.of(entry.name(), "too big");
      }
      int end = 0;
      while (end < rest.length && rest[end] != '\n') {
        end++;
      }
      byte[] body = Arrays.copyOfRange(rest, Math.min(rest.length, end + 1), rest.length);
      write(
          place,
          new SequenceInputStream(
              new ByteArrayInputStream(launcher.firstLines()), new ByteArrayInputStream(body)),
          true);
    }

    private void write(Path place, InputStream in, boolean executable)
        throws IOException, UnsafeArchiveException {
      makeFolder(place);
      if (place.startsWith(packages) && place.toString().endsWith(".py")) {
        modules.add(packages.relativize(place).toString());
      }
      byte[] buffer = new byte[64 * 1024];
      try (OutputStream out = create(place)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          bytes += count;
          if (bytes > limits.maxBytes()) {
            throw new UnsafeArchiveException(
                "more than " + limits.maxBytes() + " bytes when unpacked");
          }
          out.write(buffer, 0, count);
        }
      }
      if (executable) {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }

    /** Scripts, INSTALLER and RECORD, which depend on the rest. */
    List<String> finish() throws IOException, UnsafeArchiveException {
      WheelMetadata unused = WheelMetadata.parse(required("WHEEL"));
      RecordFile record = RecordFile.parse(required("RECORD"));
      byte[] points = information.getOrDefault("entry_points.txt", new byte[0]);
      for (Map.Entry<String, String> script : EntryPointScripts.of(points).entrySet()) {
        Path place = environment.resolve("bin").resolve(script.getKey());
        write(place, new ByteArrayInputStream(launcher.script(script.getValue())), true);
        added.add(place);
      }
      Path installer = packages.resolve(folder).resolve("INSTALLER");
      write(installer, bytes(INSTALLER), false);
      added.add(installer);
      write(packages.resolve(folder).resolve("RECORD"), bytes(installed(record)), false);
      return modules;
    }

    private byte[] required(String inner) throws UnsafeArchiveException {
      byte[] content = information.get(inner);
      if (content == null) {
        throw new UnsafeArchiveException("no " + inner + " in " + name);
      }
      return content;
    }

    private ByteArrayInputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Paths relative to {@code site-packages}; what moved is written without hash and size. */
    private String installed(RecordFile record) {
      StringBuilder lines = new StringBuilder();
      for (RecordEntry entry : record.entries()) {
        Optional<Path> place = Optional.ofNullable(moved.get(entry.path()));
        lines.append(place.map(this::line).orElseGet(() -> entry + "\n"));
      }
      added.forEach(place -> lines.append(line(place)));
      return lines.toString();
    }

    private String line(Path place) {
      String path = packages.relativize(place).toString();
      boolean quoted = path.indexOf(',') >= 0 || path.indexOf('"') >= 0;
      return (quoted ? '"' + path.replace("\"", "\"\"") + '"' : path) + ",,\n";
    }
  }

  private static List<String> parts(String name) throws UnsafeArchiveException {
    if (name.startsWith("/") || name.indexOf('\0') >= 0 || name.indexOf('\\') >= 0) {
      throw UnsafeArchiveException.of(name, "an absolute path or one with strange characters");
    }
    List<String> parts = List.of(name.split("/", -1));
    if (parts.stream().anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
      throw UnsafeArchiveException.of(name, "a path with empty or dotted parts");
    }
    return parts;
  }

  private void makeFolder(Path place) throws IOException {
    Path folder = place.getParent();
    if (folder != null && folders.add(folder)) {
      Files.createDirectories(folder);
    }
  }

  /** Two wheels may have the same file, as parts of one name space have; the later one counts. */
  private static OutputStream create(Path place) throws IOException, UnsafeArchiveException {
    try {
      return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
        throw UnsafeArchiveException.of(place.toString(), "in the place of a folder or a link");
      }
      Files.delete(place);
      return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }
}
