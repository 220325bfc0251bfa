package io.github.wheelmirror.tree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A 64-bit little-endian ELF file with nothing but what the dynamic loader asks for. */
final class TestElf {

  static final int X86_64 = 62;
  static final int AARCH64 = 183;

  private static final int BASE = 0x10000;
  private static final int DYNAMIC = 256;
  private static final int VERSIONS = 1024;
  private static final int NAMES = 2048;
  private static final int SIZE = 4096;

  private final int machine;
  private final Map<String, List<String>> needs = new LinkedHashMap<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();

  private TestElf(int machine) {
    this.machine = machine;
    names.write(0);
  }

  static TestElf of(int machine) {
    return new TestElf(machine);
  }

  /** Needs a library, and these versions of symbols of it. */
  TestElf needs(String library, String... versions) {
    needs.put(library, List.of(versions));
    return this;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(16, (short) 3).putShort(18, (short) machine);
    file.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 2);
    List<long[]> dynamic = new ArrayList<>();
    int at = VERSIONS;
    int libraries = 0;
    for (Map.Entry<String, List<String>> need : needs.entrySet()) {
      int name = name(need.getKey());
      dynamic.add(new long[] {1, name});
      if (!need.getValue().isEmpty()) {
        at = versions(file, at, name, need.getValue());
        libraries++;
      }
    }
    if (libraries > 0) {
      dynamic.add(new long[] {0x6ffffffe, BASE + VERSIONS});
      dynamic.add(new long[] {0x6fffffff, libraries});
    }
    dynamic.add(new long[] {5, BASE + NAMES});
    dynamic.add(new long[] {10, names.size()});
    dynamic.add(new long[] {0, 0});
    for (int i = 0; i < dynamic.size(); i++) {
      file.putLong(DYNAMIC + 16 * i, dynamic.get(i)[0]);
      file.putLong(DYNAMIC + 16 * i + 8, dynamic.get(i)[1]);
    }
    segment(file, 64, 1, 0, SIZE);
    segment(file, 64 + 56, 2, DYNAMIC, 16 * dynamic.size());
    file.put(NAMES, names.toByteArray());
    return file.array();
  }

  private int versions(ByteBuffer file, int start, int library, List<String> versions) {
    int next = start + 16 + 16 * versions.size();
    file.putShort(start, (short) 1).putShort(start + 2, (short) versions.size());
    file.putInt(start + 4, library).putInt(start + 8, 16).putInt(start + 12, next - start);
    for (int i = 0; i < versions.size(); i++) {
      int one = start + 16 + 16 * i;
      file.putInt(one + 8, name(versions.get(i)));
      file.putInt(one + 12, i + 1 < versions.size() ? 16 : 0);
    }
    return next;
  }

  private int name(String text) {
    int at = names.size();
    names.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    names.write(0);
    return at;
  }

  private static void segment(ByteBuffer file, int at, int type, int offset, int size) {
    file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, BASE + offset);
    file.putLong(at + 32, size);
  }
}
