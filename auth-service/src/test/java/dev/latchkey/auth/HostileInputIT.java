package dev.latchkey.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.RawHttp;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger sends, the answer is a client error of the known shape, and never 500. */
@AuthServiceTest
class HostileInputIT {

    private static final List<String> JSON_ENDPOINTS =
            List.of("/auth/login_flow", "/auth/login_flow/0123456789abcdef0123456789abcdef", "/api/onboarding/users");

    private static final List<String> FORM_ENDPOINTS = List.of("/auth/token", "/auth/revoke", "/auth/introspect");

    private static final List<String> FORM_FIELDS = List.of(
            "grant_type",
            "action",
            "code",
            "client_id",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "token",
            "token_type_hint");

    private static final RestAssuredConfig UTF_8 = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8"));

    static final List<String> HOSTILE_TEXTS = List.of(
            "\u0000",
            "https://app.example/\u0000",
            "a\u0000b",
            "é",
            "\u202e\ufeff",
            "😀",
            "' or 1=1; --",
            "%00",
            "%",
            "../../etc/passwd",
            "${jndi:ldap://127.0.0.1/x}",
            "{inject}",
            "x".repeat(12_000),
            "https://" + "a".repeat(9_000) + ".example/",
            "https://app.example/" + "é".repeat(3_000),
            "http://[bad",
            "https://",
            "http:///x",
            "http:foo",
            "//",
            ":",
            "\t\r\n");

    @Inject
    People people;

    @BeforeEach
    void anInstallationWithAnOwner() {
        people.owner();
    }

