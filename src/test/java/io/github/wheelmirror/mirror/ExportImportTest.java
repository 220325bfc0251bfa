package io.github.wheelmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.tree.Region;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SigningKey;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one site's mirror to another one's, which has neither index nor constraints. */
class ExportImportTest {
  private static final String SIX = "six===1.17.0";

  @TempDir Path folder;
  private MirrorScenario here;
  private MirrorScenario there;
  private Path file;

  @BeforeEach
  void twoSites() throws IOException {
    here = MirrorScenario.quick(Files.createDirectories(folder.resolve("here")));
    here.index.wheel("six", "1.17.0", "py3-none-any").sdist("simplegeneric", "0.8.1");
    here.branch("master", SIX, "simplegeneric===0.8.1");
    here.lifecycle();
    there = MirrorScenario.quick(Files.createDirectories(folder.resolve("there")));
    file = folder.resolve("usb/mirror.zip");
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private void export(Path to, Signing signing) {
    new ExportSnapshot(here.outside(), signing)
        .run(new ExportSnapshot.Settings("current", "", Optional.of(to), folder));
  }

  private void imported(Path from, Signing signing) {
    new ImportSnapshot(there.outside(), signing, true).run(from);
  }

  private static Signing signing() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    TrustedKeys trusted = new TrustedKeys(List.of(pair.getPublic()));
    return new Signing(
        Optional.of(SigningKey.of(pair.getPrivate(), trusted, Duration.ofDays(1))), trusted);
  }

  @Test
  void theOtherSiteServesTheSameBytes() throws IOException {
    there.regions = List.of("mirror", "west");
    export(file, Signing.NONE);
    imported(file, Signing.NONE);
    assertThat(there.served("mirror")).isEqualTo(here.served("mirror")).hasSize(1);
    assertThat(there.served("west")).isEqualTo(here.served("mirror"));
    Path mine = here.folder.resolve("mirror");
    Path theirs = there.folder.resolve("mirror");
    for (String top : List.of("pool/sha256", "pages", "snapshots")) {
      Map<String, String> before = contents(mine.resolve(top));
      assertThat(contents(theirs.resolve(top))).as(top).isEqualTo(before).isNotEmpty();
    }
    Map<String, String> state = MirrorScenario.state(theirs);
    imported(file, Signing.NONE);
    assertThat(MirrorScenario.state(theirs)).isEqualTo(state);
    assertThat(there.lines.all()).anyMatch(line -> line.contains("nothing to release"));
  }

