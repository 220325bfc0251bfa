package io.github.wheelmirror.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopLevelModulesTest {

  private static List<String> names(String... paths) {
    return TopLevelModules.of(List.of(paths)).names();
  }

  @Test
  void packagesModulesAndExtensionsAreNamed() {
    assertThat(
            names(
                "six.py",
                "yaml/__init__.py",
                "yaml/nodes.py",
                "simplejson/__init__.cpython-312-x86_64-linux-gnu.so",
                "greenlet.abi3.so",
                "plain.so",
                "data/table.csv",
                "six-1.17.0.dist-info/METADATA"))
        .containsExactly("greenlet", "plain", "simplejson", "six", "yaml");
  }

  @Test
  void ofANamespaceThatWhichIsBelowIsNamed() {
    assertThat(
            names(
                "google/protobuf/__init__.py",
                "google/protobuf/any_pb2.py",
                "google/rpc/status_pb2.py",
                "google/_upb/_message.abi3.so"))
        .containsExactly("google.protobuf", "google.rpc.status_pb2");
  }

  @Test
  void whatIsPrivateOrPackedByMistakeIsNotForPrograms() {
    TopLevelModules modules =
        TopLevelModules.of(
            List.of(
                "_cffi_backend.cpython-312-x86_64-linux-gnu.so",
                "tests/__init__.py",
                "docs/conf.py",
                "scripts/run.py",
                "my-scripts/run.py",
                "not-a-name.py",
                "__pycache__/six.cpython-312.pyc",
                "../../../bin/tool.py",
                "/etc/evil.py",
                "x-1.0.data/purelib/x.py",
                "pkg/tests/deep.py"));
    assertThat(modules.names()).isEmpty();
    assertThat(modules.own()).containsExactly("_cffi_backend", "docs", "pkg", "scripts", "tests");
  }

  @Test
  void anInstalledRecordMayLeadOutOfItsFolder() {
    String record =
        "../../../bin/x,sha256=abc,1\r\n\"odd,name/__init__.py\",,\r\nx/__init__.py,sha256=a,0\r\n";
    assertThat(TopLevelModules.ofRecord(record.getBytes(UTF_8)).names()).containsExactly("x");
    assertThatThrownBy(() -> TopLevelModules.ofRecord("\"x".getBytes(UTF_8)))
        .isInstanceOf(InvalidRecordException.class);
  }
}
