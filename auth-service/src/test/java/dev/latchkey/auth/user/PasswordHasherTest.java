package dev.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.Calls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private static final long MIB = 1024 * 1024;

    private final PasswordHasher hasher = hasher(1, 2);

    @AfterEach
    void stop() {
        hasher.stop();
    }

    @Test
    void aPasswordMatchesItsHashAlone() {
        String hash = hasher.hash("correct horse");

        assertThat(hasher.matches("correct horse", hash)).isTrue();
        assertThat(hasher.matches("Correct horse", hash)).isFalse();
    }

    @Test
    void nobodysPasswordIsHashedAllTheSameAndNeverMatches() {
        assertThat(hasher.matches("nobody", null)).isFalse();
        assertThat(hasher.matches("anything", null)).isFalse();
    }

    @Test
    void aPasswordBeyondTheLimitIsNotHashed() {
        String hash = hasher.hash("x".repeat(PasswordHasher.MAX_LENGTH));

        assertThat(hasher.matches("x".repeat(PasswordHasher.MAX_LENGTH), hash)).isTrue();
        assertThat(hasher.matches("x".repeat(PasswordHasher.MAX_LENGTH + 1), hash))
                .isFalse();
    }

    @Test
    void aPasswordHasEightToAHundredAndTwentyEightCharacters() {
        assertThat(PasswordHasher.isAcceptable("x".repeat(7))).isFalse();
        assertThat(PasswordHasher.isAcceptable("x".repeat(8))).isTrue();
        assertThat(PasswordHasher.isAcceptable("x".repeat(128))).isTrue();
        assertThat(PasswordHasher.isAcceptable("x".repeat(129))).isFalse();
    }

    @Test
    void halfACharacterIsInNoPassword() {
        String hash = hasher.hash("????????");

        assertThat(PasswordHasher.isAcceptable("passwords\ud800")).isFalse();
        assertThat(hasher.matches("???????\ud800", hash)).isFalse();
        assertThat(PasswordHasher.isAcceptable("pass\u0000wörd😀")).isTrue();
    }

    @Test
    void aCrowdBeyondTheQueueIsToldToComeBackAndTheOthersAreServed() {
        String hash = hasher.hash("correct horse");

        List<String> results = Calls.atOnce(20, () -> {
            try {
                return hasher.matches("correct horse", hash) ? "matched" : "did not match";
            } catch (TooManySignInsException e) {
                return "too many";
            }
        });

        assertThat(results).contains("matched", "too many").doesNotContain("did not match");
        assertThat(hasher.matches("correct horse", hash)).isTrue();
    }

    @Test
    void hashersTakeAQuarterOfTheHeapAtMost() {
        assertThat(PasswordHasher.hashers(0, 2, 256L * MIB)).isEqualTo(2);
        assertThat(PasswordHasher.hashers(0, 64, 256L * MIB)).isEqualTo(3);
        assertThat(PasswordHasher.hashers(0, 64, 8192L * MIB)).isEqualTo(64);
        assertThat(PasswordHasher.hashers(0, 64, 32L * MIB)).isEqualTo(1);
        assertThat(PasswordHasher.hashers(0, 64, Long.MAX_VALUE)).isEqualTo(64);
    }

    @Test
    void moreHashersThanFitAreRefusedInASentence() {
        assertThat(PasswordHasher.hashers(3, 1, 256L * MIB)).isEqualTo(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> PasswordHasher.hashers(4, 64, 256L * MIB))
                .withMessage("latchkey.auth.password-hashers is 4, but a heap of 256 MiB has room for 3 at once:"
                        + " lower it, or give the service a larger heap (-Xmx).");
    }

    private static PasswordHasher hasher(int atOnce, int waiting) {
        AuthConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuthConfig.class)
                .withDefaultValues(Map.of(
                        "latchkey.auth.issuer", "https://example.com",
                        "latchkey.auth.password-hashers", Integer.toString(atOnce),
                        "latchkey.auth.password-queue", Integer.toString(waiting)))
                .build()
                .getConfigMapping(AuthConfig.class);
        return new PasswordHasher(config, new SimpleMeterRegistry());
    }
}
