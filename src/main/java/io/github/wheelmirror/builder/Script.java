package io.github.wheelmirror.builder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of this package in other languages, kept as resources. */
enum Script {
  QUESTION("question.py"),
  FACTS("facts.py"),
  RUN_PIP("run_pip.py"),
  COMPILE_BYTECODE("compile_bytecode.py"),
  WARM_BUILDER("warm_builder.py"),
  ISOLATE("isolate.sh"),
  IMPORT_MODULE("import_module.py"),
  COMPILE_SOURCES("compile_sources.py"),
  PIP_DEFAULTS("pip_defaults.py");

  private final String file;

  Script(String file) {
    this.file = file;
  }

  String text() {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the plugin's own file is missing: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it into a folder of its own, as Python puts a script's folder on its path. */
  Path writeInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(file), text());
  }
}
