package dev.latchkey.auth.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.auth.AuthServiceTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may call what from a browser ({@code spec/auth.md} 1.1 and 1.5). */
@AuthServiceTest
class CrossOriginIT {

    private static final String LISTED = "https://cast.home-assistant.io";
    private static final String ANY = "http://example.com";

    @ParameterizedTest
    @CsvSource({
        "/auth/token, POST",
        "/auth/revoke, POST",
        "/.well-known/oauth-authorization-server, GET",
        "/.well-known/oauth-protected-resource, GET",
        "/.well-known/jwks.json, GET"
    })
    void aPageOfAnyOriginMayUseTheTokenEndpointsAndReadTheMetadata(String path, String method) {
        for (String origin : new String[] {ANY, LISTED, "null", "capacitor://localhost"}) {
            preflight(path, origin, method)
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", origin)
                    .header("Access-Control-Allow-Methods", method)
                    .header("Access-Control-Allow-Credentials", nullValue())
                    .header("Vary", "Origin")
                    .body(equalTo(""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/providers",
                "/auth/login_flow",
                "/auth/login_flow/x",
                "/api/onboarding/users",
                "/auth/introspect",
                "/api/"
            })
    void elsewhereOnlyListedOriginsMayCall(String path) {
        assertRefused(preflight(path, ANY, "POST"));
        assertRefused(preflight(path, "null", "POST"));
        assertRefused(preflight(path, LISTED + ".evil.example", "POST"));
        preflight(path, LISTED, "POST").then().statusCode(200).header("Access-Control-Allow-Origin", LISTED);

        given().header("Origin", ANY).post(path).then().header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", LISTED).post(path).then().header("Access-Control-Allow-Origin", LISTED);
    }

    @Test
    void noPageMayCallThePageWherePeopleSignIn() {
        assertRefused(preflight("/auth/authorize", LISTED, "POST"));
        given().header("Origin", LISTED)
                .get("/auth/authorize")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void aPreflightWithoutAnOriginIsRefused() {
        assertRefused(given().header("Access-Control-Request-Method", "POST").options("/auth/token"));
    }

    @Test
    void onlyKnownRequestHeadersAreAllowed() {
        requesting("content-type").then().header("Access-Control-Allow-Headers", "CONTENT-TYPE");
        requesting("Content-Type, X-Evil,authorization")
                .then()
                .header("Access-Control-Allow-Headers", "AUTHORIZATION,CONTENT-TYPE");
        requesting("X-Evil").then().statusCode(200).header("Access-Control-Allow-Headers", "");
    }

    @Test
    void onlyMethodsThatThereAreAreAllowed() {
        preflight("/auth/token", ANY, "TRACE").then().header("Access-Control-Allow-Methods", nullValue());
        preflight("/auth/token", ANY, "POST, PUT").then().header("Access-Control-Allow-Methods", nullValue());
    }

    @Test
    void everyAnswerIsReadableByThePageErrorsToo() {
        RequestSpecification page = given().header("Origin", ANY);
        page.formParam("grant_type", "password")
                .post("/auth/token")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", ANY);
        given().header("Origin", ANY)
                .formParam("token", "x")
                .post("/auth/revoke")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", ANY)
                .header("Access-Control-Allow-Credentials", nullValue());
        given().header("Origin", ANY)
                .get("/auth/token")
                .then()
                .statusCode(405)
                .header("Access-Control-Allow-Origin", ANY);
        given().header("Origin", ANY)
                .contentType("multipart/form-data; boundary=x")
                .body("--x".getBytes())
                .post("/auth/token")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", ANY);
    }

    @Test
    void withoutAnOriginNothingIsSaid() {
        given().post("/auth/token").then().header("Access-Control-Allow-Origin", nullValue());
    }

    private static Response requesting(String headers) {
        return given().header("Origin", ANY)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", headers)
                .options("/auth/token");
    }

    private static Response preflight(String path, String origin, String method) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .options(path);
    }

    private static void assertRefused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.<String>path("message")).startsWith("CORS preflight request failed");
    }
}
