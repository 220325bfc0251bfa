package io.github.wheelmirror.builder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wheelmirror.AtomicFile;
import io.github.wheelmirror.FileFact;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.Machine;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Pythons answered, each with its witnesses: the files and folders that the answer came from.
 * It holds for as long as each of them, and the kernel, is as it was.
 *
 * <p>Kept are the answers of real programs and of pyenv's shims, whose choice comes from few known
 * files. Any other script may decide as it likes, so it is asked each time.
 */
final class KeptAnswers {

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private final Path folder;
  private final Path home;

  /**
   * What a file holds.
   *
   * @param question the digest of the script
   * @param kernel its release and version, which are environment markers
   * @param witnesses path → what {@link FileFact} said of it
   */
  private record Note(
      Path program,
      String question,
      String kernel,
      Map<String, String> witnesses,
      boolean succeeded,
      String text,
      String words) {
    Note {
      Objects.requireNonNull(program, "program");
      Objects.requireNonNull(question, "question");
      witnesses = new TreeMap<>(witnesses);
    }
  }

  /**
   * The answers in this folder, which need not exist.
   *
   * @param home the user's, where pyenv may be
   */
  KeptAnswers(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  /** The answer, if it still holds; a note that cannot be read is none. */
  Optional<PythonAnswers.Answer> find(Path program, String script, Seen seen) {
    Path file = file(program, script);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      Note note = Json.read(Files.readAllBytes(file), Note.class, file.toString());
      boolean holds =
          note.program().equals(program)
              && note.question().equals(digest(script))
              && note.kernel().equals(Machine.kernel())
              && note.witnesses().equals(facts(note.witnesses().keySet()));
      if (holds) {
        note.witnesses().forEach((path, fact) -> seen.fact(Path.of(path), fact));
      }
      return holds
          ? Optional.of(new PythonAnswers.Answer(note.succeeded(), note.text(), note.words()))
          : Optional.empty();
    } catch (IOException | MirrorException unreadable) {
      return Optional.empty();
    }
  }

  /** Keeps an answer if it may be kept. A folder that cannot be written is no reason to stop. */
  void keep(Path program, String script, PythonAnswers.Answer answer, Seen seen) {
    try {
      List<String> witnesses = new ArrayList<>(List.of(program.toString()));
      Optional<Path> pyenv = pyenv(program);
      if (pyenv.isPresent()) {
        witnesses.addAll(shimWitnesses(pyenv.get()));
      } else if (!isProgram(program) || !answer.succeeded()) {
        seen.doubt(program + " has to be asked each time");
        return;
      }
      if (answer.succeeded()) {
        List<String> told = told(answer.text());
        if (told.isEmpty()) {
          seen.doubt(program + " has to be asked each time");
          return;
        }
        witnesses.addAll(told);
      }
      Note note =
          new Note(
              program,
              digest(script),
              Machine.kernel(),
              facts(witnesses),
              answer.succeeded(),
              answer.text(),
              answer.words());
      AtomicFile.writeUnforced(file(program, script), Json.write(note));
      note.witnesses().forEach((path, fact) -> seen.fact(Path.of(path), fact));
    } catch (IOException | MirrorException e) {
      // it is asked again the next time, which is slower and nothing worse
      seen.doubt(program + " has to be asked each time");
      return;
    }
  }

  private static List<String> told(String text) {
    List<String> files = new ArrayList<>();
    JsonNode answer = Json.tree(text.getBytes(StandardCharsets.UTF_8), "an answer");
    answer.path("witnesses").forEach(one -> files.add(one.asText()));
    return files;
  }

  /** pyenv's root if the program is one of its shims. */
  private Optional<Path> pyenv(Path program) {
    Path root = home.resolve(".pyenv");
    return root.resolve("shims").equals(program.getParent()) ? Optional.of(root) : Optional.empty();
  }

  /** In {@code /} and without variables a shim obeys these, and starts what is installed. */
  private static List<String> shimWitnesses(Path root) {
    return List.of(
        "/.python-version",
        root.resolve("version").toString(),
        root.resolve("versions").toString(),
        root.resolve("libexec").toString(),
        root.resolve("plugins").toString(),
        root.resolve("pyenv.d").toString());
  }

  private static boolean isProgram(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    }
  }

  private static Map<String, String> facts(Iterable<String> files) {
    Map<String, String> facts = new TreeMap<>();
    files.forEach(file -> facts.put(file, FileFact.of(Path.of(file))));
    return facts;
  }

  private Path file(Path program, String script) {
    return folder.resolve(digest(program + "\n" + script) + ".json");
  }

  private static String digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
