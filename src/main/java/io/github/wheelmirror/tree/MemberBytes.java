package io.github.wheelmirror.tree;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads at places of a member that is being unpacked, without unpacking it anywhere: its beginning
 * is kept while it is read for other reasons, and what lies behind that is unpacked again. Memory
 * and time have bounds, for the member may have been made to hurt.
 */
final class MemberBytes implements ElfFile.Source, Closeable {

  /** Holds nearly all extension modules whole. */
  static final int KEPT = 16 << 20;

  private static final int PAGE = 1 << 16;
  private static final int PAGES = 64;

  /** Honest files need two: their dynamic section, and their names if those are not at its side. */
  private static final int MOST_STARTS = 4;

  private final ZipArchive archive;
  private final ZipMember member;
  private byte[] beginning;
  private int kept;
  private int starts;
  private long nextPage;
  private @Nullable InputStream in;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > PAGES;
        }
      };

  MemberBytes(ZipArchive archive, ZipMember member) {
    this.archive = archive;
    this.member = member;
    this.beginning = new byte[(int) Math.min(PAGE, member.size())];
  }

  /** The member's next bytes, from its first on. */
  void add(byte[] bytes, int count) {
    int take = Math.min(count, KEPT - kept);
    if (kept + take > beginning.length) {
      // never more than the member is said to have: that is checked while it is read
      long most = Math.min(KEPT, Math.max(member.size(), kept + take));
      beginning =
          Arrays.copyOf(
              beginning, (int) Math.min(most, Math.max(kept + take, 2L * beginning.length)));
    }
    System.arraycopy(bytes, 0, beginning, kept, take);
    kept += take;
  }

  @Override
  public long size() {
    return member.size();
  }

  @Override
  public ByteBuffer read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      long at = position + done;
      if (at < kept) {
        int count = (int) Math.min(length - done, kept - at);
        System.arraycopy(beginning, (int) at, bytes, done, count);
        done += count;
      } else {
        byte[] page = page(at / PAGE);
        int from = (int) (at % PAGE);
        int count = Math.min(length - done, page.length - from);
        if (count <= 0) {
          throw new ElfFile.MalformedException("it became shorter");
        }
        System.arraycopy(page, from, bytes, done, count);
        done += count;
      }
    }
    return ByteBuffer.wrap(bytes);
  }

  private byte[] page(long number) throws IOException {
    byte[] page = pages.get(number);
    if (page != null) {
      return page;
    }
    InputStream stream = in;
    if (stream == null || number < nextPage) {
      stream = start();
    }
    stream.skipNBytes((number - nextPage) * PAGE);
    byte[] read = stream.readNBytes(PAGE);
    nextPage = number + 1;
    pages.put(number, read);
    return read;
  }

  private InputStream start() throws IOException {
    close();
    if (++starts > MOST_STARTS) {
      throw new ElfFile.MalformedException("what belongs together in it is all over the file");
    }
    InputStream stream = archive.open(member);
    in = stream;
    nextPage = 0;
    return stream;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