    @ParameterizedTest
    @FieldSource("HOSTILE_TEXTS")
    void noTextInAFormIsTooMuch(String text) {
        for (String endpoint : FORM_ENDPOINTS) {
            for (String field : FORM_FIELDS) {
                for (String grantType : List.of("authorization_code", "refresh_token")) {
                    var request = given().config(UTF_8).formParam(field, text);
                    if (!"grant_type".equals(field)) {
                        request.formParam("grant_type", grantType);
                    }
                    if (!"client_id".equals(field)) {
                        request.formParam("client_id", People.CLIENT_ID);
                    }
                    assertThat(request.post(endpoint).statusCode())
                            .as("%s %s %s", endpoint, field, grantType)
                            .isIn(200, 400, 401, 413);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("HOSTILE_TEXTS")
    void noTextInALoginFlowIsTooMuch(String text) {
        String flowId = People.startFlow(People.loginFlow()).path("flow_id");
        for (String field : People.loginFlow().keySet()) {
            if (!"handler".equals(field)) {
                assertThat(People.startFlow(People.with(People.loginFlow(), field, text))
                                .statusCode())
                        .as(field)
                        .isIn(200, 400, 404);
            }
        }
        assertThat(People.startFlow(People.with(People.loginFlow(), "handler", List.of(text, text)))
                        .statusCode())
                .isIn(400, 404);
        assertThat(People.startFlow(People.with(People.loginFlow(), text, text)).statusCode())
                .isEqualTo(400);
        assertThat(People.submit(flowId, People.CLIENT_ID, text, text).statusCode())
                .isEqualTo(200);
        assertThat(People.submit(flowId, text, "u", "p").statusCode()).isIn(400, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00\\ud800", "\\ud800\\u0000"})
    void halfACharacterIsNotTooMuch(String escaped) {
        String flowId = People.startFlow(People.loginFlow()).path("flow_id");
        for (String field : List.of("client_id", "redirect_uri", "code_challenge", "type")) {
            String body =
                    People.json(People.with(People.loginFlow(), field, "HALF")).replace("HALF", escaped);
            assertThat(RawHttp.post("/auth/login_flow", body).status())
                    .as(field)
                    .isIn(200, 400);
        }
        String body = "{\"client_id\":\"" + People.CLIENT_ID + "\",\"username\":\"" + escaped + "\",\"password\":\""
                + escaped + "\"}";
        assertThat(RawHttp.post("/auth/login_flow/" + flowId, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE_TEXTS")
    void noFlowIdIsTooMuch(String text) {
        String path = "/auth/login_flow/" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        assertThat(RawHttp.post(path, "{}").status()).isIn(400, 404, 414);
        assertThat(RawHttp.send("DELETE", path).status()).isIn(400, 404, 414);
    }

    static Stream<String> notJson() {
        return Stream.of(
                "",
                " ",
                "{bad",
                "{\"client_id\":1}{}",
                "[".repeat(20_000),
                "{\"a\":".repeat(5_000),
                "[".repeat(1_000) + "]".repeat(1_000),
                "{\"client_id\":\"a\",\"client_id\":\"b\"}",
                "{\"a\":" + "9".repeat(30_000) + "}",
                "{\"a\":NaN}",
                "{'a':1}",
                "// comment\n{}",
                "\u0000",
                "\u00ff\u00fe{",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\ud8\"}");
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNoJsonIsRefusedAsSuch(String body) {
        for (String endpoint : JSON_ENDPOINTS) {
            RawHttp.Answer answer = RawHttp.post(endpoint, body, "Content-Type: text/plain");
            assertThat(answer.status()).as(endpoint).isEqualTo(400);
            assertThat(answer.body()).as(endpoint).isEqualTo("{\"message\":\"Invalid JSON.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "5", "1e400", "\"text\"", "[]", "[[]]"})
    void jsonThatIsNoObjectIsRefusedAsSuch(String body) {
        for (String endpoint : JSON_ENDPOINTS) {
            RawHttp.Answer answer = RawHttp.post(endpoint, body);
            assertThat(answer.status()).as(endpoint).isEqualTo(400);
            assertThat(answer.body())
                    .as(endpoint)
                    .isEqualTo("{\"message\":\"Message format incorrect: expected a dictionary\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-99",
                "application/json; charset=\u0001",
                "application/json; charset=",
                "application/x-www-form-urlencoded; charset=utf-99",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=x; charset=utf-99",
                "nonsense",
                "/",
                ";",
                "*/*",
                "text/plain; charset=\"",
                "application/x-www-form-urlencoded, multipart/form-data"
            })
    void noContentTypeIsTooMuch(String contentType) {
        for (String endpoint :
                Stream.concat(JSON_ENDPOINTS.stream(), FORM_ENDPOINTS.stream()).toList()) {
            for (String body : List.of("{}", "a=b", "--x\r\nfoo", "")) {
                RawHttp.Answer answer = RawHttp.post(endpoint, body, "Content-Type: " + contentType);
                assertThat(answer.status()).as("%s %s", endpoint, body).isIn(200, 400, 401, 404, 415);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a=%", "a=%ff%fe", "=", "&&&=&", "a=b&a=b;c", "\u0000=\u0000", "a=%00"})
    void noFormIsTooMuch(String body) {
        for (String endpoint : FORM_ENDPOINTS) {
            RawHttp.Answer answer = RawHttp.post(endpoint, body, "Content-Type: application/x-www-form-urlencoded");
            assertThat(answer.status()).as(endpoint).isIn(200, 400, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--x\r\nfoo",
                "--x\r\n\r\n\r\n--x--",
                "--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"token\"; filename=\"a.txt\"\r\n\r\na\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"token\"\r\nContent-Type: text/plain; charset=utf-99\r\n\r\na\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"token\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n",
                "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\na",
                "--y--\r\n"
            })
    void noMultipartFormIsTooMuch(String body) {
        for (String endpoint : FORM_ENDPOINTS) {
            RawHttp.Answer answer = RawHttp.post(endpoint, body, "Content-Type: multipart/form-data; boundary=x");
            assertThat(answer.status()).as(endpoint).isIn(200, 400, 401);
        }
    }

    @Test
    void theTokenEndpointSaysInItsOwnShapeThatAFormCannotBeRead() {
        String multipart = "Content-Type: multipart/form-data; boundary=x";
        String unreadable =
                "--x\r\nContent-Disposition: form-data; name=\"token\"\r\nContent-Type: text/plain; charset=utf-99\r\n\r\na\r\n--x--\r\n";

        RawHttp.Answer token = RawHttp.post("/auth/token", unreadable, multipart);
        assertThat(token.status()).isEqualTo(400);
        assertThat(token.body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"The form cannot be read\"}");
        assertThat(RawHttp.post("/auth/revoke", unreadable, multipart).body())
                .isEqualTo("{\"message\":\"The form cannot be read\"}");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedUnread() {
        for (String endpoint :
                Stream.concat(JSON_ENDPOINTS.stream(), FORM_ENDPOINTS.stream()).toList()) {
            RawHttp.Answer answer = RawHttp.post(
                    endpoint, "a=" + "x".repeat(10_000_000), "Content-Type: application/x-www-form-urlencoded");
            assertThat(answer.status()).as(endpoint).isEqualTo(413);
        }
    }

    @Test
    void aFormOfManyFieldsIsRefused() {
        RawHttp.Answer answer =
                RawHttp.post("/auth/token", "a=b&".repeat(10_000), "Content-Type: application/x-www-form-urlencoded");

        assertThat(answer.status()).isIn(400, 413);
    }
}
