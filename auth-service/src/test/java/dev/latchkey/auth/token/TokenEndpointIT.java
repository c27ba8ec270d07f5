package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.Calls.token;
import static dev.latchkey.auth.People.CLIENT_ID;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.Tokens;
import dev.latchkey.testing.RawHttp;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request to the token endpoint has in common ({@code POST /auth/token}). */
@AuthServiceTest
class TokenEndpointIT {

    @Inject
    People people;

    @Test
    void theWholeWayFromSignInToRevocation() {
        Tokens tokens = people.signIn(people.someone("system-users"));

        api(tokens.accessToken()).then().statusCode(200).body("message", equalTo("API running."));
        given().multiPart("grant_type", "refresh_token")
                .multiPart("refresh_token", tokens.refreshToken())
                .multiPart("client_id", CLIENT_ID)
                .post("/auth/token")
                .then()
                .statusCode(200)
                .body("refresh_token", equalTo(null))
                .body("expires_in", equalTo(1800));
        given().formParam("token", tokens.refreshToken())
                .post("/auth/revoke")
                .then()
                .statusCode(200);
        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void aCodeCanBeRedeemedByAMultipartForm() {
        given().multiPart("grant_type", "authorization_code")
                .multiPart("code", people.code(people.someone()))
                .multiPart("client_id", CLIENT_ID)
                .post("/auth/token")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "client_credentials", "implicit", "Authorization_Code", "", "é", "\u0000"})
    void anyOtherGrantTypeIsUnsupported(String grantType) {
        assertUnsupported(token(Map.of("grant_type", grantType, "username", "a", "password", "b")));
    }

    @Test
    void aRequestWithoutAFormHasNoGrantType() {
        assertUnsupported(given().post("/auth/token"));
        assertUnsupported(token(Map.of()));
        assertUnsupported(given().contentType("application/json")
                .body("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"x\"}")
                .post("/auth/token"));
        assertUnsupported(given().contentType("text/plain")
                .body("grant_type=refresh_token")
                .post("/auth/token"));
        RawHttp.Answer untyped = RawHttp.post("/auth/token", "grant_type=refresh_token&refresh_token=x");
        assertThat(untyped.status()).isEqualTo(400);
        assertThat(untyped.body()).isEqualTo("{\"error\":\"unsupported_grant_type\"}");
    }

    @Test
    void theQueryIsNotReadAndACodeInItStaysGood() {
        String code = people.code(people.someone());

        assertUnsupported(given().queryParam("grant_type", "authorization_code")
                .queryParam("code", code)
                .queryParam("client_id", CLIENT_ID)
                .post("/auth/token"));
        given().queryParam("code", "other")
                .formParam("grant_type", "authorization_code")
                .formParam("client_id", CLIENT_ID)
                .post("/auth/token")
                .then()
                .statusCode(400);
        redeem(code).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, refresh_token",
        "client_id, https://app.example/",
        "refresh_token, x",
        "code, x",
        "redirect_uri, https://app.example/cb",
        "code_verifier, x",
        "action, x"
    })
    void aRepeatedParameterIsAnInvalidRequest(String name, String value) {
        for (String grantType : new String[] {"refresh_token", "authorization_code"}) {
            var request = given().formParam(name, value, value);
            if (!"grant_type".equals(name)) {
                request.formParam("grant_type", grantType);
            }
            if (!"client_id".equals(name)) {
                request.formParam("client_id", CLIENT_ID);
            }
            request.post("/auth/token").then().statusCode(400).body("error", equalTo("invalid_request"));
        }
    }

    @Test
    void aRepeatedParameterSpendsNothing() {
        String code = people.code(people.someone());

        given().formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("client_id", CLIENT_ID)
                .formParam("redirect_uri", People.REDIRECT_URI, "https://evil.example/")
                .post("/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));

        redeem(code).then().statusCode(200);
    }

    @Test
    void aFilePartBesideTheParametersIsIgnored() {
        String refreshToken = people.signIn(people.someone()).refreshToken();

        given().multiPart("grant_type", "refresh_token")
                .multiPart("refresh_token", refreshToken)
                .multiPart("client_id", CLIENT_ID)
                .multiPart("photo", "photo.png", new byte[] {1, 2, 3}, "image/png")
                .post("/auth/token")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD"})
    void onlyPostIsAllowed(String method) {
        given().request(method, "/auth/token").then().statusCode(405).header("Allow", containsString("POST"));
        given().request(method, "/auth/revoke").then().statusCode(405).header("Allow", containsString("POST"));
    }

    private static void assertUnsupported(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"unsupported_grant_type\"}");
        assertThat(answer.contentType()).isEqualTo("application/json");
    }
}
