package dev.confiture.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the command line to the front door of the engine. */
class ArchitectureTest {
    private static final JavaClasses CLI =
            new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void theCommandLineDoesNotTalkToServers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.confiture.postgres..")
                .because("commands ask the engine, and the engine alone opens sessions")
                .check(CLI);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLI)
                .extracting(JavaClass::getPackage)
                .allSatisfy(
                        aPackage ->
                                assertThat(aPackage.isAnnotatedWith(NullMarked.class))
                                        .as("@NullMarked on %s", aPackage.getName())
                                        .isTrue());
    }
}
