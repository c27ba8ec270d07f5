package dev.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {

    /** From the tests of the reference implementation: password "password", salt "somesalt". */
    private static final String REFERENCE =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void aHashOfTheReferenceImplementationIsUnderstood() {
        assertThat(Argon2Hash.parse(REFERENCE).matches("password")).isTrue();
        assertThat(Argon2Hash.parse(REFERENCE).matches("Password")).isFalse();
        assertThat(Argon2Hash.parse(REFERENCE).toPhc()).isEqualTo(REFERENCE);
    }

    @Test
    void newHashesHaveTheParametersOwaspNames() {
        assertThat(Argon2Hash.of("password").toPhc())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void twoHashesOfOnePasswordDifferAndBothMatch() {
        Argon2Hash one = Argon2Hash.of("password");
        Argon2Hash other = Argon2Hash.of("password");

        assertThat(one.toPhc()).isNotEqualTo(other.toPhc());
        assertThat(one.matches("password")).isTrue();
        assertThat(other.matches("password")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "pässwörd", "😀", "correct horse battery staple"})
    void everyCharacterCounts(String password) {
        Argon2Hash hash = Argon2Hash.parse(Argon2Hash.of(password).toPhc());

        assertThat(hash.matches(password)).isTrue();
        assertThat(hash.matches(password + "\u0000")).isFalse();
        assertThat(hash.matches(password + " ")).isFalse();
    }

    @Test
    void whatAPersonTypesAfterTheSeventySecondByteCounts() {
        Argon2Hash hash = Argon2Hash.of("x".repeat(80));

        assertThat(hash.matches("x".repeat(72))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2b$12$abc",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
                "$argon2id$v=19$m=256$c29t$c29t"
            })
    void anythingElseIsNoHashAndIsNotRepeated(String text) {
        assertThatThrownBy(() -> Argon2Hash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a stored password hash is not in PHC string form");
    }

    @Test
    void printingAHashShowsNothing() {
        assertThat(Argon2Hash.parse(REFERENCE)).hasToString("Argon2Hash");
    }
}
