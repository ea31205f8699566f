package io.quantchat.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the module may know. */
class LayoutTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(location -> location.contains("/crypto/target/classes/"))
          .importPackages("io.quantchat.crypto");

  @Test
  void neitherNetworkNorStorageNorAProviderIsKnown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.quantchat.crypto",
            "java.lang..",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.time..",
            "java.util..",
            "javax.security.auth",
            "org.bouncycastle.crypto..",
            "org.bouncycastle.math.ec..",
            "org.bouncycastle.util..")
        .check(MAIN);
  }

  @Test
  void timeAndRandomnessArePassedIn() {
    noClasses().should().callMethod(Instant.class, "now").check(MAIN);
    noClasses().should().callMethod(Clock.class, "systemUTC").check(MAIN);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(MAIN);
    noClasses().should().callConstructor(SecureRandom.class).check(MAIN);
  }
}
