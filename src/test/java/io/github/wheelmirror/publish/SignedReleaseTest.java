package io.github.wheelmirror.publish;

import static io.github.wheelmirror.publish.TestTree.SLUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.wheelmirror.Secret;
import io.github.wheelmirror.tree.PemKey;
import io.github.wheelmirror.tree.Progress;
import io.github.wheelmirror.tree.Quarantine;
import io.github.wheelmirror.tree.QuarantineEntry;
import io.github.wheelmirror.tree.RegionCommands;
import io.github.wheelmirror.tree.Release;
import io.github.wheelmirror.tree.SignatureState;
import io.github.wheelmirror.tree.SignatureState.Kind;
import io.github.wheelmirror.tree.Signing;
import io.github.wheelmirror.tree.SigningKey;
import io.github.wheelmirror.tree.Snapshot;
import io.github.wheelmirror.tree.StagedRelease;
import io.github.wheelmirror.tree.TreeLayout;
import io.github.wheelmirror.tree.TrustedKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys made by the real openssl, which checks the signatures too. */
class SignedReleaseTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path folder;
  private TestTree tree;
  private Path root;
  private TrustedKeys trusted = TrustedKeys.NONE;
  private Signing signing = Signing.NONE;

  @BeforeEach
  void keys() throws IOException, InterruptedException {
    tree = new TestTree(folder.resolve("tree"));
    root = folder.resolve("region");
    openssl("genpkey", "-algorithm", "ed25519", "-out", "key");
    openssl("pkey", "-in", "key", "-pubout", "-out", "key.pub");
    trusted = new TrustedKeys(List.of(PemKey.publicKey(read("key.pub"))));
    signing =
        new Signing(
            Optional.of(
                SigningKey.of(
                    PemKey.privateKey(read("key"), new Secret("")), trusted, Duration.ofDays(30))),
            trusted);
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
    } catch (IOException e) {
      boolean mustHave = "true".equals(System.getenv("CI"));
      assertThat(mustHave).as("openssl is needed").isFalse();
      assumeTrue(false, "openssl is needed");
      throw e;
    }
    assertThat(process.waitFor())
        .as(command + ": " + Files.readString(folder.resolve("openssl.log")))
        .isZero();
  }

  private DirectoryRegion region(Signing signs, Instant now) {
    return new DirectoryRegion(
        new RegionSettings("main", root, "", Duration.ofSeconds(20), RegionCommands.NONE, signs),
        Faults.NONE,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private Snapshot release(Signing signs, String version, Instant now) {
    Snapshot snapshot = tree.snapshot(SLUG, version, "alpha");
    DirectoryRegion region = region(signs, now);
    Optional<Release> base = region.current(SLUG);
    StagedRelease staged =
        region.stage(TestTree.verified(snapshot), tree.wheelhouse(), Progress.NONE);
    region.flip(staged, base, now);
    return snapshot;
  }

  private SignatureState state(Instant now) {
    return region(new Signing(Optional.empty(), trusted), now).status().get(0).signature();
  }

  @Test
  void aReleaseIsSignedAndSignedAgainWhenHalfOfItsLifeIsOver() throws IOException {
    release(signing, "1.0", NOW);
    assertThat(state(NOW)).isEqualTo(new SignatureState(Kind.VALID, "2026-12-01T00:00:00Z"));
    assertThat(state(NOW.plus(Duration.ofDays(31))).kind()).isEqualTo(Kind.EXPIRED);

    Map<String, String> before = new VisibleTree(root).stat();
    release(signing, "1.0", NOW.plus(Duration.ofDays(15)));
    assertThat(new VisibleTree(root).stat()).isEqualTo(before);
    release(signing, "1.0", NOW.plus(Duration.ofDays(16)));
    assertThat(state(NOW).words()).isEqualTo("2026-12-17T00:00:00Z");
    assertThat(region(signing, NOW).current(SLUG).orElseThrow().serial()).isEqualTo(1);

    release(signing, "2.0", NOW.plus(Duration.ofDays(17)));
    assertThat(state(NOW).words()).isEqualTo("2026-12-18T00:00:00Z");
  }

  @Test
  void whatNobodySignedOrSomebodyChangedIsNoticed() throws IOException {
    release(Signing.NONE, "1.0", NOW);
    assertThat(state(NOW)).isEqualTo(new SignatureState(Kind.MISSING, ""));
    release(signing, "1.0", NOW);
    assertThat(state(NOW).kind()).as("signing began").isEqualTo(Kind.VALID);
    Path file = root.resolve(TreeLayout.currentJson(SLUG));
    byte[] first = Files.readAllBytes(file);
    release(signing, "2.0", NOW);
    Files.write(file, first);
    assertThat(state(NOW).problem()).contains("is of " + SLUG).contains("(release 1)");
    Files.delete(file);
    assertThat(state(NOW).kind()).isEqualTo(Kind.MISSING);
  }

  @Test
  void opensslAgrees() throws IOException, InterruptedException {
    release(signing, "1.0", NOW);
    JsonNode signed =
        JsonMapper.builder()
            .build()
            .readTree(root.resolve(TreeLayout.currentJson(SLUG)).toFile())
            .get("signatures")
            .get(0);
    byte[] payload = Base64.getDecoder().decode(signed.get("payload").asText());
    String type = signed.get("payloadType").asText();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(payload);
    Files.write(folder.resolve("signed"), bytes.toByteArray());
    Files.write(
        folder.resolve("signature"),
        Base64.getDecoder().decode(signed.get("signatures").get(0).get("sig").asText()));
    openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "key.pub",
        "-rawin",
        "-in",
        "signed",
        "-sigfile",
        "signature");
  }

  @Test
  void anEncryptedKeyIsOpenedByItsPassphrase() throws IOException, InterruptedException {
    openssl(
        "pkcs8",
        "-topk8",
        "-in",
        "key",
        "-out",
        "key.enc",
        "-v2",
        "aes-256-cbc",
        "-passout",
        "pass:open sesame");
    assertThat(PemKey.privateKey(read("key.enc"), new Secret("open sesame")))
        .isEqualTo(PemKey.privateKey(read("key"), new Secret("")));
    assertThatThrownBy(() -> PemKey.privateKey(read("key.enc"), new Secret("wrong")))
        .hasMessageContaining("cannot be decrypted");
    assertThatThrownBy(() -> PemKey.privateKey(read("key.enc"), new Secret("")))
        .hasMessageContaining("it is encrypted");
    openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa");
    assertThatThrownBy(() -> PemKey.privateKey(read("rsa"), new Secret("")))
        .hasMessageContaining("no Ed25519 private key");
  }

  @Test
  void theQuarantineIsSignedAndAChangedOneIsRefused() throws IOException {
    Snapshot snapshot = release(signing, "1.0", NOW);
    Quarantine out =
        Quarantine.NONE.plus(
            new QuarantineEntry(
                "",
                List.of(Quarantine.file(snapshot.manifest().files().get(0))),
                "bad",
                NOW.toString()));
    region(Signing.NONE, NOW).quarantine(out);
    Path file = root.resolve(TreeLayout.QUARANTINE);
    assertThat(Files.readString(file)).doesNotContain("payload");
    region(signing, NOW).quarantine(out);
    assertThat(Files.readString(file)).contains("payload");
    assertThat(region(signing, NOW).quarantine()).isEqualTo(out);
    Map<String, String> before = new VisibleTree(root).stat();
    region(signing, NOW).quarantine(out);
    assertThat(new VisibleTree(root).stat()).isEqualTo(before);

    Files.writeString(file, Files.readString(file).replace("bad", "fine"));
    assertThatThrownBy(() -> region(signing, NOW).quarantine())
        .hasMessageContaining("its signature is of other entries");
    assertThat(region(Signing.NONE, NOW).quarantine().entries()).hasSize(1);
  }
}
