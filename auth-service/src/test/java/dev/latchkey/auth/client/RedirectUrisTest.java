package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {

    private static final ClientId APP = ClientId.parse("https://app.io").orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.io",
                "https://APP.IO/cb",
                "HTTPS://app.io/cb?x#y",
                "https://app.io?x",
                "https://app.io/#t"
            })
    void pathQueryAndFragmentAreFreeWithinTheOrigin(String uri) { // IA-13
        assertThat(RedirectUris.problem(uri)).isEmpty();
        assertThat(RedirectUris.sameOrigin(APP, uri)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "/cb",
                "//app.io/cb",
                "//evil",
                "/..;/",
                "cb",
                "https:app.io",
                "https:/app.io",
                "https:///app.io",
                "http://app.io/",
                "https://app.io:443/",
                "https://app.io:/",
                "https://app.io./",
                "https://a.app.io/",
                "https://app.io.evil.com/",
                "https://app.io@evil.com/",
                "https://app.io:x@evil.com/",
                "https://evil.com/app.io",
                "https://app.io\\@evil.com/",
                "https://evil.com\\.app.io/",
                "https://evil.com#@app.io/",
                "https://@app.io/",
                "https://user@app.io/",
                "https://app.io /",
                " https://app.io/",
                "https://app.io/\r\nSet-Cookie: a=b",
                "https://\u0430pp.io/",
                "https://app\u3002io/",
                "https://app.io/..;/x",
                "https://app.io/%2e%2e/x",
                "http://[bad",
            })
    void anythingElseIsNotTheSameOrigin(String uri) { // IA-14, IA-29, A01, A02
        boolean free = RedirectUris.problem(uri).isEmpty() && RedirectUris.sameOrigin(APP, uri);

        assertThat(free).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', missing",
        "/cb, not_absolute",
        "https://app.io/a b, illegal_character",
        "https://app.io\\@evil, illegal_character",
        "https://\u0430pp.io/, illegal_character",
        "javascript:alert(1), scheme_not_allowed",
        "JavaScript:alert(1), scheme_not_allowed",
        "data:text/html;base64;x, scheme_not_allowed",
        "vbscript:x, scheme_not_allowed",
        "file:///etc/passwd, scheme_not_allowed",
        "about:blank, scheme_not_allowed",
        "blob:https://app.io/1, scheme_not_allowed",
        "ws://app.io/, scheme_not_allowed",
        "wss://app.io/, scheme_not_allowed",
        "intent://x#Intent;end, scheme_not_allowed",
        "http://[bad, malformed",
        "http://127.1/cb, malformed",
        "https://u@app.io/, malformed",
        "https:foo, malformed",
    })
    void whatIsWrongWithTheTextHasAStableCode(String uri, String code) {
        assertThat(RedirectUris.problem(uri)).contains(code);
    }

    @Test
    void overlongUrisAreRefused() {
        assertThat(RedirectUris.problem("https://app.io/" + "a".repeat(2048))).contains("too_long");
        assertThat(RedirectUris.problem("myapp:" + "a".repeat(2042))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hass://auth", "com.example.app:/cb", "homeassistant://auth-callback", "myapp://cb?x=1"})
    void privateUseSchemesAreFineWhenPublished(String uri) {
        assertThat(RedirectUris.problem(uri)).isEmpty();
        assertThat(RedirectUris.published(page(uri), uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.io/CB",
                "https://x.io/cb?a",
                "https://x.io/cb/",
                "https://X.io/cb",
                "https://x.io:443/cb"
            })
    void publishedUrisAreComparedAsExactText(String uri) { // IA-26
        assertThat(RedirectUris.published(page("https://x.io/cb"), uri)).isFalse();
        assertThat(RedirectUris.published(document("https://x.io/cb"), uri)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/cb, http://127.0.0.1:51234/cb, true",
        "http://127.0.0.1:3000/cb, http://127.0.0.1:51234/cb, true",
        "http://127.0.0.1:3000/cb, http://127.0.0.1/cb, true",
        "http://[::1]/cb, http://[::1]:51234/cb, true",
        "http://localhost/cb, http://localhost:51234/cb, true",
        "http://127.0.0.1, http://127.0.0.1:51234, true",
        "http://localhost/cb, http://127.0.0.1:51234/cb, false",
        "http://127.0.0.1/cb, http://localhost:51234/cb, false",
        "http://127.0.0.1/cb, http://127.0.0.2:51234/cb, false",
        "http://127.0.0.1/cb, http://127.0.0.1:51234/other, false",
        "http://127.0.0.1/cb, http://127.0.0.1:51234/cb?x, false",
        "http://127.0.0.1/cb, https://127.0.0.1:51234/cb, false",
        "http://127.0.0.1/cb, http://127.0.0.1:51234@evil.com/cb, false",
        "http://127.0.0.1, http://127.0.0.1.evil.com, false",
        "http://app.io/cb, http://app.io:51234/cb, false",
    })
    void loopbackUrisOfADocumentMatchOnAnyPortAndNothingElseDoes(
            String published, String uri, boolean expected) { // A05
        assertThat(RedirectUris.published(document(published), uri)).isEqualTo(expected);
    }

    @Test
    void loopbackUrisOfAPageMatchExactlyOnly() {
        assertThat(RedirectUris.published(page("http://127.0.0.1/cb"), "http://127.0.0.1:5/cb"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/android, homeassistant://auth-callback, true",
        "https://home-assistant.io/android, https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android, true",
        "https://home-assistant.io/android, https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android, true",
        "https://home-assistant.io/iOS, homeassistant://auth-callback, true",
        "https://home-assistant.io/iOS, https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android, false",
        "https://home-assistant.io/iOS/, homeassistant://auth-callback, false",
        "https://home-assistant.io/ios, homeassistant://auth-callback, false",
        "https://HOME-assistant.io/iOS, homeassistant://auth-callback, false",
        "https://home-assistant.io/iOS, homeassistant://auth-callback/, false",
        "https://home-assistant.io/iOS, HOMEASSISTANT://auth-callback, false",
    })
    void theCompanionAppsAreKnownByExactText(String clientId, String uri, boolean expected) { // IA-16, IA-17
        assertThat(RedirectUris.builtIn(ClientId.parse(clientId).orElseThrow(), uri))
                .isEqualTo(expected);
    }

    private static ClientApp page(String... uris) {
        return new ClientApp(APP.value(), Optional.empty(), List.of(uris), false, Optional.empty());
    }

    private static ClientApp document(String... uris) {
        return new ClientApp(APP.value(), Optional.empty(), List.of(uris), true, Optional.empty());
    }
}
