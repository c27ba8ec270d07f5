package dev.latchkey.auth.authorize;

import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.REDIRECT_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request is said on a page; nobody is sent anywhere and no flow starts. */
@AuthServiceTest
class AuthorizeFaultIT {

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Inject
    People people;

    @BeforeEach
    void installed() {
        people.owner();
    }

    @Test
    void anAppThatDoesNotSayWhichItIs() {
        refused(new AuthorizeFlow().get("redirect_uri", REDIRECT_URI), "missing_client_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "ftp://app.example/",
                "https://user@app.example/",
                "https://8.8.8.8/",
                "https://app.example/../x",
                "https://app.example/#f",
                "javascript:alert(1)",
                "https://äpp.example/",
            })
    void aClientIdThatIsNone(String clientId) {
        refused(new AuthorizeFlow().get("client_id", clientId, "redirect_uri", clientId), "invalid_client_id");
    }

    @ParameterizedTest
    @CsvSource({
        "javascript:alert(1), scheme_not_allowed",
        "data:text/html;x, scheme_not_allowed",
        "/cb, not_absolute",
        "//app.example/cb, not_absolute",
        "https://app.example\\@evil.example/, illegal_character",
        "https://app.example@evil.example/, malformed",
        "'https://app.example/a b', illegal_character",
    })
    void aRedirectUriThatIsNone(String redirectUri, String code) {
        refused(new AuthorizeFlow().get("client_id", CLIENT_ID, "redirect_uri", redirectUri), code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/cb",
                "https://app.example.evil.example/cb",
                "http://app.example/cb",
                "https://app.example:8443/cb",
                "https://app.example:443/cb",
                "https://app.example./cb",
                "hass://auth",
            })
    void aRedirectUriThatIsNotTheApps(String redirectUri) {
        AuthorizeFlow flow = new AuthorizeFlow().get("client_id", CLIENT_ID, "redirect_uri", redirectUri);

        assertThat(flow.status()).isEqualTo(400);
        assertThat(flow.response().header("Location")).isNull();
        assertThat(flow.cookies()).isEmpty();
        assertThat(flow.page().select("form, main a")).isEmpty();
        assertThat(flow.text()).contains("cannot sign you in").contains(redirectUri);
    }

    @Test
    void noRedirectUri() {
        refused(new AuthorizeFlow().get("client_id", CLIENT_ID), "missing");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, response_type",
        "response_type, code token, response_type",
        "response_mode, form_post, response_mode",
        "code_challenge, short, pkce",
        "code_challenge_method, S256, pkce",
        "code_challenge, " + CHALLENGE + ", pkce",
    })
    void whatIsNotSupported(String parameter, String value, String code) {
        refused(new AuthorizeFlow().open(parameter, value), code);
    }

    @Test
    void aPlainChallenge() {
        refused(new AuthorizeFlow().open("code_challenge", CHALLENGE, "code_challenge_method", "plain"), "pkce");
    }

    @Test
    void aStateOrScopeTooLongOrWithControlCharacters() {
        refused(new AuthorizeFlow().open("state", "x".repeat(4097)), "state");
        refused(new AuthorizeFlow().open("state", "a\nb"), "state");
        refused(new AuthorizeFlow().open("state", "a\0b"), "state");
        refused(new AuthorizeFlow().open("scope", "a ".repeat(4000)), "scope");
        assertThat(new AuthorizeFlow()
                        .open("state", "x".repeat(4096), "scope", "a b")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "redirect_uri", "state", "response_type", "code_challenge", "scope"})
    void aParameterSentTwice(String parameter) {
        refused(new AuthorizeFlow().open(parameter, "1", parameter, "1"), "repeated_" + parameter);
    }

    @Test
    void aParameterOfOtherStandardsMayRepeat() {
        assertThat(new AuthorizeFlow()
                        .open("resource", "https://a.example", "resource", "https://b.example")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=%ff", "state=%00", "%c3=1"})
    void aQueryThatCannotBeGivenBack(String pair) throws IOException {
        // By hand: clients repair such addresses before they send them. What is no URI at all never gets to us: the
        // framework answers it with an empty 400.
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String target =
                    AuthorizeFlow.PATH + "?client_id=https://app.example/&redirect_uri=https://app.example/cb&" + pair;
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("nothing was shared");
        }
    }

    private static void refused(AuthorizeFlow flow, String code) {
        assertThat(flow.status()).isEqualTo(400);
        assertThat(flow.response().header("Location")).isNull();
        assertThat(flow.response().contentType()).startsWith("text/html");
        assertThat(flow.cookies()).isEmpty();
        assertThat(flow.page().select("form, main a")).isEmpty();
        assertThat(flow.page().select("dd code").eachText()).contains(code);
        assertThat(flow.text()).contains("nothing was shared").contains("For the app’s developer");
    }
}
