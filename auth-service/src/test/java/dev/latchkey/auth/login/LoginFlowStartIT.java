package dev.latchkey.auth.login;

import static dev.latchkey.auth.People.loginFlow;
import static dev.latchkey.auth.People.startFlow;
import static dev.latchkey.auth.People.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.testing.RawHttp;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting a login flow by {@code POST /auth/login_flow} ({@code spec/auth.md} 1.5, decisions A4, A6 and A8). */
@AuthServiceTest
class LoginFlowStartIT {

    @Test
    void aFlowStartsWithTheFormForNameAndPassword() {
        Map<String, Object> form =
                new LinkedHashMap<>(startFlow(loginFlow()).jsonPath().getMap("$"));

        assertThat(form.remove("flow_id").toString()).matches("[0-9a-f]{32}");
        assertThat(form)
                .isEqualTo(JsonPath.from("{\"type\":\"form\",\"handler\":[\"homeassistant\",null],"
                                + "\"step_id\":\"init\",\"data_schema\":["
                                + "{\"type\":\"string\",\"name\":\"username\",\"required\":true},"
                                + "{\"type\":\"string\",\"name\":\"password\",\"required\":true}],"
                                + "\"errors\":{},\"description_placeholders\":null,\"last_step\":null,"
                                + "\"preview\":null}")
                        .getMap("$"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void theContentTypeIsNotLookedAt(String contentType) {
        RawHttp.Answer answer = RawHttp.post(
                "/auth/login_flow",
                "{\"client_id\":\"https://app.example/\",\"handler\":[\"homeassistant\",null],"
                        + "\"redirect_uri\":\"https://app.example/cb\"}",
                "Content-Type: " + contentType);

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorize", "link_user", "anything"})
    void theTypeIsFree(String type) {
        startFlow(with(loginFlow(), "type", type)).then().statusCode(200).body("type", equalTo("form"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "handler", "redirect_uri"})
    void aMissingKeyIsNamed(String key) {
        Map<String, Object> message = new LinkedHashMap<>(loginFlow());
        message.remove(key);

        assertMessage(
                startFlow(message), 400, "Message format incorrect: required key not provided @ data['" + key + "']");
    }

    @Test
    void anExtraKeyIsNamed() {
        assertMessage(
                startFlow(with(loginFlow(), "x", 1)),
                400,
                "Message format incorrect: extra keys not allowed @ data['x']");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        for (String key : List.of("client_id", "redirect_uri", "type", "code_challenge", "code_challenge_method")) {
            for (Object value : Arrays.asList(5, null, true, List.of(), Map.of())) {
                startFlow(with(loginFlow(), key, value))
                        .then()
                        .statusCode(400)
                        .body("message", startsWith("Message format incorrect: expected str"));
            }
        }
    }

    @Test
    void aHandlerIsAPair() {
        for (Object handler : Arrays.asList(
                "homeassistant",
                List.of(),
                List.of("homeassistant"),
                List.of("homeassistant", "a", "b"),
                List.of(5, 5),
                5,
                null)) {
            startFlow(with(loginFlow(), "handler", handler))
                    .then()
                    .statusCode(400)
                    .body("message", startsWith("Message format incorrect"));
        }
    }

    @Test
    void anUnknownHandlerIsNotFound() {
        assertMessage(
                startFlow(with(loginFlow(), "handler", Arrays.asList("trusted_networks", null))),
                404,
                "Invalid handler specified");
        assertMessage(
                startFlow(with(loginFlow(), "handler", List.of("homeassistant", "other"))),
                404,
                "Invalid handler specified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ex.com",
                "https://ex.com/",
                "HTTP://EX.com",
                "https://ex.com/a?b=c",
                "https://ex.com/#",
                "http://127.0.0.1:8123/",
                "http://[::1]:8123/",
                "http://10.0.0.1",
                "http://192.168.0.1:8123",
                "http://172.16.0.1/",
                "http://[fd00::1]/"
            })
    void aWebAddressIsAClient(String clientId) {
        startFlow(loginFlow(clientId, clientId)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nope",
                "foo",
                "ftp://ex.com",
                "homeassistant://x",
                "javascript:alert(1)",
                "https://",
                "http:///x",
                "http:foo",
                "https://ex.com/.",
                "https://ex.com/hello/./yo",
                "https://ex.com/hello/../yo",
                "https://ex.com/..;x",
                "https://ex.com/#x",
                "https://user@ex.com/",
                "https://user:pass@ex.com/",
                "https://@ex.com/",
                "https://ex.com:abc/",
                "https://ex.com:99999/",
                "http://255.255.255.255/",
                "http://11.0.0.0/",
                "http://172.32.0.0/",
                "http://192.167.0.0/",
                "http://8.8.8.8/",
                "http://0.0.0.0/",
                "http://100.64.0.1/",
                "http://[2001:db8::1]/",
                "http://8.8.8.8:8123/",
                "http://[2001:db8::1]:8123/",
                "http://[bad"
            })
    void anythingElseIsNoClient(String clientId) {
        assertMessage(startFlow(loginFlow(clientId, People.REDIRECT_URI)), 400, "Invalid client id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/",
                "https://app.example/cb?x=y",
                "https://app.example/cb?x#y",
                "https://APP.example/cb"
            })
    void anAppMayBeSentBackToAnywhereOnItsOrigin(String redirectUri) {
        startFlow(loginFlow(People.CLIENT_ID, redirectUri)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/cb",
                "//app.example/cb",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://app.example.evil.invalid/",
                "https://app.example@evil.invalid/",
                "https://app.example\\@evil.invalid/",
                "https://app.example /",
                "https://app.example\u0001/",
                "https://app.exampl\u0435/",
                "https://other.invalid/",
                "http://app.example/",
                "https://sub.app.example/",
                "https://app.example:444/",
                "https://app.example./",
                "https://[bad"
            })
    void anotherRedirectUriIsRefusedBeforeAnybodyTypesAPassword(String redirectUri) {
        assertMessage(startFlow(loginFlow("http://127.0.0.1:1/", redirectUri)), 400, "Invalid redirect URI");
    }

    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/iOS, homeassistant://auth-callback, 200",
        "https://home-assistant.io/android, homeassistant://auth-callback, 200",
        "https://home-assistant.io/android, https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android, 200",
        "https://home-assistant.io/android, https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android, 200"
    })
    void theCompanionAppsAreKnown(String clientId, String redirectUri, int status) {
        startFlow(loginFlow(clientId, redirectUri)).then().statusCode(status);
    }

    @Test
    void flowsAreNotListed() {
        Response answer = given().get("/auth/login_flow");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
        assertThat(answer.asString()).isEmpty();
    }

    private static void assertMessage(Response answer, int status, String message) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.<String>path("message")).isEqualTo(message);
    }
}
