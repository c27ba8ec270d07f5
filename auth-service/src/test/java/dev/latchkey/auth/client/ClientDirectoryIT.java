package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.auth.client.ClientVerdict.InvalidClientId;
import dev.latchkey.auth.client.ClientVerdict.InvalidRedirectUri;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirect URIs an app may use, as its page says (IndieAuth section 4.2). */
class ClientDirectoryIT extends AppsOnLoopback {

    @Test
    void aRedirectUriOfTheSameOriginNeedsNoFetch() {
        assertThat(verify(app.url("/"), app.url("/cb?x=1#y")))
                .isEqualTo(new Allowed(
                        ClientApp.unknown(ClientId.parse(app.url("/")).orElseThrow()),
                        true,
                        "127.0.0.1:" + app.port()));
        assertThat(app.requests()).isEmpty();
    }

    @Test
    void theCompanionAppsNeedNoFetch() {
        assertThat(verify("https://home-assistant.io/iOS", "homeassistant://auth-callback"))
                .isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "foo", "http://8.8.8.8:8123/", "http://u@ex.com", "http://[bad", "https://", "http://ex com"
            })
    void aBadClientIdIsInvalidWhateverTheRedirectUriIs(String clientId) {
        assertThat(verify(clientId, "https://ex.com/cb")).isEqualTo(new InvalidClientId());
        assertThat(verify(clientId, null)).isEqualTo(new InvalidClientId());
        assertThat(describe(clientId)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "http://[bad", "javascript:alert(1)", "/cb", "http://ex.com\\@evil.com/", "http://u@ex.com/"
            })
    void aBadRedirectUriIsInvalidWithoutAFetch(String redirectUri) {
        assertThat(verify(app.url("/"), redirectUri)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(app.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200 OK, text/html", "404 Not Found, text/html", "200 OK, text/plain", "500 Oops, x"})
    void aLinkInThePageCountsWhateverStatusAndType(String status, String type) {
        app.on("/", status, "Content-Type: " + type + "\r\n", "<html><body>" + LINK);

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    @Test
    void aRedirectUriNobodyPublishesIsInvalid() {
        app.html("/", LINK).html("/empty", "<html></html>");

        assertThat(verify(app.url("/"), CALLBACK + "?x")).isEqualTo(new InvalidRedirectUri("not_published"));
        assertThat(verify(app.url("/"), "HASS://auth")).isEqualTo(new InvalidRedirectUri("not_published"));
        assertThat(verify(app.url("/empty"), CALLBACK)).isEqualTo(new InvalidRedirectUri("nothing_published"));
    }

    @Test
    void theFirstTenKilobytesCountAndNoMore() { // IA-19, IA-20, IA-28
        app.html("/before", " ".repeat(10_240 - LINK.length()) + LINK + "x".repeat(10_000_000))
                .html("/across", " ".repeat(1020) + LINK)
                .html("/after", " ".repeat(10_240) + LINK)
                .html("/over", " ".repeat(10_240 - LINK.length() + 1) + LINK)
                .html("/split", LINK + "\u00e9".repeat(20_000));

        assertThat(verify(app.url("/before"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/across"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/split"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/after"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(verify(app.url("/over"), CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
    }

    @Test
    void aLinkHeaderCounts() {
        app.on("/", "200 OK", "Link: <a:b>; rel=next\r\nLink: <" + CALLBACK + ">; rel=\"redirect_uri\"\r\n", "");

        assertThat(verify(app.url("/"), CALLBACK)).isInstanceOf(Allowed.class);
    }

    @Test
    void linksBeforeAStallOrABreakCountButAreNotRemembered() { // IA-23
        app.on("/stall", out -> {
                    say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LINK);
                    Thread.sleep(10_000);
                })
                .on("/break", out -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LINK));

        assertThat(verify(app.url("/stall"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/break"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/break"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(app.requests()).containsExactly("/stall", "/break", "/break");
    }

    @Test
    void aClosedPortAnUnknownNameAndBrokenTlsAreInvalidAtOnce() throws IOException { // IA-25
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        app.on("/", out -> {});

        assertThat(verify("http://127.0.0.1:" + closed + "/", CALLBACK))
                .isEqualTo(new InvalidRedirectUri("connect_failed"));
        assertThat(verify("http://unknown.example.com:8000/", CALLBACK))
                .isEqualTo(new InvalidRedirectUri("unknown_host"));
        assertThat(verify("https://127.0.0.1:" + app.port() + "/", CALLBACK)).isInstanceOf(InvalidRedirectUri.class);
        assertThat(verify(app.url("/"), CALLBACK)).isEqualTo(new InvalidRedirectUri("bad_response"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, address_not_allowed",
        "http://169.254.169.254/, address_not_allowed",
        "http://intern.example.com/, address_not_allowed",
        "http://mixed.example.com/, address_not_allowed",
        "http://printer.local/, address_not_allowed",
        "http://127.0.0.1:8123/, own_address",
        "http://127.0.0.1:22/, port_not_allowed",
        "http://app.example.com:0/, port_not_allowed",
        "http://app.example.com/%2e%2e/b, invalid_url",
    })
    void addressesThatMustNotBeAskedAreNotAsked(String clientId, String why) { // B02, B03, B06, B08
        assertThat(verify(clientId, CALLBACK)).isEqualTo(new InvalidRedirectUri(why));
        assertThat(describe(clientId)).isEmpty();
    }

    @Test
    void redirectsAreFollowedWithinTheOriginOnly() { // B05
        app.on("/here", "302 Found", "Location: /there\r\n", "")
                .html("/there", "<link rel=redirect_uri href=../cb><link rel=redirect_uri href=hass://auth>")
                .on("/away", "302 Found", "Location: http://169.254.169.254/\r\n", LINK)
                .html("/meta", "<meta http-equiv=refresh content='0;url=http://169.254.169.254/'>");

        assertThat(verify(app.url("/here"), CALLBACK)).isInstanceOf(Allowed.class);
        assertThat(verify(app.url("/away"), CALLBACK)).isEqualTo(new InvalidRedirectUri("redirects_elsewhere"));
        assertThat(verify(app.url("/meta"), CALLBACK)).isEqualTo(new InvalidRedirectUri("nothing_published"));
    }
}
