package io.github.wheelmirror.publish;

import io.github.wheelmirror.tree.TreeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The operator's command {@code afterPrune}, due from before the first removal until it succeeded:
 * a file of the region says so, since after a failure or a kill nothing else may be left to do that
 * would bring it back.
 *
 * <p>Without a command nothing is written; what another configuration left due stays so.
 */
final class AfterPrune {
  private static final byte[] WORDS =
      ("Something was removed, and <afterPrune> has not succeeded since: prune, quarantine and deploy"
              + " run it.\n")
          .getBytes(StandardCharsets.UTF_8);

  private final RegionContext region;
  private final Path note;
  private final String line;

  AfterPrune(RegionContext region) {
    this.region = region;
    this.note = region.at(TreeLayout.AFTER_PRUNE);
    this.line = region.settings().commands().afterPrune();
  }

  /** Whether an earlier run changed something and did not get to the end of the command. */
  boolean isDue() {
    return !line.isEmpty() && Files.exists(note);
  }

  /** Says durably that something is about to be removed. */
  void announce(WorkFolder work) throws IOException {
    if (line.isEmpty() || isDue()) {
      return;
    }
    region.faults().at("afterPrune: announce");
    Files.createDirectories(WorkFolder.parent(note));
    work.replace(note, WORDS);
    // the folder of the state may be new itself
    SyncBatch.force(List.of(region.settings().root()));
  }

  /** Runs the command. A loss of power may bring its note back: then it is run once more. */
  void run() throws IOException {
    new OperatorCommand(region, "afterPrune", line).run();
    if (!line.isEmpty()) {
      region.faults().at("afterPrune: done");
      Files.deleteIfExists(note);
    }
  }
}
