package io.github.wheelmirror.build;

import io.github.wheelmirror.MirrorException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place between hosts that have no folder in common: port to where shards' hand-overs are copied
 * to and from.
 */
public interface HandOverStore {

  /** Where it is, for messages. */
  String place();

  /**
   * Copies a hand-over there. It counts from the moment on at which its report is there, which is
   * last; one that is there already stays as it is.
   *
   * @param handOver its folder
   * @throws MirrorException (machinery) if it cannot be copied
   */
  void send(Path handOver);

  /**
   * Copies all hand-overs of a plan into the folder, each of them appearing when it is whole; those
   * that the folder has already are not copied again.
   *
   * @param plan the digest of the plan
   * @return what is wrong with others there, for a person
   * @throws MirrorException (machinery) if they cannot be copied
   */
  List<String> fetch(String plan, Path folder);
}
