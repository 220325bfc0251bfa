package io.github.wheelmirror.selection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The order in which pip collects files: what comes later wins where all else is equal. */
final class PipCollection {

  /** Pages are read after directories: those of find-links, the index, other indexes. */
  private static final List<Set<Place.Role>> PAGES =
      List.of(
          Set.of(Place.Role.FIND_LINKS_PAGE, Place.Role.FIND_LINKS_DIRECTORY_PAGES),
          Set.of(Place.Role.INDEX),
          Set.of(Place.Role.EXTRA_INDEX));

  private PipCollection() {}

  /**
   * All files of all places.
   *
   * @param named the files of a place
   */
  static List<NamedFile> of(List<Place> places, Function<Place, List<NamedFile>> named) {
    List<NamedFile> collected = new ArrayList<>();
    for (Place place : places) {
      if (place.role() == Place.Role.FIND_LINKS_DIRECTORY) {
        collected.addAll(named.apply(place));
      }
    }
    collected.sort(Comparator.comparing(PipCollection::fileUrl).reversed());
    for (Set<Place.Role> roles : PAGES) {
      for (Place place : places) {
        if (roles.contains(place.role())) {
          collected.addAll(named.apply(place));
        }
      }
    }
    return collected;
  }

  /** pip sorts files of directories by their quoted URL. */
  private static String fileUrl(NamedFile file) {
    String path = file.place().name();
    String url = path + (path.endsWith("/") ? "" : "/") + file.file().filename();
    var quoted = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_.-~/:".indexOf(c) >= 0);
      quoted.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return quoted.toString();
  }
}
