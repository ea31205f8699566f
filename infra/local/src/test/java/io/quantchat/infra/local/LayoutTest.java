package io.quantchat.infra.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Who may know whom: the gateways are API Gateway's, and know of no database and no function. */
class LayoutTest {

  private static final String ROOT = "io.quantchat.infra.local";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static void hold(ArchRule rule) {
    rule.check(MAIN);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    hold(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void theGatewaysKnowNoDatabaseInTheProcess() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".database..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quantchat.infra.database.."));
  }

  @Test
  void functionsAreReachedByWhatBuildsThemAlone() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".lambda..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.quantchat..")
                    .and(not(resideInAnyPackage("io.quantchat.infra..")))));
  }

  @Test
  void certificatesAndMetricsKnowNothingOfTheApis() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".tls..", ROOT + ".metrics..", ROOT + ".backup..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                ROOT + ".rest..", ROOT + ".socket..", ROOT + ".server..", ROOT + ".lambda.."));
  }
}
