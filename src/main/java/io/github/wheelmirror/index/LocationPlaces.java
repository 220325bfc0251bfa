package io.github.wheelmirror.index;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.build.RemoteFile;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
   * What it has of the project.
   *
   * @throws MirrorException (input) if it cannot be asked at all
   */
  io.github.wheelmirror.selection.Place ask(ProjectName name) {
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
      List<ListedFile> files = new ArrayList<>();
      answer.named().forEach(named -> files.add(listed(named.file())));
      answer.listed().forEach(file -> files.add(listed(file)));
      return io.github.wheelmirror.selection.Place.served(location.place(), location.role(), files);
    } catch (AccessRefusedException e) {
      warnings.accept(e.what() + ": " + e.why());
      return without(Answer.REFUSED);
    } catch (MirrorException e) {
      if (e.kind() == MirrorException.Kind.INPUT || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      warnings.accept(e.what() + ": " + e.why());
      if (failed.incrementAndGet() == PATIENCE) {
        warnings.accept(
            location.id() + " failed " + PATIENCE + " times in a row and is not asked any more");
      }
      return without(isNoJson(e) ? Answer.MALFORMED : Answer.UNUSABLE);
    }
  }

  /** pip stops at a page that says it is JSON and is not. */
  private static boolean isNoJson(MirrorException failure) {
    return failure.getCause() instanceof MalformedPageException page && page.getCause() != null;
  }

  private io.github.wheelmirror.selection.Place without(Answer answer) {
    return io.github.wheelmirror.selection.Place.without(location.place(), location.role(), answer);
  }

  private static ListedFile listed(RemoteFile file) {
    return new ListedFile(file.filename(), file.requiresPython(), file.yanked(), file.hashes());
  }
}
