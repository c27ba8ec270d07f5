package dev.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @CsvSource({"' OWNER ', owner", "Straße, strasse", "ÉMILE, émile", "a b, a b"})
    void spellingsOfOneNameAreOne(String spelling, String normalized) {
        assertThat(Username.normalize(spelling)).isEqualTo(normalized);
        assertThat(Username.normalize(normalized)).isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u0085", "a\ud800b"})
    void aNameThatCannotBeShownOrStoredIsNone(String name) {
        assertThat(Username.isAcceptable(name)).isFalse();
    }

    @Test
    void aNameHasAtMostAHundredAndTwentyEightCharacters() {
        assertThat(Username.isAcceptable("x".repeat(128))).isTrue();
        assertThat(Username.isAcceptable("x".repeat(129))).isFalse();
    }
}
