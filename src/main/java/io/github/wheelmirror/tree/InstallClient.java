package io.github.wheelmirror.tree;

import io.github.wheelmirror.constraints.Target;
import io.github.wheelmirror.python.ProjectName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real installer, asked what it would take; it installs nothing. */
public interface InstallClient {

  /** What people call it, such as {@code pip}. */
  String name();

  /** Lets it decide. An interrupt ends it, with {@link Answer.Absent} as the answer. */
  Answer resolve(Question question);

  /**
   * What is wanted from where.
   *
   * @param target whose Python it decides for
   * @param index the staged channel's simple index
   * @param upstreamToo whether the configured index is asked for what the channel has not
   * @param requirements each {@code name===version}
   * @param dependencies whether what they require is wanted too
   * @param constraints the branch's file of constraints
   * @param scratch a folder for it alone, which is removed by the caller
   */
  record Question(
      Target target,
      URI index,
      boolean upstreamToo,
      List<String> requirements,
      boolean dependencies,
      Path constraints,
      Path scratch) {
    public Question {
      requirements = List.copyOf(requirements);
    }
  }

  /**
   * A file that it takes.
   *
   * @param sha256 as the index told it, {@code ""} if the client does not say
   */
  record TakenFile(String filename, String sha256) {
    public TakenFile {
      Objects.requireNonNull(filename);
      Objects.requireNonNull(sha256);
    }
  }

  /** What came of it. */
  sealed interface Answer {

    /**
     * It would install these.
     *
     * @param client name and version, such as {@code pip 26.3}
     */
    record Taken(String client, Map<ProjectName, TakenFile> files) implements Answer {
      public Taken {
        files = Map.copyOf(files);
      }
    }

    /**
     * It gives up.
     *
     * @param words the end of what it printed
     */
    record Refused(String client, String words) implements Answer {}

    /**
     * It is not here, or does not tell what it takes.
     *
     * @param why in words
     */
    record Absent(String why) implements Answer {}
  }
}
