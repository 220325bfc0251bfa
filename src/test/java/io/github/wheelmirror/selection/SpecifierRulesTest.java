package io.github.wheelmirror.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.python.SpecifierSet;
import io.github.wheelmirror.python.Version;
import io.github.wheelmirror.selection.Place.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What changed in the {@code packaging} inside pip, against the answers of each. */
class SpecifierRulesTest {

  private final JsonNode file = read();

  @Test
  void everySpecifierSetAcceptsWhatThatPipAccepts() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode row : file.get("rows")) {
      List<String> versions = texts(row.get("versions"));
      row.get("accepted")
          .fields()
          .forEachRemaining(
              answer -> {
                SpecifierRules rules = rules(answer.getKey()).specifiers();
                VersionRule rule =
                    new VersionRule(SpecifierSet.parse(row.get("specifiers").asText()), rules);
                for (int i = 0; i < versions.size(); i++) {
                  boolean accepted = rule.accepts(Version.parse(versions.get(i)));
                  if (accepted != contains(answer.getValue(), i)) {
                    wrong.add(answer.getKey() + ": " + row.get("specifiers") + versions.get(i));
                  }
                }
              });
    }
    assertThat(file.get("rows").size()).isGreaterThan(300);
    assertThat(wrong).isEmpty();
  }

  @Test
  void everySetLeavesTheVersionsThatThatPipLeaves() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode row : file.get("rows")) {
      List<String> versions = texts(row.get("versions"));
      List<ListedFile> files =
          versions.stream().map(v -> ListedFile.of("p-" + v + "-py3-none-any.whl")).toList();
      SelectionRequest request =
          new SelectionRequest(
              Requirement.parse("p" + row.get("specifiers").asText()),
              List.of(Place.served("A", Role.INDEX, files)),
              ConstraintLines.NONE,
              SelectionOptions.NONE);
      row.get("chosen")
          .fields()
          .forEachRemaining(
              answer -> {
                List<Verdict> verdicts =
                    Tool.parse("pip-" + answer.getKey())
                        .on(Targets.cpython311())
                        .explain(request)
                        .verdicts();
                for (int i = 0; i < versions.size(); i++) {
                  boolean left =
                      switch (verdicts.get(i).reason()) {
                        case CHOSEN, LOWER_VERSION, ORDER -> true;
                        default -> false;
                      };
                  if (left != contains(answer.getValue(), i)) {
                    wrong.add(answer.getKey() + ": " + row.get("specifiers") + verdicts.get(i));
                  }
                }
              });
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRequiresPythonAdmitsThePythonsThatThatPipAdmits() {
    List<String> wrong = new ArrayList<>();
    List<String> pythons = texts(file.get("pythons"));
    for (JsonNode row : file.get("requiresPython")) {
      String text = row.get("requires").asText();
      row.get("admits")
          .fields()
          .forEachRemaining(
              answer -> {
                PipRules rules = rules(answer.getKey());
                for (int i = 0; i < pythons.size(); i++) {
                  boolean admits =
                      new PipRequiresPython(
                              Version.parse(pythons.get(i)),
                              rules.specifiers(),
                              rules.has(PipRules.Habit.LEGACY_VERSIONS))
                          .admits(text);
                  if (admits != answer.getValue().get(i).asBoolean()) {
                    wrong.add(answer.getKey() + ": '" + text + "' on " + pythons.get(i));
                  }
                }
              });
    }
    assertThat(file.get("requiresPython").size()).isGreaterThan(60);
    assertThat(wrong).isEmpty();
  }

  private static PipRules rules(String version) {
    return PipRules.of(Version.parse(version)).orElseThrow();
  }

  private static boolean contains(JsonNode numbers, int number) {
    for (JsonNode each : numbers) {
      if (each.asInt() == number) {
        return true;
      }
    }
    return false;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(
            SpecifierRulesTest.class.getResourceAsStream("/selection/specifiers-by-pip.json"))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
