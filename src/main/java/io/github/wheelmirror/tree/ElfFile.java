package io.github.wheelmirror.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an ELF file asks the dynamic loader for (System V ABI, chapters 4 and 5; the symbol versions
 * of the LSB): read by its program headers as the loader does, and with bounds, for the file may
 * have been made to hurt.
 *
 * @param machine ELF's number
 * @param libraries the names in {@code DT_NEEDED}, in order
 * @param versions the symbol versions needed of a library, by its name
 * @param besideItself whether it looks for libraries in places relative to its own ({@code
 *     $ORIGIN})
 */
record ElfFile(
    int machine, List<String> libraries, Map<String, Set<String>> versions, boolean besideItself) {

  /** More than any honest file has of program headers, dynamic entries, libraries or versions. */
  private static final int MOST = 2_000;

  private static final int LONGEST_NAME = 4096;

  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int DT_NEEDED = 1;
  private static final int DT_STRTAB = 5;
  private static final int DT_STRSZ = 10;
  private static final int DT_RPATH = 15;
  private static final int DT_RUNPATH = 29;
  private static final int DT_VERNEED = 0x6ffffffe;
  private static final int DT_VERNEEDNUM = 0x6fffffff;

  ElfFile {
    libraries = List.copyOf(libraries);
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Where the bytes of a file come from. */
  interface Source {
    /** How many there are. */
    long size();

    /**
     * Exactly these bytes, which there are.
     *
     * @throws IOException if they cannot be had after all
     */
    ByteBuffer read(long position, int length) throws IOException;
  }

  /** The file is no ELF file that a loader would take. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String words) {
      super(words);
    }
  }

  /**
   * Reads a file.
   *
   * @throws MalformedException if it is none, or says what cannot be
   */
  static ElfFile read(FileChannel file) throws IOException {
    return read(new OnDisk(file, file.size()));
  }

  /** As the other. */
  static ElfFile read(Source source) throws IOException {
    return new Reader(source).read();
  }

  private record OnDisk(FileChannel file, long size) implements Source {
    @Override
    public ByteBuffer read(long position, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (file.read(buffer, position + buffer.position()) < 0) {
          throw new MalformedException("it became shorter");
        }
      }
      return buffer.flip();
    }
  }

  private record Segment(long address, long offset, long size) {}

  /** Of one file, once. */
  private static final class Reader {
    private final Source source;
    private final long size;
    private boolean wide;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private final List<Segment> loaded = new ArrayList<>();
    private long textOffset;
    private long textSize;

    Reader(Source source) {
      this.source = source;
      this.size = source.size();
    }

    ElfFile read() throws IOException {
      ByteBuffer identity = bytes(0, 16);
      if (identity.getInt(0) != 0x464c457f) {
        throw new MalformedException("it does not begin as ELF files do");
      }
      wide = identity.get(4) == 2;
      boolean big = identity.get(5) == 2;
      if ((!wide && identity.get(4) != 1) || (!big && identity.get(5) != 1)) {
        throw new MalformedException("it is of no known class or byte order");
      }
      order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      ByteBuffer header = bytes(0, wide ? 64 : 52);
      int machine = header.getShort(18) & 0xffff;
      Segment dynamic = segments(header);
      Map<Long, List<Long>> entries = dynamic == null ? Map.of() : dynamic(dynamic);
      if (entries.isEmpty()) {
        return new ElfFile(machine, List.of(), Map.of(), false);
      }
      textSize = only(entries, DT_STRSZ);
      textOffset = textSize == 0 ? 0 : offset(only(entries, DT_STRTAB), textSize);
      List<String> libraries = new ArrayList<>();
      for (long name : entries.getOrDefault((long) DT_NEEDED, List.of())) {
        libraries.add(text(name));
      }
      boolean beside = false;
      for (long tag : List.of((long) DT_RPATH, (long) DT_RUNPATH)) {
        for (long path : entries.getOrDefault(tag, List.of())) {
          String places = text(path);
          beside |= places.contains("$ORIGIN") || places.contains("${ORIGIN}");
        }
      }
      return new ElfFile(machine, libraries, versions(entries), beside);
    }

    /** Notes what is loaded; returns the dynamic section, null without one. */
    private @Nullable Segment segments(ByteBuffer header) throws IOException {
      long start = wide ? header.getLong(32) : unsigned(header.getInt(28));
      int length = header.getShort(wide ? 54 : 42) & 0xffff;
      int count = header.getShort(wide ? 56 : 44) & 0xffff;
      if (count > MOST || (count > 0 && length != (wide ? 56 : 32))) {
        throw new MalformedException("it has odd program headers");
      }
      Segment dynamic = null;
      ByteBuffer table = bytes(start, count * length);
      for (int i = 0; i < count; i++) {
        int at = i * length;
        int type = table.getInt(at);
        long offset = wide ? table.getLong(at + 8) : unsigned(table.getInt(at + 4));
        long address = wide ? table.getLong(at + 16) : unsigned(table.getInt(at + 8));
        long bytes = wide ? table.getLong(at + 32) : unsigned(table.getInt(at + 16));
        if (type == PT_LOAD) {
          loaded.add(new Segment(address, offset, bytes));
        } else if (type == PT_DYNAMIC) {
          dynamic = new Segment(address, offset, bytes);
        }
      }
      return dynamic;
    }

    private Map<Long, List<Long>> dynamic(Segment segment) throws IOException {
      int length = wide ? 16 : 8;
      if (segment.size() < 0 || segment.size() > (long) MOST * length) {
        throw new MalformedException("its dynamic section is too large");
      }
      ByteBuffer table = bytes(segment.offset(), (int) segment.size());
      Map<Long, List<Long>> entries = new TreeMap<>();
      for (int at = 0; at + length <= table.limit(); at += length) {
        long tag = wide ? table.getLong(at) : unsigned(table.getInt(at));
        long value = wide ? table.getLong(at + 8) : unsigned(table.getInt(at + 4));
        if (tag == 0) {
          break;
        }
        entries.computeIfAbsent(tag, key -> new ArrayList<>()).add(value);
      }
      return entries;
    }

    private static long only(Map<Long, List<Long>> entries, int tag) {
      return entries.getOrDefault((long) tag, List.of(0L)).get(0);
    }

    private Map<String, Set<String>> versions(Map<Long, List<Long>> entries) throws IOException {
      Map<String, Set<String>> versions = new TreeMap<>();
      long count = only(entries, DT_VERNEEDNUM);
      if (!entries.containsKey((long) DT_VERNEED)) {
        return versions;
      }
      long at = offset(only(entries, DT_VERNEED), 16);
      int left = MOST;
      for (long i = 0; i < count; i++) {
        ByteBuffer need = bytes(at, 16);
        String library = text(unsigned(need.getInt(4)));
        int members = need.getShort(2) & 0xffff;
        long next = at + unsigned(need.getInt(8));
        for (int member = 0; member < members; member++) {
          if (--left < 0) {
            throw new MalformedException("it needs too many symbol versions");
          }
          ByteBuffer one = bytes(next, 16);
          versions
              .computeIfAbsent(library, name -> new TreeSet<>())
              .add(text(unsigned(one.getInt(8))));
          next += unsigned(one.getInt(12));
        }
        if (--left < 0) {
          throw new MalformedException("it needs symbol versions of too many libraries");
        }
        long step = unsigned(need.getInt(12));
        if (step == 0) {
          break;
        }
        at += step;
      }
      return versions;
    }

    /** Where in the file an address is. */
    private long offset(long address, long bytes) throws MalformedException {
      for (Segment segment : loaded) {
        long into = address - segment.address();
        if (into >= 0 && bytes >= 0 && into <= segment.size() - bytes) {
          return segment.offset() + into;
        }
      }
      throw new MalformedException("it points to what is not loaded");
    }

    private String text(long position) throws IOException {
      if (position < 0 || position >= textSize) {
        throw new MalformedException("it points outside of its names");
      }
      int most = (int) Math.min(LONGEST_NAME, textSize - position);
      byte[] bytes = new byte[most];
      bytes(textOffset + position, most).get(bytes);
      int end = 0;
      while (end < most && bytes[end] != 0) {
        end++;
      }
      if (end == most) {
        throw new MalformedException("a name in it has no end");
      }
      return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
      if (position < 0 || length < 0 || position > size - length) {
        throw new MalformedException("it points outside of its " + size + " bytes");
      }
      return source.read(position, length).order(order);
    }

    private static long unsigned(int number) {
      return number & 0xffffffffL;
    }
  }
}
