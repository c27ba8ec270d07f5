package dev.latchkey.signing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the structure that makes a line's home findable by its name. */
class ArchitectureTest {

    private static final JavaClasses LATCHKEY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.latchkey");

    @Test
    void packagesDependOnEachOtherWithoutCycles() {
        slices().matching("dev.latchkey.signing.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LATCHKEY);
    }

    @Test
    void nothingThatServicesShareKnowsThisService() {
        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.latchkey.signing..")
                .check(LATCHKEY);
    }

    @Test
    void whatAnswersHttpIsCalledAResource() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .haveSimpleNameEndingWith("Resource")
                .check(LATCHKEY);
    }

    @Test
    void thisServiceHasNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.signing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..")
                .check(LATCHKEY);
    }

    @Test
    void everyPackageSaysWhatItOwns() throws IOException {
        java.nio.file.Path sources = java.nio.file.Path.of("src/main/java");
        try (Stream<java.nio.file.Path> files = Files.walk(sources)) {
            List<java.nio.file.Path> silent = files.filter(
                            file -> file.toString().endsWith(".java"))
                    .map(java.nio.file.Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }
}
