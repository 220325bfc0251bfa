package io.github.wheelmirror.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder into which a backend was told to write its one wheel. */
record WheelFolder(Path folder) {

  /** Why what it holds is not that one wheel, or nothing. */
  Optional<String> refusal(String fileName) throws IOException {
    List<String> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    if (!found.equals(List.of(fileName))) {
      return Optional.of("its backend named '" + fileName + "' but there is " + found);
    }
    Path wheel = folder.resolve(fileName);
    if (!Files.isRegularFile(wheel, LinkOption.NOFOLLOW_LINKS) || Files.size(wheel) == 0) {
      return Optional.of("'" + fileName + "' is no file or empty");
    }
    return Optional.empty();
  }

  /** Moves it under its name in one step. */
  Path moveTo(String fileName, Path output) throws IOException {
    Files.createDirectories(output);
    Path near = output.resolve("." + fileName + "." + UUID.randomUUID());
    try {
      Files.copy(folder.resolve(fileName), near);
      Files.setPosixFilePermissions(near, PosixFilePermissions.fromString("rw-r--r--"));
      return Files.move(near, output.resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(near);
    }
  }
}
