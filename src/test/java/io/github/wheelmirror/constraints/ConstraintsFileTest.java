package io.github.wheelmirror.constraints;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.wheelmirror.constraints.ConstraintLine.BlankLine;
import io.github.wheelmirror.constraints.ConstraintLine.CommentLine;
import io.github.wheelmirror.constraints.ConstraintLine.IncludeLine;
import io.github.wheelmirror.constraints.ConstraintLine.NotAPin;
import io.github.wheelmirror.constraints.ConstraintLine.PinLine;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsFileTest {

  @Test
  void readsTheFormThatOpenStackUses() {
    ConstraintsFile file =
        Fixtures.parse(
            """
            # WARNING: versions can contain known vulnerabilities.

            voluptuous===0.15.2
            importlib_metadata===6.2.1;python_version=='3.9'
            ldap3==2.9.1 # capped
            """);

    assertThat(file.lines())
        .containsExactly(
            new CommentLine(at(1), 1),
            new BlankLine(at(2), 1),
            new PinLine(at(3), 1, Pin.parse("voluptuous===0.15.2"), "", "voluptuous===0.15.2"),
            new PinLine(
                at(4),
                1,
                Pin.parse("importlib-metadata===6.2.1"),
                "python_version=='3.9'",
                "importlib_metadata===6.2.1;python_version=='3.9'"),
            new PinLine(at(5), 1, Pin.parse("ldap3===2.9.1"), "", "ldap3==2.9.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a===1.0                              | a===1.0",
        "A_b.C===1.0                          | a-b-c===1.0",
        "a == 1.0                             | a===1.0",
        "a (===1.0)                           | a===1.0",
        "a===1.0;                             | a===1.0",
        "a===22.0.0.0rc1                      | a===22.0.0.0rc1",
        "a===22.0.0.0RC1                      | a===22.0.0.0rc1",
        "a==1.0.0.post-1                      | a===1.0.0.post1",
        "a==1.0+local.1                       | a===1.0+local.1",
        "a===1.0 --hash=sha256:00ff           | a===1.0",
        "a===1.0 --hash sha256:00ff --hash=sha512:aa | a===1.0",
        "a===1.0 --hash=\"sha256:00ff\"         | a===1.0",
        "a===1.0 --hash\tsha256:00ff\t--hash='sha512:aa' | a===1.0",
      })
  void isAPin(String line, String pin) {
    assertThat(Fixtures.parse(line).pins())
        .extracting(found -> found.pin().toString())
        .containsExactly(pin);
  }

  @Test
  void hashesOfAPinAreKeptBesideItsText() {
    PinLine pin =
        Fixtures.parse("a===1.0 --hash sha256:00ff \\\n    --hash=sha512:aa # c").pins().get(0);
    assertThat(pin.text()).isEqualTo("a===1.0");
    assertThat(pin.hashes()).containsExactly("sha256:00ff", "sha512:aa");
    assertThat(pin.textWithHashes()).isEqualTo("a===1.0 --hash=sha256:00ff --hash=sha512:aa");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a                                   | RANGE",
        "a>=1                                | RANGE",
        "a>=1,<2                             | RANGE",
        "a==1.*                              | RANGE",
        "a~=1.0                              | RANGE",
        "a===1,==1                           | RANGE",
        "a @ https://example.invalid/a.whl   | URL",
        "a@https://example.invalid/a.whl ; python_version>'3' | URL",
        "https://example.invalid/a.tar.gz    | URL",
        "git+https://example.invalid/a#egg=a | URL",
        "file:///srv/a                       | URL",
        "-c https://example.invalid/c.txt    | URL",
        "-e .                                | EDITABLE",
        "--editable=git+https://example.invalid/a | EDITABLE",
        "--index-url https://example.invalid | OPTION",
        "-i https://example.invalid          | OPTION",
        "--pre                               | OPTION",
        "--no-binary :all:                   | OPTION",
        "a===1 --pre                         | OPTION",
        "a===1 --hash=rubbish                | OPTION",
        "a===1 --hash= sha256:00ff           | OPTION",
        "a===1 --hash=\"sha256:00ff'         | OPTION",
        "--constraint= c.txt                 | OPTION",
        "-c=c.txt                            | MISSING_INCLUDE",
        "a==1+b.zip                          | LOCAL_PATH",
        "a==1+b.TGZ; python_version>'3'      | LOCAL_PATH",
        "a===1+b.whl                         | LOCAL_PATH",
        "-c a.txt -c b.txt                   | OPTION",
        "-r                                  | OPTION",
        "--constraints-are-fun x             | OPTION",
        "a===${VERSION}                      | VARIABLE",
        "-c ${FILE}                          | VARIABLE",
        "a[b]===1                            | EXTRAS",
        "./a                                 | LOCAL_PATH",
        "..                                  | LOCAL_PATH",
        "/srv/a                              | LOCAL_PATH",
        "a-1.0-py3-none-any.whl              | LOCAL_PATH",
        "a===2013b                           | NOT_NORMALISED",
        "a===1.0.0.post-1                    | NOT_NORMALISED",
        "a===v1.0                            | NOT_NORMALISED",
        "a===2004b-2-x                       | INVALID_VERSION",
        "a===                                | INVALID_VERSION",
        "a==x                                | INVALID_VERSION",
        "a=1                                 | INVALID_VERSION",
        "a==1 b==2                           | INVALID_VERSION",
        "_a===1                              | INVALID_NAME",
        "a_===1                              | INVALID_NAME",
        "===1                                | INVALID_NAME",
        "é===1                               | INVALID_NAME",
        "!                                   | INVALID_NAME",
        "a===1;python_version                | INVALID_MARKER",
        "a===1;python_version>='3.8',<=3.9   | INVALID_MARKER",
        "a===1;pythonversion=='3'            | INVALID_MARKER",
        "a>=1;nonsense                       | INVALID_MARKER",
        "-c missing.txt                      | MISSING_INCLUDE",
        "-r ../outside.txt                   | MISSING_INCLUDE",
        "-r /etc/passwd                      | MISSING_INCLUDE",
        "-c .                                | MISSING_INCLUDE",
        "-c upper-constraints.txt            | INCLUDE_CYCLE",
      })
  void isNotAPin(String line, NotAPinReason reason) {
    ConstraintsFile file = Fixtures.parse(line);

    assertThat(file.pins()).isEmpty();
    assertThat(file.refusals()).extracting(NotAPin::reason).containsExactly(reason);
    assertThat(file.refusals().get(0).text()).isEqualTo(line.strip());
    assertThat(file.refusals().get(0).words()).startsWith(reason.words());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo @ https://user:s3cret@host.example/foo.whl",
        "--index-url https://s3cret@host.example/",
        "-e git+ssh://git:s3cret@host.example/foo",
        "https://${USER}:s3cret@host.example/foo.whl",
        "foo @ https://user:s3cret@with@at@host.example/foo.whl",
        "-c https://user:s3cret@host.example/c.txt",
        "a===1; os_name == 'https://user:s3cret@host.example'",
      })
  void aLoginIsRefusedAndNotShown(String line) {
    ConstraintsFile file = Fixtures.parse("b===1\n" + line);

    assertThat(file.pins()).hasSize(1);
    assertThat(file.refusals()).extracting(NotAPin::reason).containsExactly(NotAPinReason.LOGIN);
    assertThat(file.lines().toString()).contains("://****@host.example").doesNotContain("s3cret");
    assertThat(NotAPinReason.LOGIN.isReportable()).as("the branch is held").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo @ git+ssh://git@host.example/foo",
        "foo @ https://${USER}:${TOKEN}@host.example/foo.whl",
        "foo @ https://host.example/@scope/foo.whl",
        "foo @ https://host.example/foo.whl#me@there",
      })
  void whatIsNoSecretIsShown(String line) {
    assertThat(Fixtures.parse(line).refusals()).extracting(NotAPin::text).containsExactly(line);
  }

  @Test
  void saysWhatPipComparesWith() {
    assertThat(Fixtures.parse("pytz===2013b").refusals())
        .extracting(NotAPin::words)
        .containsExactly(
            "never matches: pip compares the text with the normal form"
                + " (2013b is normally 2013b0)");
  }

  @Test
  void commentsNeedABlankBeforeThem() {
    assertThat(Fixtures.parse("a===1#x\nb===1 #x\n#c===1\n   # d\n").lines())
        .extracting(line -> line.getClass().getSimpleName() + " " + line.text())
        .containsExactly("NotAPin a===1#x", "PinLine b===1", "CommentLine ", "CommentLine ");
  }

  @Test
  void aBackslashJoinsLinesUpToAComment() {
    ConstraintsFile file =
        Fixtures.parse("a===\\\n1.0\\\n ; python_version=='3.9' \\\n# b===1 \\\nc===1\\\n\\");

    assertThat(file.lines())
        .extracting(ConstraintLine::where, ConstraintLine::physicalLines, ConstraintLine::text)
        .containsExactly(
            tuple(at(1), 4, "a===1.0 ; python_version=='3.9'"), tuple(at(5), 2, "c===1"));
  }

  @Test
  void linesEndWherePythonEndsThem() {
    ConstraintsFile file = Fixtures.parse("a===1\r\nb===1\rc===1\u2028d===1\fe===1\u0085");

    assertThat(file.pins()).extracting(pin -> pin.where().line()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void byteOrderMarksAndCodingLinesAreUnderstood() {
    String text = "# caf\u00e9\na===1\n";
    byte[] marked = ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
    byte[] wide = ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
    byte[] wider = ("\ufeff" + text).getBytes(Charset.forName("UTF-32LE"));
    byte[] declared = ("# -*- coding: latin-1 -*-\n" + text).getBytes(StandardCharsets.ISO_8859_1);

    for (byte[] content : List.of(marked, wide, wider, declared)) {
      assertThat(parse(content).refusals()).isEmpty();
      assertThat(parse(content).pins()).hasSize(1);
    }
  }

  @Test
  void bytesThatAreNoTextAreOneRefusalOverAllLines() {
    byte[] undeclared = "# caf\u00e9\na===1\nb===1".getBytes(StandardCharsets.ISO_8859_1);
    byte[] unknown = "# coding: klingon\na===1\n".getBytes(StandardCharsets.UTF_8);

    assertThat(parse(undeclared).lines())
        .containsExactly(
            new NotAPin(
                at(1),
                3,
                "",
                NotAPinReason.UNREADABLE,
                "it is not UTF-8: line 1 has the byte 0xe9"));
    byte[] wide = "\ufeffa===1\nb===1\n\ud800".getBytes(StandardCharsets.UTF_16LE);
    wide[wide.length - 1] = (byte) 0xdc;
    assertThat(parse(wide).refusals())
        .extracting(NotAPin::words)
        .singleElement(as(STRING))
        .contains("it is not UTF-16LE: line 3");
    assertThat(parse(unknown).refusals())
        .extracting(NotAPin::words)
        .containsExactly("cannot be decoded as text (its coding line names klingon)");
  }

  @Test
  void anEmptyFileHasNoLines() {
    assertThat(Fixtures.parse("").lines()).isEmpty();
  }

  @Test
  void includedLinesFollowTheirIncludeAndKeepTheirPlace() {
    Map<String, String> files = new HashMap<>();
    files.put("lists/base.txt", "b===1\n-c deeper/more.txt\n");
    files.put("lists/deeper/more.txt", "c===1\n--requirement=../../last.txt\n");
    files.put("last.txt", "d===1\n");

    ConstraintsFile file = parse("a===1\n-clists/base.txt\n-r \"last.txt\"\ne===1\n", files);

    assertThat(file.pins())
        .extracting(pin -> pin.where() + " " + pin.pin())
        .containsExactly(
            "upper-constraints.txt:1 a===1",
            "lists/base.txt:1 b===1",
            "lists/deeper/more.txt:1 c===1",
            "last.txt:1 d===1",
            "upper-constraints.txt:4 e===1");
    assertThat(file.lines()).filteredOn(IncludeLine.class::isInstance).hasSize(4);
    assertThat(file.refusals()).isEmpty();
  }

  @Test
  void filesThatIncludeEachOtherAreRefusedAtTheLineThatClosesTheCircle() {
    ConstraintsFile file =
        parse("a===1\n-c b.txt\n", Map.of("b.txt", "b===1\n-c upper-constraints.txt\n"));

    assertThat(file.refusals())
        .extracting(line -> line.where() + " " + line.reason())
        .containsExactly("b.txt:2 INCLUDE_CYCLE");
    assertThat(file.pins()).hasSize(2);
  }

  @Test
  void includesEndSomewhere() {
    ConstraintsFile file =
        ConstraintsFile.parse(
            "0.txt",
            bytes("-c 1.txt\n"),
            path -> {
              int number = Integer.parseInt(path.replace(".txt", ""));
              return Optional.of(bytes("-c " + (number + 1) + ".txt\n"));
            });

    assertThat(file.refusals())
        .extracting(NotAPin::reason)
        .containsExactly(NotAPinReason.INCLUDE_CYCLE);
    assertThat(file.lines()).hasSizeLessThan(30);
  }

  private static ConstraintsFile parse(byte[] content) {
    return ConstraintsFile.parse(Fixtures.FILE, content, path -> Optional.empty());
  }

  private static ConstraintsFile parse(String content, Map<String, String> files) {
    return ConstraintsFile.parse(
        Fixtures.FILE,
        bytes(content),
        path -> Optional.ofNullable(files.get(path)).map(ConstraintsFileTest::bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Location at(int line) {
    return new Location(Fixtures.FILE, line);
  }
}
