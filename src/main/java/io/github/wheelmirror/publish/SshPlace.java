package io.github.wheelmirror.publish;

import io.github.wheelmirror.MirrorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder of another host, {@code ssh://USER@HOST:PORT/FOLDER}; user and port may be left out.
 *
 * @param host with its user, as ssh takes it
 * @param port 0 for ssh's own choice
 * @param folder an absolute path there, without a slash at its end
 */
public record SshPlace(String host, int port, String folder) {
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9_.][A-Za-z0-9_.-]*@)?[A-Za-z0-9_.\\[:][A-Za-z0-9_.:\\]-]*");

  /**
   * Reads the URL of a region.
   *
   * @throws MirrorException (input) if it is no such URL, or has a password in it
   */
  public static SshPlace parse(String region, String url) {
    try {
      URI uri = new URI(url);
      String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
      String user = uri.getUserInfo();
      if ("ssh".equals(uri.getScheme())
          && uri.getHost() != null
          && path.startsWith("/")
          && path.chars().noneMatch(c -> c < ' ' || c == 0x7f)
          && (user == null || user.indexOf(':') < 0)) {
        String host = user == null ? uri.getHost() : user + "@" + uri.getHost();
        if (HOST.matcher(host).matches()) {
          return new SshPlace(host, Math.max(0, uri.getPort()), path);
        }
      }
    } catch (URISyntaxException e) {
      throw bad(region, String.valueOf(e.getReason()));
    }
    throw bad(region, "it is not ssh://USER@HOST/FOLDER with an absolute folder and no password");
  }

  private static MirrorException bad(String region, String why) {
    return MirrorException.input(
        "the URL of region " + region + " cannot be used",
        why,
        "write it like ssh://mirror@host.example/srv/wheel; keys are those of your ssh");
  }

  /** The beginning of an ssh command line. */
  List<String> ssh(String program) {
    List<String> command = new ArrayList<>(List.of(program.isBlank() ? "ssh" : program.strip()));
    if (program.strip().contains(" ")) {
      command = new ArrayList<>(List.of(program.strip().split(" +")));
    }
    command.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=20"));
    if (port != 0) {
      command.addAll(List.of("-p", String.valueOf(port)));
    }
    return command;
  }

  /** Where rsync copies to and from: the folder or what is below it. */
  String rsync(String below) {
    return host + ":" + folder + "/" + below;
  }

  /** A path of the folder as a word of the other host's shell. */
  String quoted(String below) {
    String path = below.isEmpty() ? folder : folder + "/" + below;
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
