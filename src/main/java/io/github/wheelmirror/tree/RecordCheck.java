package io.github.wheelmirror.tree;

import io.github.wheelmirror.python.InvalidRecordException;
import io.github.wheelmirror.python.RecordEntry;
import io.github.wheelmirror.python.RecordFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code RECORD} with the archive in both directions, which no installer does.
 *
 * <p>Errors: a file that is not listed, a listed file that is not there, content of another hash.
 * Such a wheel was changed after it was made. Untidy: a missing or weak hash, and a wrong or no
 * size beside a right hash; the digest of the whole file on the index page covers the content all
 * the same. So are the spellings of early tools, which listed folders, lines twice, or backslashes.
 */
final class RecordCheck {

  private static final Set<String> UNLISTED_NAMES = Set.of("RECORD", "RECORD.jws", "RECORD.p7s");

  private final String infoFolder;
  private final List<WheelProblem> problems;
  private final byte[] buffer = new byte[1 << 16];

  RecordCheck(String infoFolder, List<WheelProblem> problems) {
    this.infoFolder = infoFolder;
    this.problems = problems;
  }

  /** Reads every member once; returns what the other checks need to know about their content. */
  List<MemberFacts> check(ZipArchive archive, byte[] recordBytes) throws IOException {
    Optional<RecordFile> record = parse(recordBytes);
    List<MemberFacts> facts = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (ZipMember member : archive.members()) {
      present.add(member.name());
      if (!member.isFolder()) {
        Optional<RecordEntry> entry = record.flatMap(all -> all.entry(member.name()));
        facts.add(check(archive, member, entry));
        if (entry.isEmpty() && record.isPresent() && !isUnlisted(member.name())) {
          error("record-unlisted", member.name(), "is not in RECORD");
        }
      }
    }
    record.ifPresent(all -> checkListed(all, present));
    return facts;
  }

  private void checkListed(RecordFile record, Set<String> present) {
    for (RecordEntry entry : record.entries()) {
      if (!present.contains(entry.path())) {
        error("record-missing-file", entry.path(), "is in RECORD but not in the archive");
      }
    }
  }

  private Optional<RecordFile> parse(byte[] bytes) {
    try {
      return Optional.of(RecordFile.parse(bytes));
    } catch (InvalidRecordException e) {
      try {
        RecordFile tidied = RecordFile.parse(tidy(bytes));
        problems.add(WheelProblem.untidy("record-spelling", String.valueOf(e.getMessage())));
        return Optional.of(tidied);
      } catch (InvalidRecordException stillBad) {
        problems.add(WheelProblem.error("record-invalid", String.valueOf(e.getMessage())));
        return Optional.empty();
      }
    }
  }

  /** Without what early tools wrote: folders, the same line twice, Windows' separators. */
  private static byte[] tidy(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
      String path = line.replace('\\', '/');
      // an empty line stays, for it is more than untidy
      if (!path.contains("/,") && (path.isEmpty() || seen.add(path))) {
        lines.add(path);
      }
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private boolean isUnlisted(String name) {
    return name.startsWith(infoFolder + "/")
        && UNLISTED_NAMES.contains(name.substring(infoFolder.length() + 1));
  }

  private MemberFacts check(ZipArchive archive, ZipMember member, Optional<RecordEntry> entry)
      throws IOException {
    Optional<String> algorithm = entry.flatMap(RecordEntry::hashAlgorithm);
    Optional<MessageDigest> digest = algorithm.flatMap(RecordCheck::digest);
    MemberFacts facts = read(archive, member, digest);
    if (entry.isPresent() && !isUnlisted(member.name())) {
      compare(member, entry.get(), digest);
    }
    return facts;
  }

  private MemberFacts read(ZipArchive archive, ZipMember member, Optional<MessageDigest> digest)
      throws IOException {
    NativeCode code = NativeCode.NONE;
    int machine = -1;
    try (InputStream in = archive.open(member);
        MemberBytes compiled = new MemberBytes(archive, member)) {
      boolean first = true;
      for (int count = fill(in, buffer); count > 0; count = fill(in, buffer)) {
        if (first) {
          code = NativeCode.of(buffer, count);
          machine = code == NativeCode.ELF ? NativeCode.machine(buffer, count) : -1;
          first = false;
        }
        if (code == NativeCode.ELF) {
          compiled.add(buffer, count);
        }
        if (digest.isPresent()) {
          digest.get().update(buffer, 0, count);
        }
      }
      return new MemberFacts(
          member.name(), code, machine, code == NativeCode.ELF ? elf(compiled) : null);
    }
  }

  /** Nothing only at the end, where the content is compared with its checksum. */
  private static int fill(InputStream in, byte[] buffer) throws IOException {
    return in.readNBytes(buffer, 0, buffer.length);
  }

  private static @Nullable ElfFile elf(MemberBytes bytes) throws IOException {
    try {
      return ElfFile.read(bytes);
    } catch (ElfFile.MalformedException e) {
      // test data may be so; what must be loadable is told by the checks of the tags
      return null;
    }
  }

  private void compare(ZipMember member, RecordEntry entry, Optional<MessageDigest> digest) {
    boolean proven = false;
    if (digest.isPresent()) {
      if (!entry.matches(digest.get().digest())) {
        error("record-hash", member.name(), "has not the hash that RECORD names");
        return;
      }
      proven = entry.hasStrongHash();
    }
    if (!proven) {
      untidy(
          "record-weak-hash",
          member.name(),
          "has no SHA-256 in RECORD but " + entry.hashAlgorithm().orElse("no hash"));
    }
    if (entry.size().isPresent() && entry.size().getAsLong() != member.size()) {
      String words = "has " + member.size() + " bytes, RECORD says " + entry.size().getAsLong();
      if (proven) {
        untidy("record-size", member.name(), words);
      } else {
        error("record-wrong-size", member.name(), words);
      }
    } else if (entry.size().isEmpty()) {
      untidy("record-size", member.name(), "has no size in RECORD");
    }
  }

  private static Optional<MessageDigest> digest(String algorithm) {
    String name =
        algorithm.startsWith("sha3_")
            ? "SHA3-" + algorithm.substring(5)
            : algorithm.startsWith("sha") && algorithm.length() > 4
                ? "SHA-" + algorithm.substring(3)
                : algorithm.toUpperCase(Locale.ROOT);
    try {
      return Optional.of(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      // blake2 and the like: Java has none, and the caller warns that nothing proves the content
      return Optional.empty();
    }
  }

  private void error(String code, String name, String words) {
    problems.add(WheelProblem.error(code, WheelProblem.quote(name) + " " + words));
  }

  private void untidy(String code, String name, String words) {
    problems.add(WheelProblem.untidy(code, WheelProblem.quote(name) + " " + words));
  }
}
