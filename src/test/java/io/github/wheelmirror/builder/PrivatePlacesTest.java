package io.github.wheelmirror.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivatePlacesTest {

  private final Path home;

  PrivatePlacesTest(@TempDir Path folder) throws IOException {
    home = Files.createDirectory(folder.toRealPath().resolve("home"));
  }

  @Test
  void loginsOfTheUserAndOfTheRunAreAmongThem() throws IOException {
    Path netrc = Files.writeString(home.resolve(".netrc"), "");
    Path settings = home.resolve(".m2/settings.xml");
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, "");
    Path runtime = Files.createDirectory(home.resolve("runtime"));
    Path key = Files.writeString(home.resolve("key.pem"), "");
    PrivatePlaces places =
        PrivatePlaces.of(
            home,
            Map.of(
                "XDG_RUNTIME_DIR",
                runtime.toString(),
                "PIP_CONFIG_FILE",
                "/dev/null",
                "KUBECONFIG",
                "a"),
            List.of(key));

    assertThat(places.present(List.of()))
        .contains(netrc, settings, runtime, key)
        .doesNotContain(Path.of("/dev/null"), home, settings.getParent());
  }

  @Test
  void socketsThatVariablesNameAreAmongThem() throws IOException {
    Path tmux = Files.writeString(home.resolve("default"), "");
    Path bus = Files.writeString(home.resolve("bus"), "");
    Path docker = Files.writeString(home.resolve("docker.sock"), "");
    PrivatePlaces places =
        PrivatePlaces.of(
            home,
            Map.of(
                "TMUX",
                tmux + ",4242,0",
                "DBUS_SESSION_BUS_ADDRESS",
                "unix:path=" + bus + ",guid=1",
                "DOCKER_HOST",
                "unix://" + docker),
            List.of());

    assertThat(places.present(List.of())).contains(tmux, bus, docker);
  }

  @Test
  void whatIsInACoveredFolderIsNotCoveredAgainAndFoldersOfTheBuildStay() throws IOException {
    Path keys = Files.createDirectory(home.resolve("keys"));
    Path inner = Files.createDirectory(keys.resolve("inner"));
    Path work = Files.createDirectories(home.resolve(".docker/work"));
    Path link = Files.createSymbolicLink(home.resolve("link"), inner);
    PrivatePlaces places =
        new PrivatePlaces(List.of(inner, link, keys, work.getParent(), home.resolve("none")));

    assertThat(places.present(List.of(work))).containsExactly(keys);
  }
}
