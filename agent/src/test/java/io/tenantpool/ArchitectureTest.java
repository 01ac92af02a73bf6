package io.tenantpool;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;

/** Holds the arrows between the rooms, and the few calls that belong to one place. */
@AnalyzeClasses(packages = "io.tenantpool", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String OURS = "io.tenantpool..";

  /** Who may ask the JVM what time it is; everybody else is told, so that a test can say it. */
  private static final Set<String> CLOCKS = Set.of("io.tenantpool.pool.Ticker");

  private static final Set<String> CLOCK_METHODS =
      Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis");

  private static final Set<String> SLEEP_METHODS =
      Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep");

  @ArchTest static final ArchRule configStandsOnNothing = room("config");

  /** What keeps the agent going is there for all, and knows nobody. */
  @ArchTest static final ArchRule upkeepStandsOnNothing = room("upkeep");

  @ArchTest static final ArchRule connectionStandsOnConfig = room("connection", "upkeep", "config");

  @ArchTest static final ArchRule routingStandsOnConfig = room("routing", "config");

  @ArchTest
  static final ArchRule poolStandsOnRoutingAndConnection =
      room("pool", "routing", "connection", "upkeep", "config");

  @ArchTest
  static final ArchRule interceptionStandsOnThePoolAndTheBridge =
      room("interception", "routing", "pool", "connection", "upkeep", "config", "bootstrap");

  @ArchTest
  static final ArchRule observationStandsOnThePool =
      room("observation", "pool", "connection", "routing", "upkeep", "config");

  /** What runs outside of the application knows the agent by its MBeans alone. */
  @ArchTest static final ArchRule theCommandLineStandsOnConfig = room("cli", "config");

  @ArchTest
  static final ArchRule theCapacityCurveKnowsNothingOfWhoShowsIt =
      room("observation.capacity", "pool", "config");

  @ArchTest
  static final ArchRule recordingsKnowNothingOfTheRestOfObservation =
      room("observation.jfr", "pool", "connection");

  @ArchTest
  static final ArchRule theAuditsFileKnowsNothingOfThePool =
      room("observation.audit", "upkeep", "config");

  /** A JVM may lack the module. */
  @ArchTest
  static final ArchRule theFlightRecorderIsSpokenToInOneRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage(packageOf("observation.jfr"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.jfr..");

  @ArchTest
  static final ArchRule observationSeesOfAConnectionOnlyWhyItWasPinned =
      noClasses()
          .that()
          .resideInAPackage(packageOf("observation"))
          .should()
          .dependOnClassesThat(
              resideInAPackage(packageOf("connection"))
                  .and(describe("are not Pin", type -> !outermostName(type).endsWith(".Pin"))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theRoomsHaveNoCycle =
      slices().matching("io.tenantpool.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassLivesInARoom =
      classes()
          .should()
          .resideInAnyPackage(
              packagesOf(
                  "bootstrap",
                  "config",
                  "upkeep",
                  "connection",
                  "routing",
                  "pool",
                  "interception",
                  "observation",
                  "start",
                  "cli"));

  @ArchTest
  static final ArchRule bootstrapMentionsTypesOfTheBaseModuleOnly =
      classes()
          .that()
          .resideInAPackage(packageOf("bootstrap"))
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage(packageOf("bootstrap"))
                  .or(describe("the boot loader always sees", ArchitectureTest::isAlwaysVisible)));

  @ArchTest
  static final ArchRule timeIsReadInOnePlace =
      noClasses()
          .that(describe("are no clocks", type -> !CLOCKS.contains(outermostName(type))))
          .should()
          .callMethodWhere(targetIsOneOf(CLOCK_METHODS));

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethodWhere(targetIsOneOf(SLEEP_METHODS));

  @ArchTest
  static final ArchRule nobodyWakesTheLoggingOfTheJdk =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  /** A room uses itself, those that it stands on, and whatever is not ours. */
  private static ArchRule room(String name, String... standsOn) {
    return classes()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(OURS)
                .or(resideInAPackage(packageOf(name)))
                .or(resideInAnyPackage(packagesOf(standsOn))))
        .allowEmptyShould(true);
  }

  private static String packageOf(String room) {
    return "io.tenantpool." + room + "..";
  }

  private static String[] packagesOf(String... rooms) {
    return Arrays.stream(rooms).map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static DescribedPredicate<JavaCall<?>> targetIsOneOf(Set<String> methods) {
    return describe(
        "the target is one of " + methods,
        call ->
            methods.contains(
                call.getTargetOwner().getFullName() + "." + call.getTarget().getName()));
  }

  /** Module {@code java.instrument} is where the type of premain's second argument lives. */
  private static boolean isAlwaysVisible(JavaClass type) {
    if (type.getBaseComponentType().isPrimitive()) {
      return true;
    }
    try {
      String module =
          Class.forName(type.getBaseComponentType().getName(), false, null).getModule().getName();
      return module.equals("java.base") || module.equals("java.instrument");
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String outermostName(JavaClass type) {
    String name = type.getFullName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }
}
