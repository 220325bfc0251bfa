package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.Manylinux;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the compiled files of a wheel want of the host that it is installed on.
 *
 * @param files how many there are
 * @param libraries sonames of what is neither in the wheel nor on every Linux ({@link Manylinux});
 *     sorted
 * @param symbols versions of symbols that they need of libraries which every Linux has
 * @param unreadable names of compiled files that no loader would take; nothing is known of their
 *     needs
 */
public record NativeNeeds(
    int files, Set<String> libraries, Set<String> symbols, Set<String> unreadable) {

  /** More than any honest wheel needs. */
  private static final int MOST = 10_000;

  /** Nothing. */
  public static final NativeNeeds NONE = new NativeNeeds(0, Set.of(), Set.of(), Set.of());

  private static final Pattern NAME = Pattern.compile("[!-~]{1,255}");

  public NativeNeeds {
    libraries = sorted(libraries);
    symbols = sorted(symbols);
    unreadable = sorted(unreadable);
  }

  private static Set<String> sorted(Set<String> names) {
    return Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /**
   * Reads a wheel's compiled files; each is unpacked beside the wheel for as long as it is read.
   *
   * @throws IOException if it is no sound archive, or the folder cannot be written
   */
  public static NativeNeeds of(Path wheel) throws IOException {
    var collected = new Collected();
    try (ZipArchive archive = ZipArchive.open(wheel, WheelLimits.DEFAULT)) {
      List<ZipMember> compiled = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        if (!member.isFolder() && isElf(archive, member)) {
          compiled.add(member);
          collected.inside.add(member.name().substring(member.name().lastIndexOf('/') + 1));
        }
      }
      for (ZipMember member : compiled) {
        try {
          collected.add(read(archive, member, wheel.toAbsolutePath()));
        } catch (ElfFile.MalformedException e) {
          collected.unreadable.add(member.name());
        }
      }
      return new NativeNeeds(
          compiled.size(), collected.libraries, collected.symbols, collected.unreadable);
    }
  }

  /** The needs of the files so far. */
  private static final class Collected {
    private final Set<String> inside = new TreeSet<>();
    private final Set<String> libraries = new TreeSet<>();
    private final Set<String> symbols = new TreeSet<>();
    private final Set<String> unreadable = new TreeSet<>();

    void add(ElfFile file) throws ElfFile.MalformedException {
      for (String library : file.libraries()) {
        // found in the wheel only by who looks there
        boolean own = file.besideItself() && inside.contains(library);
        if (!own && !Manylinux.has(library)) {
          if (!NAME.matcher(library).matches() || libraries.size() >= MOST) {
            throw new ElfFile.MalformedException("it needs what can be no library's name");
          }
          libraries.add(library);
        }
      }
      for (Map.Entry<String, Set<String>> versions : file.versions().entrySet()) {
        if (Manylinux.has(versions.getKey())) {
          symbols.addAll(versions.getValue());
        }
        if (symbols.size() > MOST) {
          throw new ElfFile.MalformedException("it needs too many symbol versions");
        }
      }
    }
  }

  private static boolean isElf(ZipArchive archive, ZipMember member) throws IOException {
    try (InputStream in = archive.open(member)) {
      byte[] head = in.readNBytes(NativeCode.HEAD);
      return NativeCode.of(head, head.length) == NativeCode.ELF;
    }
  }

  private static ElfFile read(ZipArchive archive, ZipMember member, Path wheel) throws IOException {
    Path copy = Files.createTempFile(wheel.getParent(), ".compiled", ".tmp");
    try (InputStream in = archive.open(member)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ)) {
        return ElfFile.read(channel);
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * The N of the first {@code manylinux_2_N} that is all it needs.
   *
   * @param architecture as platform tags end
   * @return empty if it needs more, or that is not known
   */
  public OptionalInt manylinux(String architecture) {
    return files > 0 && libraries.isEmpty() && unreadable.isEmpty()
        ? Manylinux.generation(architecture, symbols)
        : OptionalInt.empty();
  }
}
