package dev.latchkey.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkceTest {

    /** The pair of RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    void thePairOfTheStandardMatches() {
        assertThat(Pkce.matches(VERIFIER, CHALLENGE)).isTrue();
        assertThat(Pkce.matches(CHALLENGE, CHALLENGE)).isFalse();
        assertThat(Pkce.matches(VERIFIER + "x", CHALLENGE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX+", "\u0000"})
    void aVerifierOfAnotherFormNeverMatches(String verifier) {
        assertThat(Pkce.matches(verifier, CHALLENGE)).isFalse();
        assertThat(Pkce.matches("a".repeat(129), CHALLENGE)).isFalse();
    }

    @Test
    void aChallengeComesWithItsMethodOrNotAtAll() {
        assertThat(Pkce.problem(CHALLENGE, "S256")).isNull();
        assertThat(Pkce.problem(null, null)).isNull();
        assertThat(Pkce.problem(CHALLENGE, null)).isNotNull();
        assertThat(Pkce.problem(null, "S256")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "s256", "S512", "", " S256"})
    void thereIsOneMethod(String method) {
        assertThat(Pkce.problem(CHALLENGE, method)).isEqualTo("code_challenge_method must be S256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\n"
            })
    void aChallengeIsADigestInBase64url(String challenge) {
        assertThat(Pkce.problem(challenge, "S256")).contains("43 characters");
    }
}
