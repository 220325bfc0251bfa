package io.github.wheelmirror.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.tree.SnapshotDifference.BranchDifference;
import io.github.wheelmirror.tree.SnapshotDifference.ChangedProject;
import io.github.wheelmirror.tree.SnapshotDifference.FileChange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDifferenceTest {

  @TempDir Path folder;

  private ReleaseScenario scenario() {
    return new ReleaseScenario(folder, "cp311", "cp312");
  }

  private static List<String> names(List<Pin> pins) {
    return pins.stream().map(Pin::toString).toList();
  }

  @Test
  void tellsWhatEachBranchServesOtherwise() {
    Manifest from =
        scenario()
            .branch("master")
            .branch("stable/2025.1")
            .mirrored("master", "six", "1.16.0")
            .mirrored("master", "attrs", "24.2.0")
            .mirrored("stable/2025.1", "six", "1.16.0")
            .snapshot()
            .manifest();
    Manifest to =
        scenario()
            .branch("master")
            .branch("stable/2025.1")
            .mirrored("master", "six", "1.17.0")
            .mirrored("master", "idna", "3.10")
            .mirrored("stable/2025.1", "six", "1.16.0")
            .snapshot()
            .manifest();

    SnapshotDifference difference = SnapshotDifference.of(from, to);

    assertThat(difference.from()).isEqualTo(from.id());
    assertThat(difference.to()).isEqualTo(to.id());
    assertThat(difference.branches()).hasSize(1);
    BranchDifference master = difference.branches().get(0);
    assertThat(master.branch()).isEqualTo("master");
    assertThat(names(master.added())).containsExactly("idna===3.10");
    assertThat(names(master.removed())).containsExactly("attrs===24.2.0");
    assertThat(master.changed())
        .extracting(changed -> changed.project().value())
        .containsExactly("six");
    ChangedProject six = master.changed().get(0);
    assertThat(six.from()).hasToString("[1.16.0]");
    assertThat(six.to()).hasToString("[1.17.0]");
    assertThat(master.rebuilt()).isEmpty();
    assertThat(difference.count(FileChange.ADDED)).isEqualTo(2);
    assertThat(difference.count(FileChange.REMOVED)).isEqualTo(1);
    assertThat(difference.addedBytes()).isPositive();
    assertThat(difference.removedBytes()).isPositive();

    SnapshotDifference back = SnapshotDifference.of(to, from);
    assertThat(names(back.branches().get(0).added())).containsExactly("attrs===24.2.0");
    assertThat(back.addedBytes()).isEqualTo(difference.removedBytes());
  }

  @Test
  void aPinThatAnotherFileServesIsNoOtherVersion() {
    Manifest from =
        scenario()
            .branch("master")
            .built("master", TestWheel.of("six", "1.16.0"), false)
            .snapshot()
            .manifest();
    Manifest to =
        scenario()
            .branch("master")
            .built("master", TestWheel.of("six", "1.16.0").buildTag("2"), false)
            .snapshot()
            .manifest();

    SnapshotDifference difference = SnapshotDifference.of(from, to);

    BranchDifference master = difference.branches().get(0);
    assertThat(names(master.rebuilt())).containsExactly("six===1.16.0");
    assertThat(master.changed()).isEmpty();
    assertThat(master.added()).isEmpty();
  }

  @Test
  void aSnapshotDoesNotDifferFromItself() {
    Manifest one =
        scenario().branch("master").mirrored("master", "six", "1.16.0").snapshot().manifest();

    SnapshotDifference difference = SnapshotDifference.of(one, one);

    assertThat(difference.isEmpty()).isTrue();
    assertThat(difference.addedBytes()).isZero();
  }

  @Test
  void channelsAreNotCompared() {
    assertThatThrownBy(
            () ->
                SnapshotDifference.of(
                    Manifest.empty("debian-12-x86_64"), Manifest.empty("debian-13-x86_64")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
