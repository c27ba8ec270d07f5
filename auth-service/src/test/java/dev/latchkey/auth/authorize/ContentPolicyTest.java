package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "https://App.Example/cb?x=1,     https://app.example",
        "https://app.example:443/cb,     https://app.example",
        "https://app.example:/cb,        https://app.example",
        "https://app.example:8443/cb,    https://app.example:8443",
        "http://localhost:8123/,         http://localhost:8123",
        "http://127.0.0.1:8123/,         http://127.0.0.1:8123",
        "hass://auth,                    hass:",
        "HomeAssistant://auth-callback,  homeassistant:",
        "com.example.app:/cb,            com.example.app:",
    })
    void aTargetIsNamedAsNarrowlyAsCspCan(String redirectUri, String source) {
        assertThat(ContentPolicy.source(redirectUri)).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({
        "http://[::1]:8123/,         http:",
        "http://192.168.1.5:8123/,   http:",
        "https://app.example./,      https:",
        "https://my_app.example/,    https:",
    })
    void whatCspCannotNameIsNamedByItsScheme(String redirectUri, String source) {
        assertThat(ContentPolicy.source(redirectUri)).isEqualTo(source);
    }

    @Test
    void noAddressCanAddADirective() {
        assertThat(ContentPolicy.leadingTo("hass:;script-src *")).endsWith("form-action 'self' hass: https:");
        assertThat(ContentPolicy.leadingTo("https://a.example/;script-src*"))
                .endsWith("form-action 'self' https://a.example https:");
    }

    @Test
    void onlyTheConsentPageLeadsAnywhere() {
        assertThat(ContentPolicy.ours())
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .endsWith("form-action 'self'")
                .doesNotContain("unsafe");
    }
}
