package io.github.wheelmirror.builder;

import io.github.wheelmirror.python.CoreMetadata;
import io.github.wheelmirror.python.InvalidCoreMetadataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The metadata in what a backend made: a wheel, or the folder that PEP 517 has it prepare. */
final class MadeMetadata {

  private static final String FOLDER = ".dist-info";
  private static final String METADATA = "METADATA";

  /** No honest one comes near it. */
  private static final int MOST_BYTES = 16 << 20;

  private MadeMetadata() {}

  /**
   * That of a file or folder, told apart by its name; no link is followed.
   *
   * @throws IOException if there is none, or none that is metadata
   */
  static CoreMetadata of(Path folder, String made) throws IOException {
    Path path = folder.resolve(made);
    if (!folder.equals(path.getParent())) {
      throw new IOException("'" + made + "' is not in the folder that it was to be put in");
    }
    if (made.endsWith(".whl") && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return ofWheel(path);
    }
    if (!made.endsWith(FOLDER) || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("'" + made + "' is neither a wheel nor a folder of metadata");
    }
    Path metadata = path.resolve(METADATA);
    if (!Files.isRegularFile(metadata, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("'" + made + "' has no " + METADATA);
    }
    try (InputStream in = Files.newInputStream(metadata, LinkOption.NOFOLLOW_LINKS)) {
      return parsed(in);
    }
  }

  /**
   * That of a wheel.
   *
   * @throws IOException as the other
   */
  static CoreMetadata ofWheel(Path wheel) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(wheel).get();
        InputStream in =
            zip.getInputStream(
                WheelRetagger.only(Collections.list(zip.getEntries()), FOLDER + "/" + METADATA))) {
      return parsed(in);
    }
  }

  private static CoreMetadata parsed(InputStream in) throws IOException {
    byte[] content = in.readNBytes(MOST_BYTES + 1);
    if (content.length > MOST_BYTES) {
      throw new IOException("the metadata has more than " + MOST_BYTES + " bytes");
    }
    try {
      return CoreMetadata.parse(content);
    } catch (InvalidCoreMetadataException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
