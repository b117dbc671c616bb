package org.atelier;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Holds the shape that docs/architecture.md describes; the names of the rules are its sentences.
 */
@AnalyzeClasses(packages = "org.atelier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "org.atelier.";
  private static final Set<String> EVERYTHING = Set.of("*");

  /** Which feature may use which others; a feature that is not named here is a failure. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> table = new HashMap<>();
    table.put("platform", Set.of());
    table.put("inference", Set.of("platform"));
    table.put("workforce", Set.of("platform"));
    table.put("dataset", Set.of("platform"));
    table.put("registry", Set.of("platform", "dataset", "inference"));
    table.put("labeling", Set.of("platform", "workforce", "dataset"));
    table.put("learning", Set.of("platform", "dataset", "labeling", "registry", "inference"));
    table.put("home", EVERYTHING);
    table.put("", EVERYTHING);
    return table;
  }

  @ArchTest
  static final ArchRule features_have_no_cycles =
      slices().matching("org.atelier.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule features_use_only_what_the_table_allows =
      classes().should(useOnlyAllowedFeatures());

  @ArchTest
  static final ArchRule other_features_are_reached_through_their_root_package_only =
      classes().should(reachOthersThroughTheirRoot());

  @ArchTest
  static final ArchRule the_aws_sdk_stays_in_aws_adapters =
      noClasses()
          .that()
          .resideOutsideOfPackage("..aws..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule consolidation_is_pure = pure("org.atelier.labeling.consolidation..");

  @ArchTest static final ArchRule certification_is_pure = pure("org.atelier.learning.certify..");

  @ArchTest static final ArchRule sampling_is_pure = pure("org.atelier.learning.sampling..");

  @ArchTest static final ArchRule stopping_is_pure = pure("org.atelier.learning.stopping..");

  @ArchTest
  static final ArchRule pages_and_apis_do_not_touch_tables =
      noClasses()
          .that()
          .areAnnotatedWith(Path.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule pages_and_apis_are_private_to_their_feature =
      classes().that().areAnnotatedWith(Path.class).should().bePackagePrivate();

  @ArchTest
  static final ArchRule repositories_are_private_to_their_package =
      classes().that().haveSimpleNameEndingWith("Repository").should().bePackagePrivate();

  @ArchTest
  static final ArchRule beans_are_made_by_their_constructors =
      noFields().should().beAnnotatedWith(Inject.class).allowEmptyShould(true);

  @ArchTest
  static final ArchRule time_is_an_argument =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.atelier.platform..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule nobody_throws_unnamed_exceptions =
      NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule only_commands_and_the_main_class_write_to_the_standard_streams =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Command")
          .and()
          .haveSimpleNameNotEndingWith("Commands")
          .and()
          .resideOutsideOfPackage("org.atelier")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobody_keeps_time_by_sleeping_in_a_page =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .should(
              new ArchCondition<>("not sleep") {
                @Override
                public void check(
                    com.tngtech.archunit.core.domain.JavaMethod method, ConditionEvents events) {
                  method.getMethodCallsFromSelf().stream()
                      .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class))
                      .filter(call -> call.getName().equals("sleep"))
                      .forEach(
                          call ->
                              events.add(
                                  SimpleConditionEvent.violated(method, call.getDescription())));
                }
              });

  private static ArchRule pure(String packages) {
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("java..")
                .or(resideInAPackage("org.atelier.labeling.consolidation.."))
                .or(resideInAPackage("org.atelier.learning.certify.."))
                .or(resideInAPackage("org.atelier.learning.sampling.."))
                .or(resideInAPackage("org.atelier.learning.stopping.."))
                .or(
                    DescribedPredicate.describe(
                        "primitive arrays", type -> type.getPackageName().isEmpty())))
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> useOnlyAllowedFeatures() {
    return new ArchCondition<>("use only the features that the may-use table allows") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        String from = feature(origin);
        Set<String> allowed = MAY_USE.get(from);
        if (allowed == null) {
          events.add(
              SimpleConditionEvent.violated(
                  origin, "Feature '" + from + "' is not in the may-use table"));
          return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (!target.getName().startsWith(ROOT) || feature(target).equals(from)) {
            continue;
          }
          if (allowed != EVERYTHING && !allowed.contains(feature(target))) {
            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> reachOthersThroughTheirRoot() {
    return new ArchCondition<>("reach other features through their root package") {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (!target.getName().startsWith(ROOT)) {
            continue;
          }
          String to = feature(target);
          boolean root = target.getPackageName().equals(ROOT + to);
          if (!to.equals(feature(origin)) && !to.equals("platform") && !root) {
            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static String feature(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String rest = name.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
