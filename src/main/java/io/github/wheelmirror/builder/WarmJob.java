package io.github.wheelmirror.builder;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hook of one source tree, as {@code warm_builder.py} reads it.
 *
 * @param folder its own, the only one that it may write to beside the others
 * @param others more folders that it may write to
 * @param source the tree, below the folder
 * @param wheels where the hook puts what it makes, below the folder
 * @param path the tree's own folders of its back-end
 * @param have the requirements that the environment was made with
 * @param environment all variables
 * @param log is appended to
 * @param hook {@code build_wheel}, {@code prepare_metadata_for_build_wheel}, or {@code
 *     get_requires_for_build_wheel} to ask for nothing else
 * @param settings the {@code config_settings} of PEP 517
 * @param shortcut whether requirements that can be read from the source need not be asked for
 * @param isolate whether the child shuts itself off; else its builder is shut off already
 */
record WarmJob(
    String id,
    String folder,
    List<String> others,
    String source,
    String wheels,
    String backend,
    List<String> path,
    List<String> have,
    Map<String, String> environment,
    String log,
    String hook,
    @Nullable Map<String, Object> settings,
    boolean shortcut,
    boolean isolate,
    double seconds,
    long output,
    long memory,
    int processes,
    long disk) {

  static final String BUILD_WHEEL = "build_wheel";
  static final String ASK = "get_requires_for_build_wheel";
  static final String PREPARE_METADATA = "prepare_metadata_for_build_wheel";

  WarmJob {
    others = List.copyOf(others);
    path = List.copyOf(path);
    have = List.copyOf(have);
    environment = Map.copyOf(environment);
  }

  /** The same job at another builder. */
  WarmJob at(Path otherLog, boolean isolated) {
    return new WarmJob(
        id,
        folder,
        others,
        source,
        wheels,
        backend,
        path,
        have,
        environment,
        otherLog.toString(),
        hook,
        settings,
        shortcut,
        isolated,
        seconds,
        output,
        memory,
        processes,
        disk);
  }
}
