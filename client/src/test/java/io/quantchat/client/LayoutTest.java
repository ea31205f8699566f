package io.quantchat.client;

import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The walls in the module, beside those that its descriptor puts around it. */
class LayoutTest {

  private static final String DOOR = "io.quantchat.client";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(location -> location.contains("/client/target/classes/"))
          .importPackages(DOOR);

  private static final DescribedPredicate<JavaClass> WHAT_CALLERS_CATCH =
      JavaClass.Predicates.assignableTo(Throwable.class);

  @Test
  void whatCallersCatchLivesWithTheValuesThatGoThroughTheDoor() {
    classes()
        .that(WHAT_CALLERS_CATCH)
        .should()
        .resideInAPackage(DOOR + ".model")
        .andShould()
        .bePublic()
        .check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.quantchat.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void atTheDoorOnlyThatIsPublicWhichCallersNeed() {
    classes()
        .that()
        .resideInAPackage(DOOR)
        .and(modifier(JavaModifier.PUBLIC))
        .should()
        .be(QuantChat.class)
        .orShould()
        .be(QuantChatListener.class)
        .orShould()
        .be(Servers.class)
        .orShould()
        .be(ForgottenPassword.class)
        .check(MAIN);
  }
}
