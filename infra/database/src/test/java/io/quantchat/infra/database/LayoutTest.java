package io.quantchat.infra.database;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Who may know whom: operations above, expressions and items in the middle, storage below. */
class LayoutTest {

  private static final String ROOT = "io.quantchat.infra.database";
  private static final String EXPRESSION = ROOT + ".expression..";
  private static final String ITEM = ROOT + ".item..";
  private static final String STORAGE = ROOT + ".storage..";
  private static final String DYNAMO_DB = "software.amazon.awssdk..";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static void hold(ArchRule rule) {
    rule.check(MAIN);
  }

  @Test
  void storageKnowsBytesAndNothingOfDynamoDb() {
    hold(
        classes()
            .that()
            .resideInAPackage(STORAGE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(STORAGE, "java..", "org.sqlite.."));
  }

  @Test
  void expressionsAreEvaluatedOnItemsWhereverTheseAreKept() {
    hold(
        classes()
            .that()
            .resideInAPackage(EXPRESSION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(EXPRESSION, ITEM, DYNAMO_DB, "java.."));
  }

  @Test
  void itemsKnowNeitherExpressionsNorStorage() {
    hold(
        classes()
            .that()
            .resideInAPackage(ITEM)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ITEM, DYNAMO_DB, "java.."));
  }

  @Test
  void theStorageAloneKnowsItsLibrary() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage(STORAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite.."));
  }

  @Test
  void theDatabaseKnowsNothingOfThoseWhoUseIt() {
    hold(
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.quantchat..").and(not(resideInAPackage(ROOT + "..")))));
  }
}
