package io.github.wheelmirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The package rules of {@code src/site/markdown/architecture.md}. */
class ArchitectureTest {

  private static final String ROOT = "io.github.wheelmirror";

  private static final Set<String> ADAPTERS =
      Set.of("git", "index", "builder", "publish", "process");

  /** What each package may use of the project, besides the root package and itself. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("python", Set.of()),
          Map.entry("selection", Set.of("python")),
          Map.entry("constraints", Set.of("python")),
          Map.entry("build", Set.of("python", "constraints")),
          Map.entry("tree", Set.of("python", "constraints", "build")),
          Map.entry("report", Set.of("python", "selection", "constraints", "build", "tree")),
          Map.entry("process", Set.of()),
          Map.entry("git", Set.of("python", "constraints", "process")),
          Map.entry("index", Set.of("python", "selection", "constraints", "build")),
          Map.entry("builder", Set.of("python", "constraints", "build", "tree", "process")),
          Map.entry("publish", Set.of("python", "constraints", "build", "tree", "process")),
          Map.entry(
              "mirror", Set.of("python", "selection", "constraints", "build", "tree", "report")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyPackageUsesOnlyWhatItMay() {
    MAY_USE.forEach(
        (name, allowed) -> {
          assertThat(CLASSES.stream().anyMatch(c -> c.getPackageName().equals(ROOT + "." + name)))
              .as("package %s has classes", name)
              .isTrue();
          String[] packages =
              java.util.stream.Stream.concat(allowed.stream(), java.util.stream.Stream.of(name))
                  .map(n -> ROOT + "." + n)
                  .toArray(String[]::new);
          check(
              noClasses()
                  .that()
                  .resideInAPackage(ROOT + "." + name)
                  .should()
                  .dependOnClassesThat(
                      resideInAPackage(ROOT + ".*").and(resideOutsideOfPackages(packages)))
                  .because("the arrows of architecture.md go one way"));
        });
  }

  @Test
  void packagesHaveNoCycle() {
    check(
        slices()
            .matching(ROOT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle makes two packages one"));
  }

  @Test
  void onlyTheEntryKnowsMaven() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mojo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "javax.inject..")
            .because("the core must run without Maven"));
  }

  @Test
  void onlyTheWiringClassesConnectAdapters() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".mojo")
            .and()
            .haveNameNotMatching(".*\\.(Python|Index|Builder|Region)?Wiring(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ADAPTERS.stream().map(a -> ROOT + "." + a).toArray(String[]::new))
            .because("adapters are chosen by the wiring classes and nowhere else"));
  }

  @Test
  void onlyGitKnowsJgit() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".git")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .because("the domain sees refs and files, not Git"));
  }

  @Test
  void onlyTheStoreKnowsTheAwsSdk() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*\\.publish\\.S3(Clients|ObjectStore|Parts|Errors)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..")
            .because("a run without such a region loads none of it, and tests replace the store"));
  }

  @Test
  void onlyProcessStartsProcesses() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".process")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("limits and group kill are in one place"));
  }

  @Test
  void onlyIndexAndPublishOpenConnections() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".index", ROOT + ".publish", ROOT + ".git")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..")
            .because("the domain has no network; JGit opens its own"));
  }

  @Test
  void theDomainHasNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                ROOT + ".python",
                ROOT + ".selection",
                ROOT + ".constraints",
                ROOT + ".build",
                ROOT + ".tree",
                ROOT + ".report")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("an Instant is passed in"));
  }

  @Test
  void onlyJsonWritesJson() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".Json")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.fasterxml.jackson.databind.ObjectWriter")
            .because("one class writes JSON"));
  }

  @Test
  void noStaticStateChanges() {
    check(
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveFullyQualifiedName(ROOT + ".mojo.HelpMojo")
            .should()
            .beFinal()
            .because("goals run in parallel in one JVM"));
    check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    check(
        noClasses()
            .should()
            .callMethod(System.class, "setProperty", String.class, String.class)
            .because("properties are the whole JVM's"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(false).check(CLASSES);
  }
}
