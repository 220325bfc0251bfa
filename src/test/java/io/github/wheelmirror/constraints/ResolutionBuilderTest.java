package io.github.wheelmirror.constraints;

import static io.github.wheelmirror.constraints.Fixtures.FILE;
import static io.github.wheelmirror.constraints.Fixtures.cpython;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.python.MarkerEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResolutionBuilderTest {

  private static final String COMMIT = "0123456789".repeat(4);
  private static final List<Target> TARGETS = List.of(cpython(9), cpython(10), cpython(12));

  @Test
  void everyPinIsThereOnceWithAllWhoWantIt() {
    Resolution resolution =
        builder()
            .add(branch("master"), found("a===1\nb===2\n"))
            .add(branch("stable/2026.1"), found("a===1\n"))
            .build(List.of());

    assertThat(wants(resolution))
        .containsExactly(
            Map.entry(
                "a===1",
                "+master cp39, +master cp310, +master cp312, +stable/2026.1 cp39,"
                    + " +stable/2026.1 cp310, +stable/2026.1 cp312"),
            Map.entry("b===2", "+master cp39, +master cp310, +master cp312"));
    assertThat(resolution.branches())
        .extracting(ResolvedBranch::name, ResolvedBranch::state)
        .containsExactly(
            tuple("master", BranchState.RESOLVED), tuple("stable/2026.1", BranchState.RESOLVED));
  }

  @Test
  void markersAreComparedAsVersionsAndDecideWhereAPinIsActive() {
    Resolution resolution =
        builder()
            .add(
                branch("stable/2025.2"),
                found("a===1;python_version>='3.10'\na===0.9;python_version=='3.9'\n"))
            .build(List.of());

    assertThat(wants(resolution))
        .containsExactly(
            Map.entry("a===0.9", "+stable/2025.2 cp39, -stable/2025.2 cp310, -stable/2025.2 cp312"),
            Map.entry("a===1", "-stable/2025.2 cp39, +stable/2025.2 cp310, +stable/2025.2 cp312"));
    assertThat(resolution.pins().get(0).wants().get(0))
        .isEqualTo(
            new Want(
                "stable/2025.2",
                TargetId.parse("debian-12-x86_64/cp39"),
                true,
                "python_version=='3.9'",
                FILE + ":2",
                false));
  }

  @Test
  void linesThatRepeatAPinCountAsOneActiveIfAnyIs() {
    Resolution resolution =
        builder()
            .add(
                branch("stable/2025.2"),
                found("tomli===2;python_version=='3.9'\ntomli===2;python_version=='3.10'\n"))
            .build(List.of());

    assertThat(wants(resolution))
        .containsExactly(
            Map.entry(
                "tomli===2", "+stable/2025.2 cp39, +stable/2025.2 cp310, -stable/2025.2 cp312"));
    assertThat(resolution.pins().get(0).wants())
        .extracting(Want::where)
        .containsExactly(FILE + ":1", FILE + ":2", FILE + ":1");
  }

  @Test
  void projectsWithoutActiveLineOnATargetAreNamed() {
    Resolution resolution =
        builder()
            .add(
                branch("stable/2025.2"),
                found(
                    """
                    Tomli===2;python_version=='3.9'
                    tomli===2;python_version=='3.10'
                    async_timeout===5;python_version<'3.11'
                    pbr===7
                    """))
            .build(List.of());

    assertThat(resolution.unconstrained())
        .containsExactly(
            new UnconstrainedProjects(
                "stable/2025.2",
                TargetId.parse("debian-12-x86_64/cp312"),
                List.of("async-timeout", "tomli")));
  }

  @Test
  void noFileNoPinsAndUnreadableAreThreeThings() {
    Resolution resolution =
        builder()
            .add(branch("master"), new BranchContent.Absent())
            .add(
                branch("stable/juno"),
                found("# Empty because this is only supported in liberty and above.\n"))
            .add(branch("stable/zed"), new BranchContent.Unreadable("the object is damaged"))
            .build(List.of());

    assertThat(state(resolution, "master")).isEqualTo(BranchState.NO_FILE);
    assertThat(state(resolution, "stable/juno")).isEqualTo(BranchState.NO_PINS);
    assertThat(state(resolution, "stable/zed")).isEqualTo(BranchState.HELD);
    assertThat(reasons(resolution, "stable/zed"))
        .containsExactly("cannot read " + FILE + " at " + COMMIT + ": the object is damaged");
    assertThat(resolution.pins()).isEmpty();
  }

  /** shade, requirements 2017-09-07 to 11: two unmarked pins, merged to master. */
  @Test
  void twoUnmarkedPinsOfOneProjectHoldTheBranchAsShadeDid() {
    Resolution resolution =
        builder()
            .add(
                branch("master"),
                found("pbr===3.1.1\nshade===1.22.2\nfixtures===3.0.0\nshade===1.23.0\n"))
            .add(branch("stable/2026.1"), found("shade===1.22.2\n"))
            .build(List.of());

    assertThat(state(resolution, "master")).isEqualTo(BranchState.HELD);
    assertThat(reasons(resolution, "master"))
        .containsExactly(
            FILE
                + ":2: shade===1.22.2, "
                + FILE
                + ":4: shade===1.23.0 contradict each other on debian-12-x86_64/cp39,"
                + " debian-12-x86_64/cp310, debian-12-x86_64/cp312");
    assertThat(wants(resolution)).containsOnlyKeys("shade===1.22.2");
    assertThat(resolution.branches().get(0).constraints()).isEmpty();
    assertThat(state(resolution, "stable/2026.1")).isEqualTo(BranchState.RESOLVED);
  }

  /** jira, requirements 2018-05-05 to 13. */
  @Test
  void twoUnmarkedPinsOfOneProjectHoldTheBranchAsJiraDid() {
    Resolution resolution =
        builder().add(branch("master"), found("jira===1.0.14\njira===1.0.15\n")).build(List.of());

    assertThat(reasons(resolution, "master"))
        .singleElement()
        .asString()
        .contains("jira===1.0.14", "jira===1.0.15", FILE + ":1", FILE + ":2");
  }

  /** pytest, requirements 2020-03: a marked pin beside an unmarked one. */
  @Test
  void aMarkedPinBesideAnUnmarkedOneContradictsOnlyWhereTheMarkerHolds() {
    String content = "pytest===4.6.9;python_version=='2.7'\npytest===5.3.5\n";
    Target python2 =
        Fixtures.target(
            "ubuntu-18.04-x86_64/cp27",
            MarkerEnvironment.of(withPython(cpython(9).environment().asMap(), "2.7", "2.7.18")));

    Resolution onThree = builder().add(branch("master"), found(content)).build(List.of());
    Resolution onTwo =
        new ResolutionBuilder("r", FILE, List.of(python2), List.of(), NonPins.ERROR)
            .add(branch("master"), found(content))
            .build(List.of());

    assertThat(state(onThree, "master")).isEqualTo(BranchState.RESOLVED);
    assertThat(state(onTwo, "master")).isEqualTo(BranchState.HELD);
    assertThat(reasons(onTwo, "master"))
        .singleElement()
        .asString()
        .endsWith("contradict each other on ubuntu-18.04-x86_64/cp27");
  }

  @Test
  void aHeldBranchTellsAllItsReasonsAtOnce() {
    Resolution resolution =
        builder()
            .add(
                branch("master"),
                found(
                    """
                    a>=1
                    b===1;nonsense
                    c @ https://example.invalid/c.whl
                    d===1
                    d===2
                    e===2013b
                    f===1;python_version>='3.8',<=3.9
                    """))
            .build(List.of());

    assertThat(reasons(resolution, "master"))
        .hasSize(6)
        .anyMatch(reason -> reason.startsWith(FILE + ":1: a>=1: a range"))
        .anyMatch(reason -> reason.startsWith(FILE + ":2: b===1;nonsense: its marker"))
        .anyMatch(reason -> reason.startsWith(FILE + ":3: c @ "))
        .anyMatch(reason -> reason.startsWith(FILE + ":4: d===1, " + FILE + ":5: d===2 "))
        .anyMatch(reason -> reason.startsWith(FILE + ":6: e===2013b: never matches"))
        .anyMatch(reason -> reason.startsWith(FILE + ":7: "));
    assertThat(resolution.branches().get(0).refused()).hasSize(5);
    assertThat(resolution.pins()).isEmpty();
    assertThat(resolution.unconstrained()).isEmpty();
  }

  @Test
  void reportedNonPinsStayInWhatIsPublishedExceptThoseThatLeadElsewhere() {
    Resolution resolution =
        new ResolutionBuilder("r", FILE, TARGETS, List.of(), NonPins.REPORT)
            .add(
                branch("master"),
                found(
                    """
                    # a comment
                    a===1 --hash=sha256:00
                    b>=2 --hash=sha256:00
                    --index-url https://example.invalid/simple
                    ./c

                    d===3 ; python_version < '3.10'  # why
                    """))
            .build(List.of());

    ResolvedBranch master = resolution.branches().get(0);
    assertThat(master.state()).isEqualTo(BranchState.RESOLVED);
    assertThat(master.constraints())
        .containsExactly("a===1", "b>=2", "d===3 ; python_version < '3.10'");
    assertThat(master.constraintsWithHashes())
        .containsExactly(
            "a===1 --hash=sha256:00", "b>=2 --hash=sha256:00", "d===3 ; python_version < '3.10'");
    assertThat(master.refused())
        .extracting(RefusedLine::where)
        .containsExactly(FILE + ":3", FILE + ":4", FILE + ":5");
  }

  @Test
  void whatWouldBreakEveryClientIsNeverJustReported() {
    for (String line : List.of("a===1;nonsense", "_a===1", "a==x", "-c missing.txt")) {
      Resolution resolution =
          new ResolutionBuilder("r", FILE, TARGETS, List.of(), NonPins.REPORT)
              .add(branch("master"), found("b===1\n" + line + "\n"))
              .build(List.of());
      assertThat(state(resolution, "master")).as(line).isEqualTo(BranchState.HELD);
    }
  }

  @Test
  void aMarkerWithoutValueHoldsTheBranchOnce() {
    Resolution resolution =
        builder().add(branch("master"), found("a===1;sys_platform ~= 'linux'\n")).build(List.of());

    assertThat(reasons(resolution, "master"))
        .singleElement()
        .asString()
        .startsWith(FILE + ":1: a===1;sys_platform ~= 'linux': its marker cannot be evaluated on ");
  }

  @Test
  void extraPinsAreAddedWhereTheBranchHasNone() {
    ExtraPin setuptools =
        new ExtraPin(Pin.parse("setuptools===80.0"), List.of("stable/*"), List.of("cp312"));

    Resolution resolution =
        new ResolutionBuilder("r", FILE, TARGETS, List.of(setuptools), NonPins.ERROR)
            .add(branch("master"), found("a===1\n"))
            .add(branch("stable/2026.1"), found("a===1\n"))
            .add(branch("stable/2025.2"), found("setuptools===79.0\n"))
            .add(branch("stable/2025.1"), found("setuptools===80.0\n"))
            .add(branch("stable/juno"), found("# nothing\n"))
            .build(List.of());

    assertThat(wants(resolution).get("setuptools===80.0"))
        .isEqualTo(
            "+stable/2025.1 cp39, +stable/2025.1 cp310, +stable/2025.1 cp312,"
                + " +stable/2026.1 cp312 extra");
    assertThat(reasons(resolution, "stable/2025.2"))
        .containsExactly(
            "the extra pin setuptools===80.0 gives way to setuptools===79.0 ("
                + FILE
                + ":1) on debian-12-x86_64/cp312");
    assertThat(reasons(resolution, "stable/2025.1")).isEmpty();
  }

  @Test
  void anExtraPinFillsInWhereTheBranchsMarkerDoesNotHold() {
    ExtraPin extra = new ExtraPin(Pin.parse("tomli===2.2"), List.of(), List.of());

    Resolution resolution =
        new ResolutionBuilder("r", FILE, TARGETS, List.of(extra), NonPins.ERROR)
            .add(branch("master"), found("tomli===2.2;python_version=='3.9'\n"))
            .build(List.of());

    assertThat(wants(resolution))
        .containsExactly(
            Map.entry("tomli===2.2", "+master cp39, +master cp310 extra, +master cp312 extra"));
    assertThat(reasons(resolution, "master")).isEmpty();
  }

  @Test
  void extraPinsThatContradictEachOtherAreBadInput() {
    List<ExtraPin> extras =
        List.of(
            new ExtraPin(Pin.parse("setuptools===80.0"), List.of(), List.of()),
            new ExtraPin(Pin.parse("setuptools===81.0"), List.of(), List.of("cp312")));
    ResolutionBuilder builder = new ResolutionBuilder("r", FILE, TARGETS, extras, NonPins.ERROR);

    assertThatThrownBy(() -> builder.add(branch("master"), found("a===1\n")))
        .isInstanceOfSatisfying(
            MirrorException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MirrorException.Kind.INPUT);
              assertThat(e.what()).contains("setuptools===80.0", "setuptools===81.0");
            });
  }

  @Test
  void equalInputInAnyOrderGivesEqualResolutions() {
    Map<String, String> contents = new TreeMap<>();
    contents.put("master", "b===1\na===2\n");
    contents.put("stable/2026.1", "a===1;python_version=='3.9'\nb===1\n");
    contents.put("stable/zed", "c===1\nc===2\n");
    List<RefDecision> refs =
        List.of(
            new RefDecision("refs/heads/master", COMMIT, true, "matches"),
            new RefDecision("refs/heads/x", COMMIT, false, "not in <branches>"));
    Random random = new Random(11);
    Resolution first = resolve(contents, List.copyOf(contents.keySet()), TARGETS, refs);
    for (int i = 0; i < 20; i++) {
      List<String> names = new ArrayList<>(contents.keySet());
      List<Target> targets = new ArrayList<>(TARGETS);
      List<RefDecision> shuffled = new ArrayList<>(refs);
      Collections.shuffle(names, random);
      Collections.shuffle(targets, random);
      Collections.shuffle(shuffled, random);
      assertThat(resolve(contents, names, targets, shuffled)).isEqualTo(first);
    }
  }

  private static Resolution resolve(
      Map<String, String> contents,
      List<String> names,
      List<Target> targets,
      List<RefDecision> refs) {
    ResolutionBuilder builder = new ResolutionBuilder("r", FILE, targets, List.of(), NonPins.ERROR);
    for (String name : names) {
      builder.add(branch(name), found(contents.getOrDefault(name, "")));
    }
    return builder.build(refs);
  }

  private static ResolutionBuilder builder() {
    return new ResolutionBuilder("r", FILE, TARGETS, List.of(), NonPins.ERROR);
  }

  private static SelectedBranch branch(String name) {
    return new SelectedBranch(Branch.classify(name), COMMIT);
  }

  private static BranchContent found(String content) {
    return new BranchContent.Found(Fixtures.parse(content));
  }

  private static BranchState state(Resolution resolution, String name) {
    return only(resolution, name).state();
  }

  private static List<String> reasons(Resolution resolution, String name) {
    return only(resolution, name).reasons();
  }

  private static ResolvedBranch only(Resolution resolution, String name) {
    return resolution.branches().stream()
        .filter(branch -> branch.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> withPython(
      Map<String, String> environment, String version, String full) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put("python_version", version);
    changed.put("python_full_version", full);
    return changed;
  }

  /** By pin: + for active, - for not, with branch and Python. */
  private static Map<String, String> wants(Resolution resolution) {
    Map<String, String> wants = new TreeMap<>();
    for (WantedPin pin : resolution.pins()) {
      wants.put(
          pin.pin().toString(),
          String.join(
              ", ",
              pin.wants().stream()
                  .map(
                      want ->
                          (want.active() ? "+" : "-")
                              + want.branch()
                              + " "
                              + want.target().python()
                              + (want.extra() ? " extra" : ""))
                  .toList()));
    }
    return wants;
  }
}
