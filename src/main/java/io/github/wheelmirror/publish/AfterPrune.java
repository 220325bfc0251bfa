package io.github.wheelmirror.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The operator's command {@code afterPrune}, due from before the first removal until it succeeded:
 * a note in the region says so, since after a failure or a kill nothing else may be left to do that
 * would bring it back.
 *
 * <p>Without a command nothing is written; what another configuration left due stays so.
 */
final class AfterPrune {
  private static final byte[] WORDS =
      ("Something was removed, and <afterPrune> has not succeeded since: prune, quarantine and deploy"
              + " run it.\n")
          .getBytes(StandardCharsets.UTF_8);

  private final OperatorCommand command;
  private final Note note;

  /** The place in a region where it is noted that the command is due. */
  interface Note {
    /** Whether it is noted. */
    boolean isThere() throws IOException;

    /** Notes it durably, with words for whoever looks. */
    void write(byte[] words) throws IOException;

    /** Removes the note; a loss of power may bring it back. */
    void remove() throws IOException;
  }

  private AfterPrune(OperatorCommand command, Note note) {
    this.command = command;
    this.note = note;
  }

  /** That of a folder. */
  static AfterPrune in(RegionContext region) {
    String line = region.settings().commands().afterPrune();
    return new AfterPrune(
        new OperatorCommand(region, "afterPrune", line), new AfterPruneFile(region));
  }

  /**
   * That of a bucket.
   *
   * @param alone fails unless this run still is the only one that removes anything
   */
  static AfterPrune in(BucketContext region, Runnable alone) {
    String line = region.commands().afterPrune();
    return new AfterPrune(region.command("afterPrune", line), new AfterPruneObject(region, alone));
  }

  /** Whether that of a bucket is due; to look takes no lease. */
  static boolean isDue(BucketContext region) throws IOException {
    return in(region, () -> {}).isDue();
  }

  /** Whether it is noted in a bucket, whoever has the command; to look takes no lease. */
  static boolean isNoted(BucketContext region) throws IOException {
    return in(region, () -> {}).isNoted();
  }

  /** Whether it is noted, whoever has the command. */
  boolean isNoted() throws IOException {
    return note.isThere();
  }

  /** Whether an earlier run changed something and did not get to the end of the command. */
  boolean isDue() throws IOException {
    return command.isGiven() && note.isThere();
  }

  /** Says durably that something is about to be removed. */
  void announce() throws IOException {
    if (command.isGiven() && !note.isThere()) {
      note.write(WORDS);
    }
  }

  /** Runs the command; if its note comes back, it is run once more. */
  void run() throws IOException {
    if (command.isGiven()) {
      command.run();
      note.remove();
    }
  }
}
