package io.github.wheelmirror.mirror;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.ProjectName;
import io.github.wheelmirror.selection.ListedFile;
import io.github.wheelmirror.selection.Place;
import io.github.wheelmirror.selection.Place.Answer;
import io.github.wheelmirror.selection.Place.Role;
import io.github.wheelmirror.selection.PlaceSource;
import io.github.wheelmirror.tree.Manifest;
import io.github.wheelmirror.tree.ManifestFile;
import io.github.wheelmirror.tree.Snapshot;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What named places have of projects; each is asked once, whatever is explained. */
final class AskedPlaces {

  private final MirrorRequest request;
  private final Outside outside;
  private final Workspace workspace;
  private final Function<NamedPlace, PlaceSource> open;
  private final Bases bases;
  private final Map<NamedPlace, Map<ProjectName, List<Place>>> asked = new HashMap<>();
  private final Map<Question, List<Place>> told = new HashMap<>();
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<String, Optional<Manifest>> manifests = new HashMap<>();

  private record Question(List<NamedPlace> places, String slug, ProjectName project) {}

  /**
   * One channel's files by project.
   *
   * @param name what stands for the place in tables
   */
  private record Channel(String name, Map<ProjectName, List<ListedFile>> files) {
    Place place(ProjectName project) {
      List<ListedFile> own = files.get(project);
      return own == null
          ? Place.without(name, Role.INDEX, Answer.NOT_FOUND)
          : Place.served(name, Role.INDEX, own);
    }
  }

  /**
   * Nothing is asked yet.
   *
   * @param open makes a client of upstream or of a named location
   */
  AskedPlaces(
      MirrorRequest request,
      Outside outside,
      Workspace workspace,
      Function<NamedPlace, PlaceSource> open) {
    this.request = request;
    this.outside = outside;
    this.workspace = workspace;
    this.open = open;
    this.bases = new Bases(outside, request.release().policy());
  }

  /** Asks for these projects, which are all that are asked for later. */
  void ask(List<NamedPlace> places, List<ProjectName> projects) {
    for (NamedPlace place : places) {
      if (!place.isOwn() && !asked.containsKey(place)) {
        try (PlaceSource source = open.apply(place)) {
          asked.put(place, source.places(projects));
          source.warnings().forEach(outside.log()::warning);
        }
      }
    }
  }

  /**
   * The places in the order in which a tool is told of them: the first index is its index-url. The
   * same ones for the same question, as a place remembers what it read of its files.
   */
  List<Place> of(List<NamedPlace> places, String slug, ProjectName project) {
    return told.computeIfAbsent(
        new Question(places, slug, project), question -> inOrder(places, slug, project));
  }

  private List<Place> inOrder(List<NamedPlace> places, String slug, ProjectName project) {
    List<Place> all = new ArrayList<>();
    boolean first = true;
    for (NamedPlace named : places) {
      List<Place> own =
          named.isOwn()
              ? List.of(channel(named, slug).place(project))
              : asked.getOrDefault(named, Map.of()).getOrDefault(project, List.of());
      for (Place place : own) {
        boolean index = place.role().isIndex();
        all.add(index && !first ? place.as(Role.EXTRA_INDEX) : place);
        first &= !index;
      }
    }
    return all;
  }

  /** Whether there is a release or a staged snapshot for the platform. */
  boolean has(NamedPlace named, String slug) {
    return manifest(named, slug).isPresent();
  }

  private Channel channel(NamedPlace named, String slug) {
    return channels.computeIfAbsent(
        named + " " + slug,
        key -> {
          Manifest manifest = manifest(named, slug).orElseThrow(() -> missing(named, slug));
          Map<ProjectName, List<ListedFile>> files = new HashMap<>();
          for (ManifestFile file : manifest.files()) {
            files
                .computeIfAbsent(file.project(), project -> new ArrayList<>())
                .add(
                    new ListedFile(
                        file.filename(),
                        file.requiresPython(),
                        file.yanked() || file.superseded(),
                        Map.of("sha256", file.sha256()),
                        file.uploadTime().isEmpty() ? null : Instant.parse(file.uploadTime()),
                        false,
                        Map.of()));
          }
          return new Channel(name(named), files);
        });
  }

  private String name(NamedPlace named) {
    return named.kind() == NamedPlace.Kind.STAGED
        ? "what is staged"
        : request.release().regions().stream()
            .map(MirrorRequest.RegionSettings::publicUrl)
            .filter(url -> !url.isEmpty())
            .findFirst()
            .orElse("the mirror");
  }

  private Optional<Manifest> manifest(NamedPlace named, String slug) {
    return manifests.computeIfAbsent(named + " " + slug, key -> read(named, slug));
  }

  private Optional<Manifest> read(NamedPlace named, String slug) {
    if (named.kind() == NamedPlace.Kind.MIRROR) {
      return bases.newest(slug).map(Bases.Base::manifest);
    }
    if (!Files.isDirectory(workspace.staged())) {
      return Optional.empty();
    }
    return StagedSnapshots.in(workspace.staged()).stream()
        .filter(snapshot -> snapshot.slug().equals(slug))
        .findFirst()
        .map(Snapshot::manifest);
  }

  private MirrorException missing(NamedPlace named, String slug) {
    boolean staged = named.kind() == NamedPlace.Kind.STAGED;
    return MirrorException.input(
        "there is no mirror of " + slug + " to look into",
        staged
            ? "nothing is staged for it in " + workspace.staged()
            : outside.regions().isEmpty()
                ? "neither <region> nor <regions> is configured"
                : "no region has a release for it",
        staged
            ? "run " + request.command().goal("snapshot")
            : "name the mirror's folder with -Dwheel-mirror.region=FOLDER, look into what is"
                + " staged with -Dwheel-mirror.explain.places=staged, or into an index by its URL");
  }
}
