package dev.latchkey.signing.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps the published vectors true: as this code makes them, and as somebody else's reads them. */
class SignedPathVectorsTest {

    private static final Path VECTORS = Path.of("../docs/signed-path-vectors.json");
    private static final Path VERIFIER = Path.of("../docs/verify-signed-path.mjs");

    @Test
    void thePublishedVectorsAreWhatThisCodeDoes() throws IOException {
        String expected = SignedPathVectors.write();
        if (Boolean.getBoolean("latchkey.docs.write")) {
            Files.writeString(VECTORS, expected);
        }

        assertThat(VECTORS)
                .as("write them again: ./mvnw -pl signing-service -am test -Dtest=SignedPathVectorsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dlatchkey.docs.write=true")
                .content()
                .isEqualTo(expected);
        assertThat(expected.split("\"claims\" : null")).as("refused").hasSizeGreaterThan(12);
        assertThat(expected.split("\"claims\" : \\{")).as("valid").hasSizeGreaterThan(8);
    }

    /** The script uses none of our code. */
    @Test
    @Tag("platform")
    void anotherImplementationAgrees() throws Exception {
        Process node = new ProcessBuilder("node", VERIFIER.toString(), VECTORS.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(node.getInputStream().readAllBytes(), UTF_8);

        assertThat(node.waitFor()).as(printed).isZero();
        assertThat(printed).matches("[0-9]+ vectors agree\\n");
    }
}
