package org.atelier;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The shape of the code, as docs/architecture.md describes it. */
@AnalyzeClasses(packages = "org.atelier", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

  /** Leaves test classes out, wherever they were compiled to. */
  static final class WithoutTests implements ImportOption {

    private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/org/atelier/.*");

    @Override
    public boolean includes(Location location) {
      return !location.matches(TESTS);
    }
  }

  private static final String ROOT = "org.atelier";

  /** Which features a feature may use; home may use all. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("platform", Set.of()),
          Map.entry("inference", Set.of("platform")),
          Map.entry("workforce", Set.of("platform")),
          Map.entry("dataset", Set.of("platform")),
          Map.entry("registry", Set.of("platform", "dataset", "inference")),
          Map.entry("labeling", Set.of("platform", "workforce", "dataset")),
          Map.entry("learning", Set.of("platform", "dataset", "labeling", "registry", "inference")),
          Map.entry("serving", Set.of("platform", "dataset", "registry", "inference")),
          Map.entry("bias", Set.of("platform", "dataset", "registry", "inference")),
          Map.entry("card", Set.of("platform", "registry")),
          Map.entry(
              "evaluation",
              Set.of(
                  "platform", "workforce", "dataset", "labeling", "registry", "inference", "bias")),
          Map.entry("monitor", Set.of("platform", "dataset", "registry", "serving", "bias")));

  private static final String HOME = "home";
  private static final String PLATFORM = "platform";

  @ArchTest
  static final ArchRule features_have_no_cycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule features_use_only_the_features_below_them =
      classes().should(useOnlyFeaturesBelow());

  @ArchTest
  static final ArchRule other_features_are_reached_through_their_root_package_only =
      classes().should(reachOtherFeaturesThroughTheirRoot());

  @ArchTest
  static final ArchRule amazons_types_stay_inside_aws_adapters =
      noClasses()
          .that()
          .resideOutsideOfPackage("..aws..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule pure_packages_depend_on_the_language_only =
      classes()
          .that()
          .resideInAnyPackage(
              ROOT + ".labeling.consolidation..",
              ROOT + ".learning.sampling..",
              ROOT + ".learning.certify..",
              ROOT + ".learning.confusion..",
              ROOT + ".learning.stopping..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              ROOT + ".labeling.consolidation..",
              ROOT + ".learning.sampling..",
              ROOT + ".learning.certify..",
              ROOT + ".learning.confusion..",
              ROOT + ".learning.stopping..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pages_and_apis_do_not_touch_tables =
      noClasses()
          .that()
          .areAnnotatedWith(jakarta.ws.rs.Path.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jdbi..");

  @ArchTest
  static final ArchRule repositories_are_nobodys_business_but_their_features =
      classes().that().haveSimpleNameEndingWith("Repository").should().notBePublic();

  @ArchTest
  static final ArchRule time_is_told_by_the_clock =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".platform..")
          .should(
              callMethod(Instant.class, "now")
                  .or(callMethod(LocalDate.class, "now"))
                  .or(callMethod(LocalDateTime.class, "now"))
                  .or(callMethod(OffsetDateTime.class, "now"))
                  .or(callMethod(System.class, "currentTimeMillis")));

  @ArchTest
  static final ArchRule dependencies_come_through_the_constructor =
      noFields().should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION);

  @ArchTest
  static final ArchRule only_the_command_line_writes_to_standard_streams =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Command")
          .and()
          .doNotBelongToAnyOf(Atelier.class, AtelierServer.class)
          .should(ACCESS_STANDARD_STREAMS);

  private static ArchCondition<JavaClass> useOnlyFeaturesBelow() {
    return condition(
        "use only the features below them",
        (from, to) -> !from.equals(HOME) && !MAY_USE.getOrDefault(from, Set.of()).contains(to));
  }

  private static ArchCondition<JavaClass> reachOtherFeaturesThroughTheirRoot() {
    return new ArchCondition<>("reach other features through their root package only") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String to = feature(dependency.getTargetClass());
          String from = feature(origin);
          if (to != null
              && from != null
              && !to.equals(from)
              && !to.equals(PLATFORM)
              && !dependency.getTargetClass().getPackageName().equals(ROOT + "." + to)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> condition(
      String description, BiPredicate<String, String> forbidden) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        String from = feature(origin);
        if (from != null && !from.equals(HOME) && !MAY_USE.containsKey(from)) {
          events.add(
              SimpleConditionEvent.violated(origin, from + " is not in the table of features"));
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          String to = feature(dependency.getTargetClass());
          if (from != null && to != null && !from.equals(to) && forbidden.test(from, to)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** Name of the feature a class belongs to; null for the main class and for foreign classes. */
  private static String feature(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    String name = base.getPackageName();
    if (!name.startsWith(ROOT + ".")) {
      return null;
    }
    return name.substring(ROOT.length() + 1).split("\\.")[0];
  }
}
