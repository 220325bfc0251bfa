package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One location as an installer meets it, project by project: a broken one is an answer too. */
final class LocationPlaces {

  /** So often in a row it may fail before it is not asked any more. */
  private static final int PATIENCE = 3;

  private final Location location;
  private final Consumer<String> warnings;
  private final AtomicInteger failed = new AtomicInteger();

  LocationPlaces(Location location, Consumer<String> warnings) {
    this.location = location;
    this.warnings = warnings;
  }

  /**
   * What it has of the project; a folder with pages is two places.
   *
   * @throws MirrorException (input) if it cannot be asked at all
   */
  List<io.github.wheelmirror.selection.Place> ask(ProjectName name) {
    if (failed.get() >= PATIENCE) {
      return without(Answer.UNUSABLE);
    }
    try {
      Location.Answer answer = location.ask(name);
      failed.set(0);
      if (answer.refused()) {
        return without(Answer.REFUSED);
      }
      if (!answer.exists() && location.role().isIndex()) {
        return without(Answer.NOT_FOUND);
      }
      return served(answer);
    } catch (AccessRefusedException e) {
      warnings.accept(e.what() + ": " + e.why());
      return without(Answer.REFUSED);
    } catch (MirrorException e) {
      if (e.kind() == MirrorException.Kind.INPUT || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      warnings.accept(e.what() + ": " + e.why());
      if (isLoginPage(e)) {
        // to installers it is a page like any other, and has no files
        return List.of(place(location.place(), location.role(), List.of()));
      }
      if (failed.incrementAndGet() == PATIENCE) {
        warnings.accept(
            location.id() + " failed " + PATIENCE + " times in a row and is not asked any more");
      }
      return without(isNoJson(e) ? Answer.MALFORMED : Answer.UNUSABLE);
    }
  }

  private List<io.github.wheelmirror.selection.Place> served(Location.Answer answer) {
    List<ListedFile> named = answer.named().stream().map(file -> listed(file.file())).toList();
    List<ListedFile> listed = answer.listed().stream().map(this::listed).toList();
    if (location.pagesRole() != location.role()) {
      var folder = place(location.place(), location.role(), named);
      return listed.isEmpty()
          ? List.of(folder)
          : List.of(folder, place("pages in " + location.place(), location.pagesRole(), listed));
    }
    List<ListedFile> files = new ArrayList<>(named);
    files.addAll(listed);
    return List.of(place(location.place(), location.role(), files));
  }

  private static io.github.wheelmirror.selection.Place place(
      String name, Role role, List<ListedFile> files) {
    return io.github.wheelmirror.selection.Place.served(name, role, files);
  }

  private static boolean isLoginPage(MirrorException failure) {
    return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(LoginPageException.class::isInstance);
  }

  /** pip stops at a page that says it is JSON and is not. */
  private static boolean isNoJson(MirrorException failure) {
    return failure.getCause() instanceof MalformedPageException page && page.getCause() != null;
  }

  private List<io.github.wheelmirror.selection.Place> without(Answer answer) {
    return List.of(
        io.github.wheelmirror.selection.Place.without(location.place(), location.role(), answer));
  }

  private ListedFile listed(RemoteFile file) {
    boolean local = location.local(file.url()).isPresent();
    // an HTML page tells no size, so a local file that has one was measured
    boolean measured = local && file.size() >= 0;
    return new ListedFile(
        file.filename(),
        file.requiresPython(),
        file.yanked(),
        measured ? Map.of() : file.hashes(),
        file.uploadTime().isEmpty() ? null : Instant.parse(file.uploadTime()),
        local,
        measured ? file.hashes() : Map.of());
  }
}
