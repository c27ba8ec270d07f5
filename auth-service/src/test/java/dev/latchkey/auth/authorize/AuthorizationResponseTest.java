package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationResponseTest {

    private static final String ISSUER = "https://id.example";

    @ParameterizedTest
    @CsvSource({
        "https://a.example/cb,        https://a.example/cb?code=c&iss=https%3A%2F%2Fid.example",
        "https://a.example,           https://a.example?code=c&iss=https%3A%2F%2Fid.example",
        "https://a.example/cb?x=1,    https://a.example/cb?x=1&code=c&iss=https%3A%2F%2Fid.example",
        "https://a.example/cb?x=1&,   https://a.example/cb?x=1&code=c&iss=https%3A%2F%2Fid.example",
        "https://a.example/cb?,       https://a.example/cb?code=c&iss=https%3A%2F%2Fid.example",
        "https://a.example/cb#f,      https://a.example/cb?code=c&iss=https%3A%2F%2Fid.example#f",
        "https://a.example/cb?x=1#f?, https://a.example/cb?x=1&code=c&iss=https%3A%2F%2Fid.example#f?",
        "https://a.example/cb#?x,     https://a.example/cb?code=c&iss=https%3A%2F%2Fid.example#?x",
        "hass://auth,                 hass://auth?code=c&iss=https%3A%2F%2Fid.example",
        "app:back?x,                  app:back?x&code=c&iss=https%3A%2F%2Fid.example",
    })
    void parametersAreAddedToTheQueryAndBeforeTheFragment(String redirectUri, String expected) {
        assertThat(AuthorizationResponse.granted(redirectUri, "c", null, ISSUER, false))
                .isEqualTo(expected);
    }

    @Test
    void stayingSignedInIsSaidToTheApp() {
        assertThat(AuthorizationResponse.granted("https://a.example/", "c", "s", ISSUER, true))
                .isEqualTo("https://a.example/?code=c&state=s&storeToken=true&iss=https%3A%2F%2Fid.example");
    }

    @Test
    void aRefusalSaysSoAndWhoSpeaks() {
        assertThat(AuthorizationResponse.denied("https://a.example/?x", "s", ISSUER))
                .isEqualTo("https://a.example/?x&error=access_denied&state=s&iss=https%3A%2F%2Fid.example");
    }

    @Property
    void theStateComesBackAsItWas(@ForAll String state) throws Exception {
        String sent = new String(
                state.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        String location = AuthorizationResponse.granted("https://a.example/", "c", sent, ISSUER, false);

        assertThat(location).matches("[!-~]*").doesNotContain("+");
        assertThat(QueryParameters.read(location.substring(location.indexOf('?') + 1))
                        .get("state"))
                .isEqualTo(sent.isEmpty() ? null : sent);
    }
}
