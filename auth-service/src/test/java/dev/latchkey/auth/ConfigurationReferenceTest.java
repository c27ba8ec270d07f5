package dev.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/configuration.md as the interfaces are that read the configuration. */
class ConfigurationReferenceTest {

    private static final Path PROJECT = Path.of("..");
    private static final Path REFERENCE = PROJECT.resolve("docs/configuration.md");

    @Test
    void theReferenceSaysWhatTheInterfacesSay() throws IOException {
        List<ConfigurationReference.Setting> settings = settings();
        String expected = ConfigurationReference.write(settings);
        if (Boolean.getBoolean("latchkey.docs.write")) {
            Files.writeString(REFERENCE, expected);
        }

        assertThat(settings).hasSizeGreaterThan(10);
        assertThat(REFERENCE)
                .as("write it again: ./mvnw -pl auth-service -am test -Dtest=ConfigurationReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dlatchkey.docs.write=true")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void everySettingSaysWhatItIsFor() throws IOException {
        assertThat(settings())
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.property()).isNotBlank());
    }

    /** Of the services and of the library they share. */
    private static List<ConfigurationReference.Setting> settings() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return ConfigurationReference.read(modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList());
        }
    }
}
