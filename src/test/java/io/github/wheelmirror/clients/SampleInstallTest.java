package io.github.wheelmirror.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.build.Diagnosis;
import io.github.wheelmirror.build.FailureClass;
import io.github.wheelmirror.builder.ClientHost;
import io.github.wheelmirror.builder.HostTargets;
import io.github.wheelmirror.builder.InstallerSettings;
import io.github.wheelmirror.builder.Interpreter;
import io.github.wheelmirror.builder.Interpreters;
import io.github.wheelmirror.builder.Isolation;
import io.github.wheelmirror.builder.PipSampleInstaller;
import io.github.wheelmirror.builder.PrivatePlaces;
import io.github.wheelmirror.constraints.Pin;
import io.github.wheelmirror.it.LocalIndex;
import io.github.wheelmirror.it.SyntheticFiles;
import io.github.wheelmirror.process.ProcessRunner;
import io.github.wheelmirror.process.SearchPath;
import io.github.wheelmirror.tree.CompiledSources;
import io.github.wheelmirror.tree.ImportFailure;
import io.github.wheelmirror.tree.ImportFailure.Kind;
import io.github.wheelmirror.tree.SampleInstaller;
import io.github.wheelmirror.tree.SampleInstaller.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real pip of this machine, which installs a sample. */
class SampleInstallTest {

  @TempDir Path folder;
  private final Interpreters interpreters = MirrorRun.interpreters();
  private LocalIndex staged;
  private Interpreter python;
  private PipSampleInstaller installer;
  private Optional<Diagnosis> refusal = Optional.empty();

  @BeforeEach
  void index() throws IOException {
    staged = LocalIndex.start();
    python =
        interpreters.all().stream()
            .filter(Clients::hasPip)
            .filter(each -> each.facts().tools().hasVenv())
            .findFirst()
            .orElseGet(() -> interpreters.all().get(0));
    Programs.require(Clients.hasPip(python), "the pip of " + python + " is too old");
    ProcessRunner runner = ProcessRunner.create();
    SearchPath path = SearchPath.withSystem(System.getenv().getOrDefault("PATH", ""));
    installer =
        new PipSampleInstaller(
            new ClientHost(
                runner,
                path,
                () -> interpreters,
                asked -> refusal,
                () -> new InstallerSettings(Map.of("PIP_INDEX_URL", "http://127.0.0.1:1/"))),
            runner,
            folder,
            PrivatePlaces.NONE);
    staged.wheel("six", "1.16.0", "py3-none-any").wheel("six", "1.17.0", "py3-none-any");
  }

