package io.github.wheelmirror.builder;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Unpacks an sdist as PEP 721 wants it, strictly: what PEP 706's data filter would mend, such as an
 * absolute path, is refused here. Owners and special bits are dropped.
 */
public final class SdistUnpacker {

  private final UnpackLimits limits;

  public SdistUnpacker(UnpackLimits limits) {
    this.limits = limits;
  }

  /**
   * Unpacks {@code .tar.gz}, {@code .tgz}, {@code .tar.bz2}, {@code .tar.xz} (where the class path
   * has the library), {@code .tar} or {@code .zip}.
   *
   * @param folder is made; must not be there yet
   * @throws MirrorException machinery, when the archive cannot be read or the folder not be written
   */
  public Unpacked unpack(Path archive, Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.isReadable(archive)) {
        throw new IOException(archive + " cannot be read");
      }
      try {
        return new Unpacked.Tree(unpackInto(archive, folder));
      } catch (UnsafeArchiveException e) {
        FileTree.delete(folder);
        return new Unpacked.UnsafeArchive(String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "cannot unpack " + archive.getFileName() + " into " + folder,
          IoWords.of(e),
          "see that the disk is not full and that the folder may be written",
          e);
    }
  }

  private Path unpackInto(Path archive, Path folder) throws IOException, UnsafeArchiveException {
    SourceTreeWriter writer = new SourceTreeWriter(folder, limits);
    try {
      ArchiveReader.read(archive, writer::write);
      return writer.finish();
    } catch (SourceTreeWriter.WriteFailure e) {
      throw e.reason();
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while unpacking");
      }
      // the archive library has no one exception for broken input
      throw new UnsafeArchiveException("the archive is broken: " + words(e));
    }
  }

  private static String words(Exception broken) {
    return broken instanceof EOFException && broken.getMessage() == null
        ? "it ends too early"
        : String.valueOf(broken.getMessage());
  }
}
