package io.github.wheelmirror.mirror;

import io.github.wheelmirror.AtomicFolder;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.HandOverLayout;
import io.github.wheelmirror.build.ShardReport;
import io.github.wheelmirror.build.WheelFile;
import io.github.wheelmirror.report.MirrorLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where shards hand over what they did: a folder for each, with its report, its wheels and the logs
 * of its builds. One appears when it is whole, and is never changed, so that it may be copied,
 * stashed or synchronised at any time; the same one twice is one.
 */
final class HandOvers {

  private final HandOverPlace place;
  private final Path folder;

  HandOvers(HandOverPlace place) {
    this.place = place;
    this.folder = place.folder();
  }

  /** Where they are, for messages. */
  String shown() {
    return place.shown();
  }

  /** What a shard handed over; its wheels are not looked at yet. */
  record HandOver(Path folder, ShardReport report) {

    /** Where a wheel is, if it is there. */
    Path wheel(WheelFile wheel) {
      return folder.resolve(HandOverLayout.wheel(wheel));
    }

    /** Where the log of a build is; empty for a path that is none. */
    Optional<Path> log(String path) {
      return HandOverLayout.isLog(path) ? Optional.of(folder.resolve(path)) : Optional.empty();
    }
  }

  /**
   * Hands over.
   *
   * @param wheelhouse has all wheels of the report
   * @param workspace has the logs
   * @return where it is, for messages
   * @throws MirrorException (machinery) if it cannot be written
   */
  String write(ShardReport report, WheelSourceOf wheelhouse, Path workspace) {
    byte[] json = Json.write(report);
    Path target =
        folder.resolve(HandOverLayout.folder(report.slug(), report.shard(), Sha256.of(json)));
    try {
      Files.createDirectories(folder);
      Writer writer = new Writer();
      for (Path dead : writer.dead(folder)) {
        Folders.remove(dead);
      }
      Path temporary = folder.resolve("." + writer.name() + ".tmp");
      try {
        fill(temporary, report, json, wheelhouse, workspace);
        move(temporary, target);
      } finally {
        Folders.remove(temporary);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "what this shard did cannot be handed over in " + folder,
          IoWords.of(e),
          "make room or make the folder writable for this user; what was built is in the"
              + " wheelhouse, so that running the shard again takes no time",
          e);
    }
    place.store().ifPresent(store -> store.send(target));
    return place.store().isPresent() ? shown() : target.toString();
  }

  /** Where the wheelhouse has a wheel. */
  interface WheelSourceOf {
    /** Its file, which is there. */
    Path file(WheelFile wheel) throws IOException;
  }

  private static void fill(
      Path temporary, ShardReport report, byte[] json, WheelSourceOf wheelhouse, Path workspace)
      throws IOException {
    Files.createDirectories(temporary.resolve(HandOverLayout.LOGS));
    for (WheelFile wheel : report.files()) {
      Path place = new HandOver(temporary, report).wheel(wheel);
      Files.createDirectories(place.resolveSibling("."));
      link(wheelhouse.file(wheel), place);
    }
    Path logs = workspace.resolve(HandOverLayout.LOGS);
    if (Files.isDirectory(logs)) {
      try (Stream<Path> files = Files.list(logs)) {
        for (Path log : files.filter(HandOvers::isLog).toList()) {
          Files.copy(log, temporary.resolve(HandOverLayout.LOGS).resolve(log.getFileName()));
        }
      }
    }
    Files.write(temporary.resolve(HandOverLayout.report(report.shard())), json);
  }

  private static boolean isLog(Path file) {
    return HandOverLayout.isLog(HandOverLayout.LOGS + "/" + file.getFileName())
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Not every file system, nor every user's file, can be linked. */
  private static void link(Path wheel, Path place) throws IOException {
    try {
      Files.createLink(place, wheel);
    } catch (FileSystemException | UnsupportedOperationException e) {
      if (e instanceof NoSuchFileException) {
        throw (NoSuchFileException) e;
      }
      Files.copy(wheel, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** One that has the name already says the same; only if it lost something it is replaced. */
  private static void move(Path temporary, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (sizes(temporary).equals(sizes(target))) {
        return;
      }
      Folders.remove(target);
    }
    // the same shard on another host may be faster
    AtomicFolder.moveUnlessThere(temporary, target);
  }

  private static List<String> sizes(Path folder) throws IOException {
    List<String> sizes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          sizes.add(folder.relativize(file) + " " + Files.size(file));
        }
      }
    }
    return sizes;
  }

  /**
   * What shards of a plan handed over, by the folders' names; what cannot be used is told, as what
   * shards of other plans left there is.
   *
   * @param plan the digest of the plan
   * @throws MirrorException (input) if there are none
   */
  List<HandOver> read(String plan, MirrorLog log) {
    List<HandOver> read = new ArrayList<>();
    List<String> others = new ArrayList<>();
    place.store().ifPresent(store -> store.fetch(plan, folder).forEach(log::warning));
    for (Path each : folders()) {
      Optional<HandOver> handOver = read(each, log);
      if (handOver.isEmpty()) {
        continue;
      }
      if (handOver.get().report().plan().equals(plan)) {
        read.add(handOver.get());
      } else {
        others.add(String.valueOf(each.getFileName()));
      }
    }
    if (read.isEmpty()) {
      throw others.isEmpty() ? nothing() : onlyOthers(others);
    }
    if (!others.isEmpty()) {
      log.warning(
          String.join(", ", others)
              + (others.size() == 1 ? " is" : " are")
              + " of another plan and left out");
    }
    return read;
  }

  private MirrorException onlyOthers(List<String> others) {
    return MirrorException.input(
        "all " + others.size() + " shards in " + shown() + " are of another plan",
        String.join(", ", others) + " did the work of another plan.json",
        "run shards of this plan, or give their plan with -Dwheel-mirror.plan=FILE");
  }

  private MirrorException nothing() {
    boolean there = place.store().isPresent() || Files.isDirectory(folder);
    return MirrorException.input(
        "no shard has handed over anything in " + shown(),
        there ? "it has nothing of this plan's shards" : "there is no such folder",
        "run the shards first, and give the place where they handed over with"
            + " -Dwheel-mirror.shards=FOLDER");
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            folder,
            each ->
                Files.isDirectory(each) && !String.valueOf(each.getFileName()).startsWith("."))) {
      all.forEach(folders::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw MirrorException.machinery(
          folder + " cannot be read", IoWords.of(e), "make it readable for this user", e);
    }
    folders.sort(null);
    return folders;
  }

  private static Optional<HandOver> read(Path folder, MirrorLog log) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> reports =
          files
              .filter(file -> HandOverLayout.isReport(String.valueOf(file.getFileName())))
              .toList();
      if (reports.size() != 1) {
        log.warning(
            folder
                + (reports.isEmpty() ? " has no" : " has more than one")
                + " build-report-<i>-of-<n>.json and is left out: it was not copied as it was"
                + " written");
        return Optional.empty();
      }
      Path report = reports.get(0);
      return Optional.of(
          new HandOver(
              folder, Json.read(Files.readAllBytes(report), ShardReport.class, report.toString())));
    } catch (MirrorException e) {
      log.warning(folder + " is left out: " + e.what() + ": " + e.why());
      return Optional.empty();
    } catch (IOException e) {
      log.warning(folder + " is left out: it cannot be read: " + IoWords.of(e));
      return Optional.empty();
    }
  }
}