  @AfterEach
  void stop() throws IOException {
    staged.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private void wheel(String name, String module, String source, String... requirements) {
    staged.file(
        name,
        name + "-1.0-py3-none-any.whl",
        SyntheticFiles.wheelOf(name, "1.0", Map.of(module, source), List.of(requirements)),
        "");
  }

  private Result install(String... pins) throws IOException {
    Path constraints = Files.writeString(folder.resolve("c.txt"), "six===1.16.0\n");
    return installer.install(
        new SampleInstaller.Order(
            HostTargets.of(python),
            URI.create(staged.url()),
            false,
            Arrays.stream(pins).map(Pin::parse).toList(),
            constraints,
            Files.createTempDirectory(folder, "scratch")));
  }

  private Result.Installed installed(String... pins) throws IOException {
    Result result = install(pins);
    assertThat(result).isInstanceOf(Result.Installed.class);
    return (Result.Installed) result;
  }

  @Test
  void aSampleIsInstalledWithWhatItRequiresAndImported() throws IOException {
    wheel("needs", "needs/__init__.py", "import six", "six>=1.10");
    Result.Installed installed = installed("needs===1.0");
    assertThat(installed.client()).startsWith("pip ");
    assertThat(installed.inconsistent()).isEmpty();
    assertThat(installed.failures()).isEmpty();
    assertThat(installed.imported()).isEqualTo(1);
  }

  @Test
  void whyAModuleCannotBeImportedIsToldApart() throws IOException {
    wheel("lacking", "lacking.py", "import no_such_module.part");
    wheel("broken", "broken/__init__.py", "import broken.gone");
    wheel("old", "old.py", "print 'x'");
    wheel("raising", "raising.py", "raise OSError('no \\x1b display')");
    wheel("leaving", "leaving.py", "import sys; sys.exit(3)");
    wheel("dying", "dying.py", "import ctypes; ctypes.string_at(0)");
    wheel("gone", "gone.py", "import os; os._exit(0)");
    wheel("linked", "linked.py", "raise ImportError('libx.so.1: cannot open shared object file')");
    wheel("symbol", "symbol.py", "raise ImportError('symbol.so: undefined symbol: foo')");
    wheel("chatty", "chatty.py", "print('{')\nimport threading\nthreading.Thread(target=input)");
    Result.Installed installed =
        installed(
            "lacking===1.0",
            "broken===1.0",
            "old===1.0",
            "raising===1.0",
            "leaving===1.0",
            "dying===1.0",
            "gone===1.0",
            "linked===1.0",
            "symbol===1.0",
            "chatty===1.0");
    assertThat(installed.imported()).isEqualTo(1);
    assertThat(installed.failures())
        .extracting(failure -> failure.module() + " " + failure.kind())
        .containsExactlyInAnyOrder(
            "lacking " + Kind.MISSING_MODULE,
            "broken " + Kind.MISSING_OWN_MODULE,
            "old " + Kind.SYNTAX,
            "raising " + Kind.OTHER,
            "leaving " + Kind.OTHER,
            "dying " + Kind.CRASHED,
            "gone " + Kind.OTHER,
            "linked " + Kind.MISSING_LIBRARY,
            "symbol " + Kind.BROKEN_EXTENSION);
    assertThat(installed.failures())
        .extracting(ImportFailure::words)
        .contains("ModuleNotFoundError: No module named 'no_such_module'");
  }

  private void wheelOf(String name, Map<String, byte[]> files) {
    staged.file(
        name,
        name + "-1.0-py3-none-any.whl",
        SyntheticFiles.wheelOfBytes(name, "1.0", files, List.of()),
        "");
  }

  @Test
  void whatCannotBeCompiledToBytecodeIsToldOfEachPin() throws IOException {
    wheelOf(
        "mixed",
        Map.of(
            "mixed/__init__.py", "x = 1 is 1".getBytes(UTF_8),
            "mixed/latin.py", "# coding: latin-1\nx = 'é'".getBytes(ISO_8859_1),
            "mixed/marked.py", "\ufeffx = 'é'".getBytes(UTF_8),
            "mixed/bin.dat", new byte[] {0},
            "tests/old.py", "x = 1\nprint 'x'".getBytes(UTF_8),
            "tests/zero.py", "x = '\0'".getBytes(UTF_8),
            "tests/unmarked.py", "x = 'é'".getBytes(ISO_8859_1),
            "tests/un,\"quoted\".py", "x = (".getBytes(UTF_8)));
    wheel("fine", "fine.py", "x = 1");
    Result.Installed installed = installed("mixed===1.0", "fine===1.0");
    assertThat(installed.failures()).isEmpty();
    assertThat(installed.sources()).hasSize(2);
    CompiledSources mixed = installed.sources().get(0);
    assertThat(mixed.pin()).isEqualTo(Pin.parse("mixed===1.0"));
    assertThat(mixed.compiled()).isEqualTo(3);
    assertThat(mixed.failed()).isEqualTo(4);
    assertThat(mixed.skipped()).isZero();
    assertThat(mixed.files())
        .containsExactly(
            "tests/old.py", "tests/un,\"quoted\".py", "tests/unmarked.py", "tests/zero.py");
    assertThat(mixed.line()).isEqualTo(2);
    assertThat(mixed.words()).startsWith("SyntaxError: Missing parentheses");
    assertThat(installed.sources().get(1))
        .isEqualTo(new CompiledSources(Pin.parse("fine===1.0"), 1, 0, 0, List.of(), 0, ""));
  }

  @Test
  void manyFilesAreCountedAndLargeOnesNotTried() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      files.put("many/f%02d.py".formatted(i), "x = (".getBytes(UTF_8));
    }
    byte[] large = new byte[(2 << 20) + 1];
    Arrays.fill(large, (byte) '\n');
    files.put("many/large.py", large);
    wheelOf("many", files);
    CompiledSources many = installed("many===1.0").sources().get(0);
    assertThat(many.failed()).isEqualTo(30);
    assertThat(many.files()).hasSize(20).startsWith("many/f00.py");
    assertThat(many.skipped()).isEqualTo(1);
  }

  @Test
  void nothingOfTheEnvironmentRunsWhereSourcesAreCompiled() throws IOException {
    wheelOf(
        "paths",
        Map.of(
            "paths.pth", "import os; os._exit(9)".getBytes(UTF_8),
            "paths.py", "import os; os._exit(9)".getBytes(UTF_8),
            "sitecustomize.py", "import os; os._exit(9)".getBytes(UTF_8)));
    assertThat(installed("paths===1.0").sources())
        .containsExactly(new CompiledSources(Pin.parse("paths===1.0"), 2, 0, 0, List.of(), 0, ""));
  }

  @Test
  void whatIsImportedHasNoNetworkAndNoOtherFolder() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    wheel(
        "curious",
        "curious.py",
        """
        import os, urllib.request
        assert "SECRET" not in os.environ and "PIP_INDEX_URL" not in os.environ
        found = []
        try:
            urllib.request.urlopen("%s", timeout=5)
            found.append("network")
        except OSError:
            pass
        try:
            open("%s/evil", "w")
            found.append("files")
        except OSError:
            pass
        if found:
            raise RuntimeError(" ".join(found))
        """
            .formatted(staged.url(), outside));
    Programs.require(Isolation.filesProtected(folder), "this host has no name spaces for us");
    assertThat(installed("curious===1.0").failures()).isEmpty();
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void whatCannotBeInstalledIsTold() throws IOException {
    wheel("needs", "needs.py", "", "absent>=1");
    assertThat(install("needs===1.0"))
        .isInstanceOfSatisfying(
            Result.Refused.class, refused -> assertThat(refused.words()).contains("absent"));
  }

  @Test
  void whatThisHostIsNotIsNotTried() throws IOException {
    refusal = Optional.of(new Diagnosis(FailureClass.NO_INTERPRETER, "no such Python", "w", "f"));
    assertThat(install("six===1.16.0")).isEqualTo(new Result.Absent("no such Python"));
  }
}
