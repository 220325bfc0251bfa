package io.github.wheelmirror.mirror;

import io.github.wheelmirror.Seen;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What this Maven session already did for this project, so that a goal that is bound after others
 * takes their files and looks outside no second time.
 */
public final class SessionMemo {

  private static final String PREFIX = "wheel-mirror.done.";

  private final Map<String, Object> session;

  /**
   * A memo.
   *
   * @param session a map that lives as long as the session and the project
   */
  public SessionMemo(Map<String, Object> session) {
    this.session = session;
  }

  /** Whether the stage file was made or confirmed in this session. */
  boolean has(Path stageFile) {
    return session.containsKey(PREFIX + stageFile);
  }

  void add(Path stageFile) {
    session.put(PREFIX + stageFile, true);
  }

  /** Whether nobody in this session has asked for this yet. */
  public boolean isFirst(String what) {
    return session.put(PREFIX + what, true) == null;
  }

  /** Whether a goal of this session looked outside for the workspace. */
  public boolean hasLooked(Path workspace) {
    return has(new Workspace(workspace).resolution());
  }

  /** What the goals of this session saw for the workspace together. */
  public Seen seen(Path workspace) {
    return (Seen) session.computeIfAbsent(PREFIX + "seen " + workspace, key -> new Seen());
  }

  /** What {@link #keep} kept for the stage file, if it was in this session. */
  <T> Optional<T> kept(Path stageFile, Class<T> type) {
    Object value = session.get(PREFIX + stageFile);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /** Keeps a value that cannot be read back from the stage file. */
  void keep(Path stageFile, Object value) {
    session.put(PREFIX + stageFile, value);
  }
}
