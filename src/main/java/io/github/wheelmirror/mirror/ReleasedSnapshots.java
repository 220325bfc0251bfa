package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The snapshots that regions released, as a person names them. */
final class ReleasedSnapshots {

  /** What the newest release of all regions serves. */
  static final String CURRENT = "current";

  /** What was served before that. */
  static final String PREVIOUS = "previous";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

  private final List<Region> regions;
  private final String parameter;

  /**
   * Of these regions.
   *
   * @param parameter names a channel, such as {@code wheel-mirror.rollback.channel}
   */
  ReleasedSnapshots(List<Region> regions, String parameter) {
    NoRegion.refuse(regions, "whose releases could be looked up");
    this.regions = regions;
    this.parameter = parameter;
  }

  /** A snapshot and its channel. */
  record Found(String slug, String snapshot) {}

  /**
   * The snapshot with that name.
   *
   * @param name {@link #CURRENT}, {@link #PREVIOUS}, or at least eight first digits of an id
   * @param channel a slug; empty for the only channel, or the one that released the id
   * @throws MirrorException (input) if there is none, or more than one
   */
  Found find(String name, String channel) {
    if (name.equals(CURRENT) || name.equals(PREVIOUS)) {
      String slug = channel.isEmpty() ? onlyChannel() : known(channel);
      return new Found(slug, name.equals(CURRENT) ? current(slug) : previous(slug));
    }
    if (!ID.matcher(name).matches()) {
      throw MirrorException.input(
          "there is no release " + name,
          "it is neither 'previous' nor 'current' nor eight or more digits of a snapshot's id",
          "give the id that goal status or a manifest shows, or 'previous'");
    }
    SortedSet<String> slugs =
        channel.isEmpty() ? channels() : new TreeSet<>(List.of(known(channel)));
    Map<String, Found> found = new LinkedHashMap<>();
    for (String slug : slugs) {
      for (Region region : regions) {
        for (Release release : region.history(slug)) {
          if (release.snapshot().startsWith(name)) {
            found.put(release.snapshot(), new Found(slug, release.snapshot()));
          }
        }
      }
    }
    if (found.size() != 1) {
      throw MirrorException.input(
          (found.isEmpty() ? "no release has the snapshot " : "more than one release begins with ")
              + name,
          found.isEmpty()
              ? "looked at all releases of " + String.join(", ", slugs)
              : String.join(", ", found.keySet()),
          "give the whole id of a snapshot that was released; goal status shows the last ones");
    }
    return found.values().iterator().next();
  }

  private String current(String slug) {
    List<Release> newest = newest(slug);
    if (newest.isEmpty()) {
      throw MirrorException.input(
          "there is no current release of " + slug,
          "nothing was released yet",
          "run the deploy goal first");
    }
    return newest.get(newest.size() - 1).snapshot();
  }

  private String previous(String slug) {
    List<Release> newest = newest(slug);
    for (int i = newest.size() - 2; i >= 0; i--) {
      String snapshot = newest.get(i).snapshot();
      if (!snapshot.equals(newest.get(newest.size() - 1).snapshot())) {
        return snapshot;
      }
    }
    throw MirrorException.input(
        "there is no previous release of " + slug,
        newest.isEmpty() ? "nothing was released yet" : "it never served another snapshot",
        "run the deploy goal to release something else");
  }

  /** The releases of the region that is not behind any other. */
  private List<Release> newest(String slug) {
    Map<Serving, List<Release>> histories = new LinkedHashMap<>();
    for (Region region : regions) {
      List<Release> history = region.history(slug);
      if (!history.isEmpty()) {
        histories.put(new Serving(region, history.get(history.size() - 1)), history);
      }
    }
    return Serving.newest(List.copyOf(histories.keySet())).map(histories::get).orElse(List.of());
  }

  private String onlyChannel() {
    SortedSet<String> slugs = channels();
    if (slugs.size() == 1) {
      return slugs.first();
    }
    throw MirrorException.input(
        slugs.isEmpty() ? "nothing was released yet" : "it is not said of which channel",
        slugs.isEmpty() ? "no region has a release" : "there are " + String.join(", ", slugs),
        slugs.isEmpty()
            ? "see whether the right region is configured, or run the deploy goal"
            : "name one with -D" + parameter);
  }

  private String known(String channel) {
    SortedSet<String> slugs = channels();
    if (slugs.contains(channel)) {
      return channel;
    }
    throw MirrorException.input(
        "there is no channel " + channel,
        slugs.isEmpty() ? "no region has a release" : "there are " + String.join(", ", slugs),
        "name one of these with -D" + parameter);
  }

  private SortedSet<String> channels() {
    return regions.stream()
        .flatMap(region -> region.channels().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
