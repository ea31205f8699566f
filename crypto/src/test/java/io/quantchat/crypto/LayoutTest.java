package io.quantchat.crypto;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.quantchat.crypto",
                    "java.lang..",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "java.time..",
                    "java.util..",
                    "javax.crypto..",
                    "javax.security.auth",
                    "org.bouncycastle.crypto..",
                    "org.bouncycastle.math.ec..",
                    "org.bouncycastle.util..")
                .or(
                    belongToAnyOf(
                        InputStream.class,
                        OutputStream.class,
                        FilterOutputStream.class,
                        IOException.class)))
        .check(MAIN);
  }

  /** Of a provider's ciphers, which is whatever the platform has, only a file's is asked for. */
  @Test
  void theCipherOfFilesAloneIsThePlatforms() {
    noClasses()
        .that()
        .doNotHaveSimpleName(SegmentCipher.class.getSimpleName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.crypto..")
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
