package io.github.wheelmirror.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wheelmirror.python.ProjectName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockResolverTest {

  private final LockScenario index = new LockScenario();

  @Test
  void newestVersionAndAllThatItRequiresIsLocked() {
    index
        .wheel("a", "1.0")
        .wheel("a", "1.10", "b>=1", "c; python_version < '3.8'")
        .wheel("a", "1.9")
        .wheel("b", "2.0");

    BuildLock lock = index.lockOf("a");

    assertThat(index.locked("a")).containsExactly("a 1.10", "b 2.0");
    assertThat(lock.wheels().get(0).file().url()).endsWith("a-1.10-py3-none-any.whl");
    assertThat(lock.wheels().get(0).hash()).startsWith("sha256:");
    assertThat(lock.key()).isEqualTo(index.request("a").key());
    assertThat(lock.digest()).isEqualTo(index.lockOf("a").digest());
    assertThat(index.read).doesNotContain("a-1.9-py3-none-any.whl");
  }

  @Test
  void laterUploadsThanTheDayAreNotSeen() {
    index
        .file("a-1.0-py3-none-any.whl", "2020-06-30T23:59:59Z")
        .file("a-2.0-py3-none-any.whl", "2020-07-01T00:00:00Z")
        .file("a-0.9-py3-none-any.whl", "");
    index.asOf = "2020-06-30";

    assertThat(index.locked("a")).containsExactly("a 1.0");
    assertThat(index.lockOf("a").pastAsOf()).isEmpty();
  }

  @Test
  void projectWithNothingByTheDayIsTakenWithoutIt() {
    index
        .file("a-1.0-py3-none-any.whl", "2020-01-01T00:00:00Z")
        .file("a-2.0-py3-none-any.whl", "2021-01-01T00:00:00Z")
        .file("b-1.0-py3-none-any.whl", "");
    index.asOf = "2020-06-30";

    assertThat(index.locked("a>=2", "b")).containsExactly("a 2.0", "b 1.0");
    assertThat(index.lockOf("a>=2", "b").pastAsOf())
        .containsExactly(ProjectName.parse("a"), ProjectName.parse("b"));
  }

  @Test
  void constraintsHoldForWhatIsRequiredIndirectlyAndInstallNothing() {
    index.wheel("a", "1.0", "b").wheel("b", "1.0").wheel("b", "2.0").wheel("c", "1.0");
    index.constraints.addAll(
        List.of("b<2  # old", "# nothing", "c<2", "a<1; python_version < '3'"));

    assertThat(index.locked("a")).containsExactly("a 1.0", "b 1.0");
  }

  @Test
  void olderVersionIsTakenWhereTheNewestDoesNotGoWithTheRest() {
    index
        .wheel("a", "1.0", "c")
        .wheel("a", "2.0", "c<2")
        .wheel("b", "1.0", "c>=2")
        .wheel("c", "1.0")
        .wheel("c", "2.0");

    assertThat(index.locked("a", "b")).containsExactly("a 1.0", "b 1.0", "c 2.0");
  }

  @Test
  void conflictNamesWhoAsks() {
    index.wheel("a", "1.0", "c<2").wheel("b", "1.0", "c>=2").wheel("c", "1.0").wheel("c", "2.0");

    LockResult.NotLocked refused = index.refused("a", "b");

    assertThat(refused.reason()).isEqualTo(LockResult.Reason.CONFLICT);
    assertThat(refused.words()).contains("c<2 (a 1.0)", "c>=2 (b 1.0)");
  }

  @Test
  void constraintIsPartOfAConflict() {
    index.wheel("a", "1.0");
    index.constraints.add("a<1");

    assertThat(index.refused("a").words()).contains("a<1 (a build constraint)");
  }

  @Test
  void extrasBringTheirRequirements() {
    index
        .wheel(
            "a", "1.0", "b; extra == 'Some_More'", "c; extra == 'other'", "a[other]; extra=='all'")
        .wheel("b", "1.0")
        .wheel("c", "1.0");

    assertThat(index.locked("a")).containsExactly("a 1.0");
    assertThat(index.locked("a[some.more]")).containsExactly("a 1.0", "b 1.0");
    assertThat(index.locked("a[all]")).containsExactly("a 1.0", "c 1.0");
  }

  @Test
  void markersOfRequirementsAreThoseOfTheTarget() {
    index.wheel("a", "1.0").wheel("b", "1.0");

    assertThat(index.locked("a; python_version >= '3.11'", "b; sys_platform == 'win32'"))
        .containsExactly("a 1.0");
  }

  @Test
  void onlyWheelsForTheTargetCountAndTheBestOfThem() {
    index
        .file("a-1.0-py3-none-any.whl", "")
        .file("a-1.0-cp311-cp311-manylinux_2_17_x86_64.whl", "")
        .file("a-1.0-1-cp311-cp311-manylinux_2_17_x86_64.whl", "")
        .file("a-2.0-cp312-cp312-manylinux_2_17_x86_64.whl", "")
        .file("a-3.0-py3-none-any.whl", "", ">=3.12", false);

    assertThat(index.lockOf("a").wheels().get(0).file().filename())
        .isEqualTo("a-1.0-1-cp311-cp311-manylinux_2_17_x86_64.whl");
  }

  @Test
  void requiresPythonOfTheMetadataCountsToo() {
    index.wheel("a", "1.0").wheel("a", "2.0");
    index.says(
        "a-2.0-py3-none-any.whl",
        "Metadata-Version: 2.1\nName: a\nVersion: 2.0\nRequires-Python: >=3.12\n");

    assertThat(index.locked("a")).containsExactly("a 1.0");
  }

  @Test
  void yankedFilesServeAPinOnly() {
    index.wheel("a", "1.0").file("a-2.0-py3-none-any.whl", "2020-01-01T00:00:00Z", "", true);

    assertThat(index.locked("a")).containsExactly("a 1.0");
    assertThat(index.locked("a==2.0")).containsExactly("a 2.0");
    assertThat(index.refused("a>1").reason()).isEqualTo(LockResult.Reason.CONFLICT);
  }

  @Test
  void preReleasesAreTakenIfNamedOrIfThereIsNothingElse() {
    index.wheel("a", "1.0").wheel("a", "2.0rc1").wheel("b", "1.0b1");

    assertThat(index.locked("a", "b")).containsExactly("a 1.0", "b 1.0b1");
    assertThat(index.locked("a>=2.0rc1")).containsExactly("a 2.0rc1");
  }

  @Test
  void whatCannotBeLockedHasAReason() {
    index.file("sdist-1.0.tar.gz", "").wheel("url", "1.0", "a @ https://index.example/a.whl");
    index.offer(PlanScenario.unhashed("weak-1.0-py3-none-any.whl"));
    index.wheel("odd", "1.0").says("odd-1.0-py3-none-any.whl", "Name: odd\n");
    index.wheel("other", "1.0", "not a requirement");

    assertThat(index.refused("sdist").reason()).isEqualTo(LockResult.Reason.NEEDS_SDIST);
    assertThat(index.refused("url").reason()).isEqualTo(LockResult.Reason.URL_REQUIREMENT);
    assertThat(index.refused("a @ https://index.example/a.whl").reason())
        .isEqualTo(LockResult.Reason.URL_REQUIREMENT);
    assertThat(index.refused("weak").reason()).isEqualTo(LockResult.Reason.NO_STRONG_HASH);
    assertThat(index.refused("none").reason()).isEqualTo(LockResult.Reason.UNKNOWN_PROJECT);
    assertThat(index.refused("odd").reason()).isEqualTo(LockResult.Reason.BAD_METADATA);
    assertThat(index.refused("other").reason()).isEqualTo(LockResult.Reason.BAD_METADATA);
    assertThat(index.refused("a b").reason()).isEqualTo(LockResult.Reason.NOT_UNDERSTOOD);
    index.constraints.add("--no-binary a");
    assertThat(index.refused("url").reason()).isEqualTo(LockResult.Reason.NOT_UNDERSTOOD);
  }

  @Test
  void setuptoolsThatNeedsWheelGetsIt() {
    index.wheel("setuptools", "70.0").wheel("setuptools", "70.1").wheel("wheel", "0.40");
    index.bySetuptools = true;

    assertThat(index.locked("setuptools")).containsExactly("setuptools 70.1");
    assertThat(index.locked("setuptools<70.1")).containsExactly("setuptools 70.0", "wheel 0.40");
    index.bySetuptools = false;
    assertThat(index.locked("setuptools<70.1")).containsExactly("setuptools 70.0");
  }

  @Test
  void keyIsTheSameForTheSameQuestionOnly() {
    String key = index.request("a", "b").key();

    assertThat(index.request("b", "a", "b").key()).isEqualTo(key);
    assertThat(index.request("a").key()).isNotEqualTo(key);
    index.generation = "2026-01-01T00:00:00Z";
    String later = index.request("a", "b").key();
    index.asOf = "2025-12-31";
    String earlier = index.request("a", "b").key();
    index.target = LockScenario.python(12);
    assertThat(List.of(key, later, earlier, index.request("a", "b").key())).doesNotHaveDuplicates();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void hostileMetadataEndsTheSearch() {
    for (int i = 0; i < 12; i++) {
      for (int version = 0; version < 12; version++) {
        index.wheel("p" + i, "1." + version, "p" + (i + 1), "impossible-x==" + i + "." + version);
      }
    }
    index.wheel("p12", "1.0", "impossible-x==99");
    for (int i = 0; i < 100; i++) {
      index.wheel("impossible_x", i + ".0");
    }
    for (int i = 0; i < 300; i++) {
      index.wheel("chain" + i, "1.0", "chain" + (i + 1));
    }

    assertThat(index.refused("p0").reason())
        .isIn(LockResult.Reason.TOO_MANY_STEPS, LockResult.Reason.CONFLICT);
    assertThat(index.refused("chain0").reason()).isEqualTo(LockResult.Reason.TOO_MANY_STEPS);
  }
}
