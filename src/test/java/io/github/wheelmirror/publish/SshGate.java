package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Stands in for ssh, for a run and for its rsync: counts the connections and kills the run at one
 * of them.
 *
 * @param folder its own, without a blank in its path
 * @param ssh the real command
 */
record SshGate(Path folder, String ssh) {
  private static final String SCRIPT =
      """
      #!/bin/sh
      d=${0%/*}
      n=$(($(cat "$d/count") + 1))
      echo $n > "$d/count"
      printf '%s' "$*" | tr '\\n' ' ' >> "$d/commands"
      echo >> "$d/commands"
      [ "$n" = "$(cat "$d/at")" ] || exec "$@"
      end() { kill -9 "$(cat "$d/pid")"; }
      case $(cat "$d/how") in
      BEFORE)
        end
        exit 255 ;;
      AFTER)
        case $* in
        *'echo locked'*) "$@" | { read -r line; end; cat > "$d/rest"; } ;;
        *)
          "$@"
          s=$?
          end
          exit $s ;;
        esac ;;
      CUT)
        mkfifo "$d/sent"
        exec 3<&0
        { dd bs=1 count="$(cat "$d/bytes")" <&3 > "$d/sent" 2> "$d/rest"; end; } &
        "$@" < "$d/sent"
        end
        exit 255 ;;
      esac
      """;

  /** When the run is killed. */
  enum How {
    /** Instead of the connection. */
    BEFORE,
    /** When all was done there, before the run knows. */
    AFTER,
    /** When so many bytes were sent and the connection ends there, or after the last. */
    CUT
  }

  /**
   * A gate in a new folder.
   *
   * @param at the connection, from 1; 0 for none
   */
  static SshGate make(Path folder, String ssh, int at, How how, int bytes) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("count"), "0");
    Files.writeString(folder.resolve("at"), String.valueOf(at));
    Files.writeString(folder.resolve("how"), how.name());
    Files.writeString(folder.resolve("bytes"), String.valueOf(bytes));
    Files.writeString(folder.resolve("commands"), "");
    Path script = folder.resolve("gate");
    Files.writeString(script, SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new SshGate(folder, ssh);
  }

  /** What the run takes for ssh. */
  String command() {
    return folder.resolve("gate") + " " + ssh;
  }

  /** Where the run writes its process id. */
  Path pid() {
    return folder.resolve("pid");
  }

  /** The connections so far. */
  List<String> commands() throws IOException {
    return Files.readAllLines(folder.resolve("commands"));
  }
}
