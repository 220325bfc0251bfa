package io.github.wheelmirror.git;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the ends of a pack and of its index say of the two (gitformat-pack): both begin with a
 * signature, a pack ends with its checksum, and its index with that of the pack and its own.
 */
final class PackEnds {
  private static final byte[] PACK = {'P', 'A', 'C', 'K'};
  private static final byte[] INDEX = {(byte) 0xff, 't', 'O', 'c'};
  private static final int CHECKSUM = 20;

  private PackEnds() {}

  /** Whether both files are there, and neither was cut or is of zeros. */
  static boolean fit(Path pack) {
    Path index =
        pack.resolveSibling(String.valueOf(pack.getFileName()).replaceFirst("\\.pack$", ".idx"));
    try {
      byte[] own = bytes(pack, PACK, CHECKSUM);
      byte[] told = bytes(index, INDEX, 2 * CHECKSUM);
      return Arrays.equals(own, Arrays.copyOf(told, CHECKSUM));
    } catch (IOException e) {
      return false;
    }
  }

  /** The last bytes of a file that begins so. */
  private static byte[] bytes(Path path, byte[] signature, int last) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] begin = new byte[signature.length];
      file.readFully(begin);
      if (!Arrays.equals(begin, signature) || file.length() < begin.length + (long) last) {
        throw new IOException(path + " is cut");
      }
      byte[] end = new byte[last];
      file.seek(file.length() - last);
      file.readFully(end);
      return end;
    }
  }
}
