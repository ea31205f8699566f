package io.quantchat;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasSourceCodeLocation;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import io.quantchat.auth.SocketTickets;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment;
import io.quantchat.host.Host;
import io.quantchat.http.RestRequest;
import io.quantchat.limits.Limits;
import io.quantchat.push.Event;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.relay.Envelope;
import io.quantchat.relay.Message;
import io.quantchat.relay.RelayMessageStore;
import io.quantchat.release.PreTrafficCheck;
import io.quantchat.tokens.TokenKeys;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Packages depend only on those below them, and things are named for what they are. */
class LayoutTest {

  private static final String ROOT = "io.quantchat.";
  private static final String DYNAMO_DB_MODEL = "software.amazon.awssdk.services.dynamodb.model..";

  private static final JavaClasses MAIN_AND_TESTS =
      new ClassFileImporter()
          .withImportOption(
              location ->
                  location.contains("/functions/target/classes/")
                      || location.contains("/functions/target/test-classes/"))
          .importPackages("io.quantchat");

  private static final JavaClasses MAIN =
      MAIN_AND_TESTS.that(
          DescribedPredicate.describe(
              "are no tests",
              type ->
                  type.getSource()
                      .filter(source -> source.getUri().getPath().contains("/target/classes/"))
                      .isPresent()));

  /** Measured by the warm bench or, of events, compared with the contract: by other modules. */
  private static final Set<Class<?>> USED_BY_OTHER_MODULES =
      Set.of(
          Envelope.class,
          Event.Type.class,
          Message.class,
          RelayMessageStore.class,
          RelayMessageStore.Queue.class,
          RelayMessageStore.Stretch.class,
          RestRequest.class);

