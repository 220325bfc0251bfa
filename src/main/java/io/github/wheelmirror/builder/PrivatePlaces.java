package io.github.wheelmirror.builder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of this host no build may see: the files that hold its user's logins and keys, for what a
 * build reads may stand in the wheel or the log that is published; and the folders with sockets of
 * programs that do what they are told outside, which neither a read-only mount nor a network of its
 * own keeps a build from.
 *
 * @param places files and folders, which need not exist
 */
public record PrivatePlaces(List<Path> places) {

  public static final PrivatePlaces NONE = new PrivatePlaces(List.of());

  private static final List<String> IN_HOME =
      List.of(
          ".ssh",
          ".gnupg",
          ".netrc",
          "_netrc",
          ".pypirc",
          ".pip",
          ".config/pip",
          ".config/uv",
          ".m2/settings.xml",
          ".m2/settings-security.xml",
          ".m2/settings-security4.xml",
          ".gradle/gradle.properties",
          ".git-credentials",
          ".gitconfig",
          ".config/git",
          ".config/gh",
          ".config/hub",
          ".config/glab-cli",
          ".npmrc",
          ".cargo/credentials",
          ".cargo/credentials.toml",
          ".aws",
          ".azure",
          ".boto",
          ".s3cfg",
          ".config/gcloud",
          ".config/rclone",
          ".config/containers",
          ".docker",
          ".kube",
          ".vault-token",
          ".pgpass",
          ".my.cnf",
          ".password-store",
          ".local/share/keyrings",
          ".bash_history",
          ".zsh_history",
          ".python_history");

  private static final List<String> OF_HOST =
      List.of(
          "/etc/shadow",
          "/etc/shadow-",
          "/etc/gshadow",
          "/etc/gshadow-",
          "/etc/ssl/private",
          "/etc/pip.conf",
          "/etc/xdg/pip",
          "/run/user",
          "/run/secrets",
          "/run/docker.sock",
          "/run/docker",
          "/run/containerd",
          "/run/crio",
          "/run/podman",
          "/run/dbus",
          "/run/systemd/private",
          "/run/snapd.sock",
          "/run/libvirt",
          "/run/screen",
          "/var/run/secrets",
          "/tmp/.X11-unix");

  private static final List<String> VARIABLES =
      List.of(
          "NETRC",
          "PIP_CONFIG_FILE",
          "SSH_AUTH_SOCK",
          "XDG_RUNTIME_DIR",
          "DBUS_SESSION_BUS_ADDRESS",
          "DOCKER_HOST",
          "TMUX",
          "GNUPGHOME",
          "KUBECONFIG",
          "DOCKER_CONFIG",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_CONFIG_FILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "GOOGLE_APPLICATION_CREDENTIALS");

  /**
   * A path, also of a socket: {@code unix:path=/run/bus,guid=1}, {@code /tmp/tmux-1/default,2,3}.
   */
  private static final Pattern PATH = Pattern.compile("^(?:unix:(?://|path=))?(/[^,;]*)");

  public PrivatePlaces {
    places = List.copyOf(places);
  }

  /**
   * Those that are known by their names.
   *
   * @param home the user's
   * @param environment the user's, which may name others
   * @param files more of them, such as the key that signs releases
   */
  public static PrivatePlaces of(Path home, Map<String, String> environment, List<Path> files) {
    List<Path> places = new ArrayList<>(files);
    IN_HOME.forEach(name -> places.add(home.resolve(name)));
    OF_HOST.forEach(name -> places.add(Path.of(name)));
    for (String name : VARIABLES) {
      Matcher named = PATH.matcher(environment.getOrDefault(name, ""));
      if (named.find()) {
        places.add(Path.of(named.group(1)));
      }
    }
    return new PrivatePlaces(places);
  }

  /** Those that are here now, without the ones that these folders lie in. */
  List<Path> present(List<Path> folders) {
    TreeSet<Path> present = new TreeSet<>();
    for (Path place : places) {
      try {
        // a mount cannot cover a link
        Path real = place.toRealPath();
        if (!real.startsWith("/dev") && folders.stream().noneMatch(one -> one.startsWith(real))) {
          present.add(real);
        }
      } catch (IOException e) {
        // not here, or as hidden from builds as from this user
      }
    }
    // what lies in a covered folder is not there any more
    return present.stream()
        .filter(
            one -> present.stream().noneMatch(other -> !other.equals(one) && one.startsWith(other)))
        .toList();
  }
}
