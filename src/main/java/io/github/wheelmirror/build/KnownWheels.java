package io.github.wheelmirror.build;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.python.BuildTag;
import io.github.wheelmirror.python.InvalidWheelFilenameException;
import io.github.wheelmirror.python.WheelFilename;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The own wheels that may serve one channel again: its base release's and the wheelhouse's. */
final class KnownWheels {

  private final BuiltWheels wheelhouse;
  private final PlanSettings settings;
  private @Nullable Map<Pin, List<String>> localByPin;
  private final Map<String, WheelFile> releasedByName = new HashMap<>();
  private final Map<String, String> retired = new HashMap<>();
  private final Map<String, WheelFile> releasedByKey = new HashMap<>();
  private final Map<Pin, List<String>> releasedByPin = new HashMap<>();

  /**
   * @param base null if the channel has no release
   */
  KnownWheels(BuiltWheels wheelhouse, @Nullable BaseRelease base, PlanSettings settings) {
    this.wheelhouse = wheelhouse;
    this.settings = settings;
    // published once: no other file gets such a name
    settings.quarantined().forEach(file -> noteName(file.filename()));
    for (RetiredWheel file : base == null ? List.<RetiredWheel>of() : base.retired()) {
      noteName(file.filename());
      retired.put(file.filename(), file.sha256());
    }
    List<WheelFile> released = base == null ? List.of() : base.files();
    for (WheelFile file : released.stream().sorted(WheelFile.ORDER).toList()) {
      releasedByName.put(file.filename(), file);
      note(file, releasedByPin);
      if (file.origin() instanceof Origin.Built built) {
        releasedByKey.putIfAbsent(built.key(), file);
      }
    }
  }

  /**
   * The wheel that a build with this key made. The wheelhouse is asked first, but bytes that the
   * channel has published under a file name are never replaced by other ones.
   */
  Optional<PlanState.Reuse> byKey(String key) {
    WheelFile released = releasedByKey.get(key);
    Optional<WheelFile> local =
        wheelhouse
            .byKey(key)
            .filter(file -> settings.quarantined(file.sha256()).isEmpty())
            .filter(this::keepsPublishedBytes);
    if (local.isPresent() && (released == null || isSame(local.orElseThrow(), released))) {
      return local.map(file -> new PlanState.Reuse(file, PlanState.Reuse.WHEELHOUSE));
    }
    return released == null
        ? Optional.empty()
        : Optional.of(new PlanState.Reuse(released, PlanState.Reuse.RELEASE));
  }

  private boolean keepsPublishedBytes(WheelFile file) {
    WheelFile published = releasedByName.get(file.filename());
    return (published == null || isSame(published, file))
        && file.sha256().equals(retired.getOrDefault(file.filename(), file.sha256()));
  }

  /** The released file of that name if the index now has other bytes for it. */
  Optional<WheelFile> publishedWithOtherBytes(RemoteFile file) {
    String sha256 = file.hashes().get("sha256");
    return Optional.ofNullable(releasedByName.get(file.filename()))
        .filter(published -> sha256 != null && !published.sha256().equals(sha256));
  }

  private static boolean isSame(WheelFile left, WheelFile right) {
    return left.sha256().equals(right.sha256());
  }

  /**
   * The build tag for new wheels of the pin: above that of every wheel known that could be
   * installed on one of the targets, so that file names stay unique and clients take the new one.
   */
  String nextBuildTag(Pin pin, Collection<PlanTarget> targets) {
    BigInteger highest =
        Stream.concat(releasedByPin.getOrDefault(pin, List.of()).stream(), local(pin).stream())
            .map(KnownWheels::parsed)
            .flatMap(Optional::stream)
            .filter(name -> targets.stream().anyMatch(each -> each.priority(name).isPresent()))
            .flatMap(name -> name.buildTag().stream())
            .map(BuildTag::number)
            .reduce(BigInteger.ZERO, BigInteger::max);
    return highest.add(BigInteger.ONE).toString();
  }

  /** A wheelhouse has thousands of wheels and a plan hundreds of builds: it is looked at once. */
  private List<String> local(Pin pin) {
    Map<Pin, List<String>> byPin = localByPin;
    if (byPin == null) {
      byPin = new HashMap<>();
      for (WheelFile file : wheelhouse.finished()) {
        note(file, byPin);
      }
      localByPin = byPin;
    }
    return byPin.getOrDefault(pin, List.of());
  }

  private void noteName(String filename) {
    parsed(filename)
        .ifPresent(
            name ->
                releasedByPin
                    .computeIfAbsent(new Pin(name.name(), name.version()), pin -> new ArrayList<>())
                    .add(filename));
  }

  private static void note(WheelFile file, Map<Pin, List<String>> byPin) {
    byPin
        .computeIfAbsent(new Pin(file.project(), file.version()), pin -> new ArrayList<>())
        .add(file.filename());
  }

  private static Optional<WheelFilename> parsed(String filename) {
    try {
      return Optional.of(WheelFilename.parse(filename));
    } catch (InvalidWheelFilenameException e) {
      return Optional.empty();
    }
  }
}
