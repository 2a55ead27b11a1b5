package dev.confiture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the one direction in which the packages may look at each other. */
class ArchitectureTest {
    private static final JavaClasses CORE =
            new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void numberedPackagesDoNotKnowEachOther() {
        check(
                slices().matching(
                                "dev.confiture."
                                        + "(build|analyze|draft|setup|copy"
                                        + "|capture|hop|verify|cutover)..")
                        .should()
                        .notDependOnEachOther()
                        .because("the steps of a migration meet only in the migration package"));
    }

    @Test
    void onlyPostgresSpeaksJdbc() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.confiture.postgres..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                        .because("sessions, retries and lock limits have one place to be right"));
    }

    @Test
    void catalogIsMadeOfValues() {
        check(dependsOnTheJdkOnly("dev.confiture.catalog.."));
    }

    @Test
    void errorsDependOnNothing() {
        check(dependsOnTheJdkOnly("dev.confiture.error.."));
    }

    @Test
    void onlyTheFrontDoorKnowsTheOrderOfTheSteps() {
        check(
                noClasses()
                        .that(
                                not(resideInAPackage("dev.confiture"))
                                        .and(not(resideInAPackage("dev.confiture.migration.."))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.confiture.migration..")
                        .because("a step that knows what comes next cannot be run again alone"));
    }

    @Test
    void packagesFormNoCycles() {
        check(
                slices().assignedFrom(new PackageSlices())
                        .should()
                        .beFreeOfCycles()
                        .because("the code is to be read in one direction"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CORE)
                .extracting(JavaClass::getPackage)
                .allSatisfy(
                        aPackage ->
                                assertThat(aPackage.isAnnotatedWith(NullMarked.class))
                                        .as("@NullMarked on %s", aPackage.getName())
                                        .isTrue());
    }

    private static ArchRule dependsOnTheJdkOnly(String aPackage) {
        return classes()
                .that()
                .resideInAPackage(aPackage)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", aPackage)
                .because("what everybody uses must not pull anybody in");
    }

    private static void check(ArchRule rule) {
        rule.check(CORE);
    }

    /** Every package is a slice of its own, the root package too. */
    private static final class PackageSlices implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith("dev.confiture")
                    ? SliceIdentifier.of(javaClass.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
