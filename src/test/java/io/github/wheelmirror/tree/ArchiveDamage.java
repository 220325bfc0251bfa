package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.DamageRow.ALL;
import static io.github.wheelmirror.tree.DamageRow.of;

import io.github.wheelmirror.tree.ForgedWheel.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** Wheels whose archives lie, or are made to hurt. */
final class ArchiveDamage {

  private static final Set<Kind> DATA = Set.of(Kind.DATA);

  private ArchiveDamage() {}

  static List<DamageRow> rows() {
    return List.of(
        of(
            "§4.2 truncated ZIP",
            ALL,
            w -> w.bytes(b -> Arrays.copyOf(b, b.length / 2)),
            "error zip-truncated"),
        of(
            "§4.2 ../evil.py",
            ALL,
            w -> w.put("../evil.py", "x"),
            "error record-unlisted",
            "error unsafe-name"),
        of(
            "local header of another name",
            ALL,
            w -> w.zip(z -> first(z).localName = "other".getBytes(StandardCharsets.UTF_8)),
            "error zip-local-header"),
        of(
            "local header of another size",
            ALL,
            w -> w.zip(z -> first(z).localSize++),
            "error zip-local-header"),
        of(
            "member that the directory does not list",
            ALL,
            w ->
                w.zip(
                    z -> {
                      var hidden = new RawZip.Member("hidden.py", new byte[] {'x'});
                      hidden.listed = false;
                      z.members.add(2, hidden);
                    }),
            "error zip-hidden-member"),
        of(
            "two members of one name and other content",
            ALL,
            w -> w.zip(z -> z.members.add(new RawZip.Member(w.module(), new byte[] {'x', '\n'}))),
            "error duplicate-content",
            "error record-hash"),
        of(
            "two members of one name and content",
            ALL,
            w -> w.zip(z -> z.members.add(new RawZip.Member(w.module(), w.content(w.module())))),
            "warning duplicate-name"),
        of("link", ALL, w -> w.zip(z -> first(z).mode = 0120777), "error special-file"),
        of("device", ALL, w -> w.zip(z -> first(z).mode = 0020666), "error special-file"),
        of("encrypted bit", ALL, w -> w.zip(z -> first(z).flags |= 1), "error zip-encrypted"),
        of(
            "compression that nobody has",
            ALL,
            w -> w.zip(z -> first(z).method = 12),
            "error zip-method"),
        of(
            "ZIP64 end record of other members",
            ALL,
            w -> w.zip(z -> z.wideMoreMembers = 1),
            "error zip-ambiguous"),
        of(
            "more members than there are",
            ALL,
            w -> w.zip(z -> z.moreMembers = 1),
            "error zip-directory"),
        of(
            "ZIP64 end record of very many members",
            ALL,
            w ->
                w.zip(
                    z -> {
                      z.moreMembers = 0xffff - z.members.size();
                      z.wideMoreMembers = 1_000_000;
                    }),
            "error zip-too-many"),
        of("several disks", ALL, w -> w.zip(z -> z.disk = 1), "error zip-disks"),
        of(
            "data after the end",
            ALL,
            w -> w.zip(z -> z.after = new byte[7]),
            "error zip-trailing-data"),
        of(
            "another archive after the end",
            ALL,
            w -> w.bytes(b -> concat(b, ForgedWheel.good(Kind.PURE, 99).build())),
            "error zip-ambiguous"),
        of(
            "program before the first member",
            ALL,
            w -> w.bytes(b -> concat("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), b)),
            "error zip-ambiguous"),
        of("unused bytes inside", ALL, w -> w.zip(z -> z.gap = new byte[100]), "warning zip-gap"),
        of(
            "two members in one place",
            ALL,
            w -> w.zip(z -> z.members.get(1).elsewhere = first(z)),
            "error zip-overlap"),
        of("wrong checksum", ALL, w -> w.zip(z -> first(z).crc ^= 1), "error zip-content"),
        of(
            "more content than its size",
            ALL,
            w ->
                w.zip(
                    z -> {
                      var large = new RawZip.Member("large", new byte[5000]);
                      large.says(10);
                      z.members.add(large);
                    }),
            "error zip-content"),
        of(
            "less content than its size",
            ALL,
            w -> w.zip(z -> first(z).says(first(z).size + 1)),
            "error zip-content"),
        of(
            "bomb: a little that says it is 4 GB",
            ALL,
            w -> w.zip(z -> first(z).says(0xfffffff0L)),
            "error zip-bomb"),
        of(
            "bomb: more than any wheel has",
            ALL,
            w ->
                w.zip(
                    z -> {
                      for (int i = 0; i < 5; i++) {
                        var large = new RawZip.Member("large" + i, new byte[0]);
                        large.says(0xfffffff0L);
                        z.members.add(large);
                      }
                    }),
            "error zip-too-large"),
        of(
            "METADATA larger than anyone reads",
            ALL,
            w -> w.put(w.info("METADATA"), "x\n".repeat((16 << 19) + 1)).record(),
            "error too-large"),
        of(
            "backslash in a name",
            ALL,
            w -> w.put("a\\b.py", "x"),
            "error record-unlisted",
            "error unsafe-name"),
        of(
            "absolute name",
            ALL,
            w -> w.put("/etc/cron.d/x", "x"),
            "error record-unlisted",
            "error unsafe-name"),
        of(
            "name that no system takes",
            ALL,
            w -> w.put("a/".repeat(30_000) + "x.py", "x").record(),
            "error unsafe-name"),
        of(
            "NUL in a name",
            ALL,
            w -> w.put("a\0.py", "x"),
            "error record-unlisted",
            "error unsafe-name"),
        of(
            "drive in a name",
            ALL,
            w -> w.put("C:x.py", "x"),
            "error record-unlisted",
            "error unsafe-name"),
        of(
            "empty part in a name",
            ALL,
            w -> w.zip(z -> z.members.add(new RawZip.Member("empty//", new byte[0]))),
            "warning odd-name"),
        of(
            "file and folder of one name",
            ALL,
            w -> w.put(w.module() + "/inner.py", "x").record(),
            "error file-as-folder"),
        of(
            "folder with content",
            ALL,
            w -> w.zip(z -> z.members.add(new RawZip.Member("folder/", new byte[] {1}))),
            "error folder-content"),
        of(
            "names that differ in case",
            ALL,
            w -> w.put(w.name + "/__INIT__.py", "x").record(),
            "untidy name-case"),
        of(
            "name that is not marked as UTF-8",
            DATA,
            w -> w.zip(z -> z.members.forEach(each -> each.flags = 0)),
            "warning name-encoding"),
        of(
            "second name in an extra field",
            ALL,
            w -> w.zip(z -> first(z).extra = unicodePath(first(z).name, "other")),
            "error zip-directory"));
  }

  private static RawZip.Member first(RawZip zip) {
    return zip.members.get(0);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** The field 0x7075 of APPNOTE 4.6.9. */
  private static byte[] unicodePath(byte[] name, String other) {
    var sum = new CRC32();
    sum.update(name);
    byte[] text = other.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(9 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7075)
        .putShort((short) (5 + text.length))
        .put((byte) 1)
        .putInt((int) sum.getValue())
        .put(text)
        .array();
  }
}
