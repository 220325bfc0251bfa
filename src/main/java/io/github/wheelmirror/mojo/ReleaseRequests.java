package io.github.wheelmirror.mojo;

import static io.github.wheelmirror.mojo.Requests.given;
import static io.github.wheelmirror.mojo.Requests.orEmpty;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.Seen;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.mirror.MirrorRequest;
import io.github.wheelmirror.mirror.RegionPolicy;
import io.github.wheelmirror.tree.MinCoverage;
import io.github.wheelmirror.tree.Signing;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The part of a request that says where releases go and what blocks them. */
final class ReleaseRequests {

  private static final List<String> CLIENTS = List.of("pip", "uv");

  private final AbstractMirrorMojo mojo;
  private final RequestPaths paths;
  private final ServerCredentials servers;
  private final Seen seen;

  ReleaseRequests(
      AbstractMirrorMojo mojo, RequestPaths paths, ServerCredentials servers, Seen seen) {
    this.mojo = mojo;
    this.paths = paths;
    this.servers = servers;
    this.seen = seen;
  }

  MirrorRequest.ReleaseSettings settings() {
    WrongSettings wrong = new WrongSettings();
    List<MirrorRequest.RegionSettings> regions =
        wrong.read(() -> new RegionRequests(mojo, paths, servers).regions(), List.of());
    MinCoverage minCoverage = wrong.read(this::minCoverage, MinCoverage.NONE);
    MirrorRequest.Gate gate =
        wrong.read(
            () ->
                new MirrorRequest.Gate(
                    minCoverage, given(mojo.retired), Duration.ofDays(mojo.staleAfter)),
            MirrorRequest.Gate.OPEN);
    List<String> names = wrong.read(this::clients, List.of());
    MirrorRequest.ClientSettings clients =
        wrong.read(
            () ->
                new MirrorRequest.ClientSettings(
                    names, mojo.verifySample, orEmpty(mojo.verifySampleSeed)),
            MirrorRequest.ClientSettings.NONE);
    RegionPolicy policy =
        wrong.read(
            () -> Requests.choice(RegionPolicy.class, mojo.regionPolicy, "regionPolicy"),
            RegionPolicy.ALL);
    Signing signing =
        wrong.read(() -> new SigningRequests(paths, servers, seen).signing(mojo), Signing.NONE);
    Supplier<MirrorRequest.ReleaseSettings> release =
        wrong.read(
            () ->
                new MirrorRequest.ReleaseSettings(
                    regions,
                    gate,
                    Duration.ofSeconds(mojo.lockTimeout),
                    clients,
                    policy,
                    mojo.checkPublicUrls,
                    signing));
    wrong.refuse();
    return release.get();
  }

  private MinCoverage minCoverage() {
    List<String> entries = given(mojo.minCoverage);
    try {
      return MinCoverage.parse(entries);
    } catch (IllegalArgumentException e) {
      throw MirrorException.input(
          "<minCoverage> is " + String.join(",", entries),
          String.valueOf(e.getMessage()),
          "write a percentage for all branches, and others for those of a status (development,"
              + " stable, unmaintained, end-of-life, other), like 95,stable=99.5,unmaintained=0");
    }
  }

  private List<String> clients() {
    List<String> clients = given(mojo.verifyClients);
    if (clients.equals(List.of("none"))) {
      return List.of();
    }
    for (String client : clients) {
      if (!CLIENTS.contains(client)) {
        throw MirrorException.input(
            "<verifyClients> has '" + client + "'",
            "no such installer is known",
            "give pip, uv, both, or none alone");
      }
    }
    return clients.stream().distinct().toList();
  }
}