  @Test
  void noRegionIsSwitchedThatDoesNotShowWhatCame() {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    FakeRegion west = new FakeRegion("west", events);
    there.regions(List.<Region>of(new FakeRegion("east", events), west));
    export(file, Signing.NONE);
    west.showsOld = true;
    assertThatThrownBy(() -> imported(file, Signing.NONE))
        .hasMessageContaining("region west does not show its clients what was staged");
    assertThat(events).contains("stage east", "stage west").noneMatch(e -> e.startsWith("flip"));
    west.showsOld = false;
    imported(file, Signing.NONE);
    assertThat(events).contains("flip east", "look at east", "flip west");
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    try (var files = Files.walk(root)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        all.put(root.relativize(each).toString(), Arrays.toString(Files.readAllBytes(each)));
      }
    }
    return all;
  }

  @Test
  void theSameSnapshotMakesTheSameFile() throws IOException, GeneralSecurityException {
    Path again = folder.resolve("again.zip");
    Signing signing = signing();
    export(file, signing);
    export(again, signing);
    assertThat(again).hasSameBinaryContentAs(file);
    Path others = Files.createFile(folder.resolve("others"));
    assertThat(Files.getPosixFilePermissions(file))
        .as("whoever carries it on may be somebody else")
        .isEqualTo(Files.getPosixFilePermissions(others));
    try (var left = Files.list(folder.resolve("usb"))) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aSignatureIsAskedForWhereKeysAreConfigured() throws GeneralSecurityException {
    Signing signing = signing();
    export(file, Signing.NONE);
    assertThatThrownBy(() -> imported(file, signing)).hasMessageContaining("it is not signed");
    export(file, signing());
    assertThatThrownBy(() -> imported(file, signing))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.why()).isEqualTo("none of <trustedKeyFiles> signed it");
              assertThat(e.fix()).contains("-Dwheel-mirror.trustedKeyFiles=FILE");
            });
    export(file, signing);
    imported(file, new Signing(Optional.empty(), signing.trusted()));
    assertThat(there.served("mirror")).isEqualTo(here.served("mirror"));
  }

  @Test
  void whatIsOutThereIsOutHereToo() throws IOException {
    export(file, Signing.NONE);
    imported(file, Signing.NONE);
    Path wheel = pooled(there, here.outcome(SIX).wheel().orElseThrow().sha256());
    assertThat(wheel).exists();
    Path old = Files.copy(file, folder.resolve("old.zip"));
    new QuarantineFiles(here.outside()).run(new QuarantineFiles.Settings(SIX, "", "bad"));
    export(file, Signing.NONE);
    imported(file, Signing.NONE);
    assertThat(wheel).doesNotExist();
    assertThat(there.served("mirror")).isEqualTo(here.served("mirror"));
    assertThatThrownBy(() -> imported(old, Signing.NONE)).hasMessageContaining("is in quarantine");
  }

  private static Path pooled(MirrorScenario site, String sha256) {
    return site.folder
        .resolve("mirror")
        .resolve(TreeLayout.wheel(sha256, "six-1.17.0-py3-none-any.whl"));
  }

  /** Entries by name, in order. */
  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        entries.put(e.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private Path packed(Map<String, byte[]> entries) throws IOException {
    Path other = folder.resolve("other.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return other;
  }

  private void refuses(Path archive, String why) {
    assertThatThrownBy(() -> imported(archive, Signing.NONE))
        .as(why)
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("nothing was imported")
        .hasMessageContaining(why);
    assertThat(there.served("mirror")).isEmpty();
  }

  @Test
  void noByteOfItCanBeChanged() throws IOException {
    export(file, Signing.NONE);
    Map<String, byte[]> whole = entries();
    Random random = new Random(20261126);
    for (String name : whole.keySet()) {
      Map<String, byte[]> changed = new LinkedHashMap<>(whole);
      byte[] bytes = Objects.requireNonNull(whole.get(name)).clone();
      bytes[random.nextInt(bytes.length)] ^= 1;
      changed.put(name, bytes);
      refuses(packed(changed), "cannot be used");
      changed.remove(name);
      refuses(packed(changed), "cannot be used");
      changed.put(name, Arrays.copyOf(bytes, bytes.length + 1));
      refuses(packed(changed), "cannot be used");
    }
    imported(packed(whole), Signing.NONE);
    assertThat(there.served("mirror")).isEqualTo(here.served("mirror"));
  }

  @Test
  void nothingElseMayBeInIt() throws IOException {
    export(file, Signing.NONE);
    for (String name :
        List.of(
            "../evil", "/etc/evil", "pool/sha256/aa/x.whl", "state/journal.jsonl", "x\u001by")) {
      Map<String, byte[]> more = new LinkedHashMap<>(entries());
      more.put(name, new byte[] {1});
      refuses(packed(more), "which nothing lists");
    }
    Map<String, byte[]> two = new LinkedHashMap<>(entries());
    two.put(TreeLayout.manifest("a".repeat(64)), new byte[] {1});
    refuses(packed(two), "2 snapshots instead of one");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    export(file, Signing.NONE);
    byte[] whole = Files.readAllBytes(file);
    Path other = folder.resolve("other.zip");
    refuses(other, "there is no " + other);
    Files.createFile(other);
    refuses(other, "cannot be used");
    Files.write(other, Arrays.copyOf(whole, whole.length / 2));
    refuses(other, "no whole ZIP archive");
    Files.write(other, "hello".getBytes(StandardCharsets.UTF_8));
    refuses(other, "no whole ZIP archive");
    refuses(folder, "cannot be used");
    Random random = new Random(20261127);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j <= i % 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(other, damaged);
      try {
        imported(other, Signing.NONE);
      } catch (MirrorException expected) {
        assertThat(expected.what()).contains("nothing was imported");
        continue;
      }
      // what was changed is no part of what is read
      assertThat(there.served("mirror")).isEqualTo(here.served("mirror"));
    }
  }

  @Test
  void aRegionThatCannotTakeItKeepsAllFromBeingSwitched() throws IOException {
    there.regions = List.of("mirror", "west");
    Files.createFile(there.folder.resolve("west"));
    export(file, Signing.NONE);
    assertThatThrownBy(() -> imported(file, Signing.NONE)).hasMessageContaining("region west");
    assertThat(there.served("mirror")).isEmpty();
  }

  @Test
  void aDamagedRegionIsNotExported() throws IOException {
    Path wheel = pooled(here, here.outcome(SIX).wheel().orElseThrow().sha256());
    Files.delete(wheel);
    Files.write(wheel, new byte[] {1});
    assertThatThrownBy(() -> export(file, Signing.NONE))
        .hasMessageContaining("six-1.17.0-py3-none-any.whl is damaged in region mirror");
    assertThat(file).doesNotExist();
  }

  @Test
  void aRegionThatLacksAWheelIsNamedAndNotTheFile() throws IOException {
    Path wheel = pooled(here, here.outcome(SIX).wheel().orElseThrow().sha256());
    Files.delete(wheel);
    assertThatThrownBy(() -> export(file, Signing.NONE))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.what()).isEqualTo("region mirror lacks six-1.17.0-py3-none-any.whl");
              assertThat(e.why()).contains(wheel.toString());
              assertThat(e.fix()).isEqualTo("restore it from a backup or from another region");
            });
    Files.createDirectory(wheel);
    assertThatThrownBy(() -> export(file, Signing.NONE))
        .hasMessageContaining("region mirror does not give six-1.17.0-py3-none-any.whl");
    try (var left = Files.list(folder.resolve("usb"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatTheFirstRegionLacksAnotherOneGives() throws IOException {
    export(file, Signing.NONE);
    Path whole = Files.move(file, folder.resolve("whole.zip"));
    here.regions = List.of("mirror", "west");
    here.lifecycle();
    String sha256 = here.outcome(SIX).wheel().orElseThrow().sha256();
    Files.delete(pooled(here, sha256));
    export(file, Signing.NONE);
    assertThat(file).hasSameBinaryContentAs(whole);
    assertThat(here.lines.all())
        .anyMatch(
            line ->
                line.contains("region mirror lacks six-1.17.0-py3-none-any.whl")
                    && line.contains("it was taken from west"));
    Files.delete(
        here.folder
            .resolve("west")
            .resolve(TreeLayout.wheel(sha256, "six-1.17.0-py3-none-any.whl")));
    assertThatThrownBy(() -> export(file, Signing.NONE))
        .hasMessageContaining("no region can export snapshot")
        .hasMessageContaining("region mirror lacks six-1.17.0-py3-none-any.whl")
        .hasMessageContaining("region west lacks six-1.17.0-py3-none-any.whl");
    assertThat(file).as("an earlier one stays").hasSameBinaryContentAs(whole);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> export(taken.resolve("mirror.zip"), Signing.NONE))
        .hasMessageContaining(taken.resolve("mirror.zip") + " cannot be written");
  }
}
