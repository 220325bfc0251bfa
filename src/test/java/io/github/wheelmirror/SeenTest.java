package io.github.wheelmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run notes before it reads. */
class SeenTest {

  private static final Instant LONG_AGO = Instant.now().minusSeconds(3600);

  @TempDir Path folder;
  private final Seen seen = new Seen();

  @Test
  void theFirstLookCounts() throws IOException {
    Path file = file("file", LONG_AGO);
    seen.file(file);
    String before = seen.facts().get(file);
    Files.writeString(file, "another text");
    seen.file(file);
    assertThat(seen.facts()).containsEntry(file, before);
    assertThat(FileFact.of(file)).isNotEqualTo(before);
    assertThat(seen.doubt()).isEmpty();
  }

  @Test
  void whatIsNotThereIsAFactToo() throws IOException {
    Path file = folder.resolve("later");
    seen.file(file);
    assertThat(seen.doubt()).isEmpty();
    file("later", LONG_AGO);
    assertThat(FileFact.of(file)).isNotEqualTo(seen.facts().get(file));
  }

  @Test
  void anEntryOfAFolderThatComesOrGoesIsAFact() throws IOException {
    Path file = file("file", LONG_AGO);
    Files.setLastModifiedTime(folder, FileTime.from(LONG_AGO));
    seen.file(folder);
    Files.delete(file);
    assertThat(FileFact.of(folder)).isNotEqualTo(seen.facts().get(folder));
  }

  @Test
  void aFileThatWasReplacedByOneOfTheSameSizeAndTimeIsAnother() throws IOException {
    Path file = file("file", LONG_AGO);
    seen.file(file);
    Files.move(file("other", LONG_AGO), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(FileFact.of(file)).isNotEqualTo(seen.facts().get(file));
  }

  @Test
  void whatWasWrittenAMomentAgoIsADoubt() throws IOException {
    seen.file(file("new", Instant.now()));
    assertThat(seen.doubt()).contains("new was written a moment ago");
  }

  @Test
  void onAFileSystemOfWholeSecondsAMomentIsLonger() throws IOException {
    Instant second = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 1);
    seen.file(file("coarse", second));
    assertThat(seen.doubt()).contains("coarse was written a moment ago");
    Seen later = new Seen();
    later.file(file("fine", second.plusNanos(1)));
    assertThat(later.doubt()).isEmpty();
  }

  @Test
  void whatIsOfTheFutureIsADoubt() throws IOException {
    seen.file(file("future", Instant.now().plusSeconds(60)));
    assertThat(seen.doubt()).isNotEmpty();
  }

  @Test
  void twoFactsOfOneFileAreADoubt() {
    seen.fact(folder, "one");
    seen.fact(folder, "one");
    assertThat(seen.doubt()).isEmpty();
    seen.fact(folder, "two");
    assertThat(seen.doubt()).contains("changed meanwhile");
  }

  @Test
  void whatTheRunWroteItselfIsNoDoubt() {
    seen.fact(folder, "one");
    seen.touched(folder, "two");
    seen.fact(folder, "two");
    assertThat(seen.doubt()).isEmpty();
  }

  @Test
  void theFirstDoubtAndTheEarliestEndCount() {
    seen.doubt("first");
    seen.doubt("second");
    assertThat(seen.doubt()).isEqualTo("first");
    seen.until(LONG_AGO);
    seen.until(LONG_AGO.plusSeconds(1));
    assertThat(seen.until()).isEqualTo(LONG_AGO);
  }

  @Test
  void onlyWarningsOfWorkAreADoubt() {
    seen.warned("a state");
    assertThat(seen.doubt()).isEmpty();
    seen.works();
    assertThat(seen.doubt()).contains("warnings");
    Seen quiet = new Seen();
    quiet.works();
    assertThat(quiet.doubt()).isEmpty();
  }

  private Path file(String name, Instant time) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "a text");
    Files.setLastModifiedTime(file, FileTime.from(time));
    return file;
  }
}
