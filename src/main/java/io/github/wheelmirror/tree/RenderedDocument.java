package io.github.wheelmirror.tree;

import io.github.wheelmirror.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A document that is described first and written later. One of a large mirror does not fit into
 * memory beside the others: beyond the limit it is made again when it is written.
 */
final class RenderedDocument {
  /** Bytes of a document that are kept. */
  private static final int KEPT = 8 << 20;

  private final ManifestDocument described;
  private final Content content;
  private final Optional<byte[]> bytes;

  /** Makes the same bytes each time. */
  @FunctionalInterface
  interface Content {
    /** Writes them. */
    void write(OutputStream out) throws IOException;
  }

  private RenderedDocument(ManifestDocument described, Content content, Optional<byte[]> bytes) {
    this.described = described;
    this.content = content;
    this.bytes = bytes;
  }

  /**
   * Describes what is at hand.
   *
   * @param path in the snapshot
   */
  static RenderedDocument of(String path, byte[] bytes) {
    return new RenderedDocument(
        ManifestDocument.of(path, bytes), out -> out.write(bytes), Optional.of(bytes));
  }

  /**
   * Makes it once.
   *
   * @param path in the snapshot
   */
  static RenderedDocument of(String path, Content content) throws IOException {
    Limited kept = new Limited();
    DigestOutputStream digested = new DigestOutputStream(kept, Sha256.digest());
    content.write(digested);
    String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
    return new RenderedDocument(
        new ManifestDocument(path, sha256, kept.size), content, kept.bytes());
  }

  /** What a manifest says of it. */
  ManifestDocument described() {
    return described;
  }

  /**
   * Has it written.
   *
   * @param path in the tree
   */
  void stage(StagingFolder folder, String path) {
    if (bytes.isPresent()) {
      folder.file(path, bytes.get());
    } else {
      folder.large(path, described.sha256(), described.size(), content);
    }
  }

  /** Counts all, keeps no more than the limit. */
  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1 << 12);
    private long size;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      size += length;
      if (size <= KEPT) {
        kept.write(buffer, offset, length);
      }
    }

    Optional<byte[]> bytes() {
      return size <= KEPT ? Optional.of(kept.toByteArray()) : Optional.empty();
    }
  }
}
