package io.github.wheelmirror.publish;

import io.github.wheelmirror.AtomicFolder;
import io.github.wheelmirror.IoWords;
import io.github.wheelmirror.Json;
import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Sha256;
import io.github.wheelmirror.Writer;
import io.github.wheelmirror.build.HandOverLayout;
import io.github.wheelmirror.build.HandOverStore;
import io.github.wheelmirror.build.ShardReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hand-overs in a bucket: each file of one is an object below its name. */
public final class BucketHandOvers implements HandOverStore {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][A-Za-z0-9._-]{0,200}");
  private final ObjectStore store;
  private final String place;

  /** The prefix of a bucket. */
  public BucketHandOvers(S3Settings settings, HostNetwork network) {
    this(new LazyObjectStore(settings, network));
  }

  BucketHandOvers(ObjectStore store) {
    this.store = store;
    this.place = store.address("");
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public void send(Path handOver) {
    String name = String.valueOf(handOver.getFileName());
    try (Stream<Path> walked = Files.walk(handOver)) {
      List<Path> files = walked.filter(Files::isRegularFile).sorted().toList();
      List<Path> reports =
          files.stream().filter(each -> HandOverLayout.isReport(relative(handOver, each))).toList();
      SyncBatch.each(
          files.stream().filter(each -> !reports.contains(each)).toList(),
          each -> put(name, handOver, each));
      for (Path report : reports) {
        put(name, handOver, report);
      }
    } catch (IOException e) {
      throw MirrorException.machinery(
          "what this shard did cannot be handed over to " + place,
          IoWords.of(e),
          "see whether the bucket can be reached and written with these keys, and run the shard"
              + " again: what it built is in the wheelhouse",
          e);
    }
  }

  private void put(String name, Path handOver, Path file) throws IOException {
    String key = name + "/" + relative(handOver, file);
    long size = Files.size(file);
    if (store.head(key).filter(there -> there.size() == size).isEmpty()) {
      store.put(
          key, ObjectContent.of(key, file, size, Sha256.of(file)), ObjectStore.Condition.NONE);
    }
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  @Override
  public List<String> fetch(String plan, Path folder) {
    List<String> wrong = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, List<String>> each : parts(wrong).entrySet()) {
        String name = each.getKey();
        if (Files.exists(folder.resolve(name))) {
          continue;
        }
        Optional<String> report =
            each.getValue().stream().filter(HandOverLayout::isReport).findAny();
        if (report.isEmpty()) {
          wrong.add(store.address(name) + " is not whole yet: it has no report");
        } else if (isOf(plan, name + "/" + report.get(), wrong)) {
          copy(name, each.getValue(), folder);
        }
      }
      return wrong;
    } catch (IOException e) {
      throw MirrorException.machinery(
          "what shards did cannot be copied from " + place + " to " + folder,
          IoWords.of(e),
          "see whether the bucket can be read with these keys, and whether there is room",
          e);
    }
  }

  /** The files of each hand-over that the bucket has, by its name. */
  private Map<String, List<String>> parts(List<String> wrong) throws IOException {
    Map<String, List<String>> parts = new TreeMap<>();
    int strange = 0;
    for (ObjectStore.Listed object : store.list("")) {
      int slash = object.key().indexOf('/');
      String name = slash < 0 ? "" : object.key().substring(0, slash);
      String part = object.key().substring(slash + 1);
      if (NAME.matcher(name).matches() && HandOverLayout.isPart(part)) {
        parts.computeIfAbsent(name, key -> new ArrayList<>()).add(part);
      } else {
        strange++;
      }
    }
    if (strange > 0) {
      wrong.add(strange + " objects below " + place + " are nothing that a shard handed over");
    }
    return parts;
  }

  private boolean isOf(String plan, String key, List<String> wrong) throws IOException {
    Optional<ObjectStore.Stored> report = store.get(key);
    if (report.isEmpty()) {
      wrong.add(store.address(key) + " was removed just now");
      return false;
    }
    try {
      return Json.read(report.get().bytes(), ShardReport.class, store.address(key))
          .plan()
          .equals(plan);
    } catch (MirrorException e) {
      wrong.add(e.what() + ": " + e.why());
      return false;
    }
  }

  private void copy(String name, List<String> parts, Path folder) throws IOException {
    Path temporary = folder.resolve("." + new Writer().name() + ".tmp");
    try {
      SyncBatch.each(
          parts,
          part -> {
            Path file = temporary.resolve(part);
            Files.createDirectories(file.resolveSibling("."));
            try (InputStream in = store.open(name + "/" + part)) {
              Files.copy(in, file);
            }
          });
      AtomicFolder.moveUnlessThere(temporary, folder.resolve(name));
    } finally {
      WorkFolder.delete(temporary);
    }
  }
}
