package io.github.wheelmirror.selection;

import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.python.SdistFilename;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.python.WheelFilename;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tool chooses, without the other candidates.
 *
 * @param file its name; empty if the tool fails
 * @param version of the file, as in its name; empty if the tool fails
 * @param place that lists it; empty if the tool fails
 * @param hashes by algorithm, as that place tells them; of a local file measured
 * @param failure why the tool fails; empty if it chooses a file
 */
public record Choice(
    String file, String version, String place, Map<String, String> hashes, String failure) {

  /** Copies and checks. */
  public Choice {
    Objects.requireNonNull(place);
    hashes = Map.copyOf(hashes);
    if (file.isEmpty() == failure.isEmpty() || file.isEmpty() != version.isEmpty()) {
      throw new IllegalArgumentException("either a file is chosen or the tool fails");
    }
  }

  /**
   * Of what an explanation says.
   *
   * @param request what was explained
   */
  static Choice of(Explanation explanation, SelectionRequest request) {
    Optional<Verdict> chosen = explanation.chosen();
    if (chosen.isEmpty()) {
      return new Choice("", "", "", Map.of(), explanation.failure());
    }
    String file = chosen.get().file();
    String place = chosen.get().place();
    // by its position, for a page may list a name twice
    Map<String, String> hashes =
        request.places().stream()
            .flatMap(each -> each.files().stream())
            .skip(explanation.verdicts().indexOf(chosen.get()))
            .findFirst()
            .map(ListedFile::knownHashes)
            .orElse(Map.of());
    return new Choice(file, version(file, request.requirement().projectName()), place, hashes, "");
  }

  private static String version(String file, ProjectName project) {
    if (file.endsWith(".whl")) {
      try {
        return WheelFilename.parse(file).version().toString();
      } catch (InvalidWheelFilenameException e) {
        // an old pip takes file names that are none by the standards
        return file.split("-", -1)[1];
      }
    }
    return SdistFilename.forProject(file, project)
        .map(name -> name.version().toString())
        .orElse(file);
  }

  /** How it relates to what is chosen outside. */
  Likeness to(Choice outside) {
    if (file.isEmpty() || outside.file.isEmpty()) {
      return file.isEmpty() && outside.file.isEmpty()
          ? Likeness.NOTHING
          : file.isEmpty() ? Likeness.NOTHING_INSIDE : Likeness.NOTHING_OUTSIDE;
    }
    if (file.equals(outside.file) && !differs(outside)) {
      return Likeness.SAME_FILE;
    }
    Optional<Version> own = Version.tryParse(version);
    boolean equal =
        own.isPresent()
            ? own.equals(Version.tryParse(outside.version))
            : version.equals(outside.version);
    return equal ? Likeness.SAME_VERSION : Likeness.OTHER_VERSION;
  }

  private boolean differs(Choice other) {
    return hashes.entrySet().stream()
        .anyMatch(
            hash ->
                !other
                    .hashes
                    .getOrDefault(hash.getKey(), hash.getValue())
                    .equalsIgnoreCase(hash.getValue()));
  }
}