  @ParameterizedTest
  @CsvSource({
    "host, ''",
    "tokens, host",
    "leaving, host",
    "http, host tokens leaving",
    "limits, host http tokens",
    "accounts, host http",
    "push, host http",
    "rehearsal, host http tokens accounts push",
    "mail, host accounts",
    "contacts, host http tokens accounts limits push rehearsal",
    "relay, host http tokens accounts limits push contacts rehearsal",
    "keys, host http tokens accounts contacts push limits rehearsal crypto",
    "media, host http tokens limits rehearsal",
    "export, host http accounts contacts push relay keys limits",
    "auth, host http tokens accounts leaving limits mail push keys export rehearsal",
    "erasure, host http leaving push rehearsal",
    "sockets, host http tokens accounts auth contacts limits push relay rehearsal",
    "release, host http",
  })
  void aPackageKnowsOnlyThoseBelowIt(String name, String below) {
    var known = Set.copyOf(Arrays.asList((name + " " + below).strip().split(" ")));
    classes()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage("io.quantchat.."))
                .or(
                    resideInAnyPackage(
                        known.stream()
                            .map(capability -> ROOT + capability + "..")
                            .toArray(String[]::new))))
        .check(MAIN);
  }

  @Test
  void everyPackageIsInTheListAbove() throws NoSuchMethodException {
    CsvSource listed =
        LayoutTest.class
            .getDeclaredMethod("aPackageKnowsOnlyThoseBelowIt", String.class, String.class)
            .getAnnotation(CsvSource.class);
    assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(listed.value()).map(row -> ROOT + row.replaceFirst(",.*", "")).toList());
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void functionsDoNotKnowWhereTheyRun() {
    none().dependOnClassesThat().resideInAPackage(ROOT + "infra..").check(MAIN);
  }

  @Test
  void whatLambdaCallsIsAStreamHandlerWithAConstructorOfNoArguments() {
    classes()
        .that()
        .areAssignableTo(RequestStreamHandler.class)
        .should()
        .bePublic()
        .andShould()
        .haveOnlyFinalFields()
        .andShould(have(publicConstructorOf()))
        .check(MAIN);
  }

  /** The check before a release has neither tables nor sockets. */
  @Test
  void whatLambdaCallsStandsOnAHost() {
    classes()
        .that()
        .areAssignableTo(RequestStreamHandler.class)
        .and()
        .doNotBelongToAnyOf(PreTrafficCheck.class)
        .should(have(publicConstructorOf(Host.class)))
        .check(MAIN);
  }

  @Test
  void onlyTheHostBuildsClientsOfAws() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Host.class, AwsClients.class, PreTrafficCheck.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(AwsClients.class)
        .check(MAIN);
  }

  @Test
  void rehearsalsReachTheTablesThroughTheirStageAlone() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Rehearsal")
        .and()
        .doNotBelongToAnyOf(Rehearsal.class)
        .should()
        .dependOnClassesThat(
            assignableTo(DynamoDbClient.class)
                .or(assignableTo(ApiGatewayManagementApiClient.class))
                .or(assignableTo(AwsClients.class)))
        .orShould()
        .callMethod(Host.class, "ofLambda")
        .check(MAIN);
  }

  @Test
  void handlersReachStoresThroughAServiceWhereThereIsOne() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Handler")
        .should()
        .callMethodWhere(
            target(owner(simpleNameEndingWith("Store"))).and(not(onlyOneInAPackageOfNoLogic())))
        .check(MAIN);
  }

  /** Where a handler and its store are all that a capability has, nothing stands between them. */
  private static DescribedPredicate<JavaCall<?>> onlyOneInAPackageOfNoLogic() {
    return DescribedPredicate.describe(
        "the store of a package that has a handler and no service",
        call -> {
          var home = call.getTargetOwner().getPackage();
          return home.equals(call.getOriginOwner().getPackage())
              && home.getClasses().stream()
                  .noneMatch(type -> type.getSimpleName().endsWith("Service"));
        });
  }

  @Test
  void storesKnowNeitherServicesNorHandlers() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Store")
        .should()
        .dependOnClassesThat(simpleNameEndingWith("Service").or(simpleNameEndingWith("Handler")))
        .check(MAIN);
  }

  @Test
  void onlyStoresAndWhatTheyStandOnKnowHowItemsLook() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Store")
        .and()
        .doNotBelongToAnyOf(SocketTickets.class, TokenKeys.class, Limits.class)
        .and()
        .resideOutsideOfPackages(ROOT + "host..", ROOT + "rehearsal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DYNAMO_DB_MODEL)
        .check(MAIN);
  }

  @Test
  void nothingScansATable() {
    none()
        .callMethodWhere(
            target(owner(assignableTo(DynamoDbClient.class)))
                .and(target(nameMatching("scan.*|execute.*Statement"))))
        .check(MAIN);
    none().dependOnClassesThat(nameMatchingSimple("Scan.*|.*ExecuteStatement.*")).check(MAIN);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Common)([$].*)?")
        .check(MAIN);
    noClasses().should().haveNameMatching(".*[.$](Util|Helper|Base|Abstract|Common).*").check(MAIN);
  }

  @Test
  void theEnvironmentIsReadInOnePlace() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Environment.class)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(System.class)))
                .and(target(nameMatching("getenv|getProperty|getProperties"))))
        .check(MAIN);
  }

  @Test
  void timeAndClocksArePassedIn() {
    none()
        .callMethodWhere(
            DescribedPredicate.<JavaCall<?>>describe(
                    "outside of the host",
                    call -> !call.getOriginOwner().isEquivalentTo(Host.class))
                .and(target(owner(assignableTo(Clock.class))))
                .and(target(nameMatching("system.*|tick.*"))))
        .check(MAIN);
    none()
        .callMethodWhere(target(owner(resideInAnyPackage("java.time.."))).and(target(name("now"))))
        .check(MAIN);
    none().callMethod(System.class, "currentTimeMillis").check(MAIN);
  }

  @Test
  void whatIsPublicIsUsedOutsideOfItsPackage() {
    classes()
        .that(arePublicByChoice())
        .should(
            beUsedElsewhere(
                type ->
                    type.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass)))
        .check(MAIN);
    codeUnits()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(arePublicByChoice())
        .and(not(areRequired()))
        .should(
            beUsedElsewhere(
                unit -> unit.getAccessesToSelf().stream().map(JavaAccess::getOriginOwner)))
        .check(MAIN);
  }

  /**
   * Neither called by Lambda, nor used by another module, nor part of something hidden, nor written
   * as a lambda: such a type stands in a signature, and its users needn't name it.
   */
  private static DescribedPredicate<JavaClass> arePublicByChoice() {
    return DescribedPredicate.describe(
        "are public by choice",
        type ->
            isVisible(type)
                && !type.isAssignableTo(RequestStreamHandler.class)
                && USED_BY_OTHER_MODULES.stream().noneMatch(type::isEquivalentTo)
                && !type.isAnnotatedWith(FunctionalInterface.class));
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(LayoutTest::isVisible).orElse(true);
  }

  /** What implements a type, or is part of a record or an enum, has no choice but to be public. */
  private static DescribedPredicate<JavaCodeUnit> areRequired() {
    return DescribedPredicate.describe(
        "are required",
        unit -> {
          JavaClass owner = unit.getOwner();
          return unit.getModifiers().contains(JavaModifier.SYNTHETIC)
              || (owner.isEnum() && unit.getModifiers().contains(JavaModifier.STATIC))
              || (owner.isRecord() && isPartOf(owner, unit))
              || Stream.concat(
                      owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                  .anyMatch(
                      type ->
                          type.tryGetMethod(unit.getName(), namesOf(unit.getRawParameterTypes()))
                              .isPresent());
        });
  }

  private static boolean isPartOf(JavaClass owner, JavaCodeUnit unit) {
    return unit instanceof JavaConstructor
        || (unit.getRawParameterTypes().isEmpty() && owner.tryGetField(unit.getName()).isPresent());
  }

  private static String[] namesOf(List<JavaClass> types) {
    return types.stream().map(JavaClass::getName).toArray(String[]::new);
  }

  private static <T extends HasDescription & HasSourceCodeLocation>
      ArchCondition<T> beUsedElsewhere(Function<T, Stream<JavaClass>> users) {
    return new ArchCondition<>("be used outside of its package") {
      @Override
      public void check(T item, ConditionEvents events) {
        String home = item.getSourceCodeLocation().getSourceClass().getPackageName();
        boolean isUsed = users.apply(item).anyMatch(user -> !user.getPackageName().equals(home));
        if (!isUsed) {
          events.add(
              SimpleConditionEvent.violated(
                  item, item.getDescription() + " is used within its package alone"));
        }
      }
    };
  }

  private static ClassesShould none() {
    return noClasses().should();
  }

  private static DescribedPredicate<JavaClass> nameMatchingSimple(String pattern) {
    return DescribedPredicate.describe(
        "a simple name like " + pattern, type -> type.getSimpleName().matches(pattern));
  }

  private static DescribedPredicate<JavaClass> publicConstructorOf(Class<?>... parameters) {
    return DescribedPredicate.describe(
        "a public constructor of " + List.of(parameters),
        type ->
            type.tryGetConstructor(parameters)
                .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                .isPresent());
  }
}
