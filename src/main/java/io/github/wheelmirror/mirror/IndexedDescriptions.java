package io.github.wheelmirror.mirror;

import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.build.WheelDescriptions;
import io.github.wheelmirror.build.WrongFileException;
import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.tree.WheelInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what wheels say of themselves from the metadata files that the index serves (PEP 658), else
 * from the wheels. Both are kept by their hashes, so each is fetched once.
 */
final class IndexedDescriptions implements WheelDescriptions {

  /** Real ones have some 100 KB at the most. */
  private static final long MOST_BYTES = 8L << 20;

  private final Function<RemoteFile, Path> fetch;

  /**
   * Reads from an index.
   *
   * @param fetch brings a file of it to where it is kept
   */
  IndexedDescriptions(Function<RemoteFile, Path> fetch) {
    this.fetch = fetch;
  }

  @Override
  public CoreMetadata of(RemoteFile wheel) {
    return CoreMetadata.parse(beside(wheel).orElseGet(() -> inside(wheel)));
  }

  /** Nothing if the index has no such file, or one that it gives no hash of. */
  private Optional<byte[]> beside(RemoteFile wheel) {
    if (wheel.coreMetadata().isEmpty() || wheel.url().contains("?")) {
      return Optional.empty();
    }
    RemoteFile sidecar =
        new RemoteFile(
            wheel.filename() + ".metadata",
            wheel.url() + ".metadata",
            wheel.coreMetadata(),
            "",
            false,
            "",
            "",
            -1,
            Map.of(),
            false,
            wheel.index());
    try {
      return Optional.of(fetched(sidecar)).filter(bytes -> bytes.length > 0);
    } catch (WrongFileException e) {
      throw e;
    } catch (MirrorException e) {
      Interrupts.rethrow(e);
      // promised and not there: the wheel has it too
      return Optional.empty();
    }
  }

  private byte[] inside(RemoteFile wheel) {
    return new WheelInspector().inspect(fetch.apply(wheel), wheel.filename()).metadata();
  }

  private byte[] fetched(RemoteFile sidecar) {
    Path file = fetch.apply(sidecar);
    try {
      return Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static MirrorException unreadable(Path file, IOException e) {
    return MirrorException.machinery(
        file + " cannot be read", IoWords.of(e), "make it readable for this user", e);
  }
}
