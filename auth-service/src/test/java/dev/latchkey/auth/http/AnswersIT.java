package dev.latchkey.auth.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.testing.RawHttp;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has in common (decision A13; {@code spec/auth.md} 1.0). */
@AuthServiceTest
class AnswersIT {

    private static final Map<String, String> ALWAYS = Map.of(
            "Referrer-Policy", "no-referrer", "X-Content-Type-Options", "nosniff", "X-Frame-Options", "SAMEORIGIN");

    @Inject
    People people;

    @BeforeEach
    void anInstallationWithAnOwner() {
        people.owner();
    }

    @Test
    void everyAnswerCarriesTheHeadersThatProtectBrowsers() {
        String accessToken = people.signIn(people.someone()).accessToken();
        for (Response answer : List.of(
                given().get("/auth/providers"),
                given().get("/.well-known/jwks.json"),
                given().header("Authorization", "Bearer " + accessToken).get("/api/"),
                given().get("/api/"),
                given().header("Authorization", "Bearer x").get("/api/"),
                given().post("/auth/token"),
                given().get("/auth/token"),
                given().post("/auth/revoke"),
                given().post("/auth/introspect"),
                given().get("/auth/login_flow"),
                given().body("{").post("/auth/login_flow"),
                given().delete("/auth/login_flow/x"),
                given().get("/unknown"),
                given().header("Origin", "http://example.com")
                        .header("Access-Control-Request-Method", "POST")
                        .options("/auth/token"),
                given().header("Access-Control-Request-Method", "POST").options("/auth/token"),
                given().options("/auth/token"))) {
            ALWAYS.forEach((name, value) ->
                    assertThat(answer.headers().getValues(name)).as(name).containsExactly(value));
            assertThat(answer.header("Server")).isNull();
            assertThat(answer.statusCode()).isLessThan(500);
        }
        RawHttp.Answer tooLarge = RawHttp.post("/auth/login_flow", "x".repeat(200_000));
        assertThat(tooLarge.status()).isEqualTo(413);
        ALWAYS.forEach((name, value) -> assertThat(tooLarge.header(name)).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unknown",
                "/auth",
                "/auth/unknown",
                "/auth/token/unknown",
                "/api/unknown",
                "/.well-known/unknown",
                "/auth/login_flow/x/y",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/q/swagger-ui",
                "/index.html"
            })
    void whatIsNotThereIsNotFoundForAnybody(String path) {
        for (String method : List.of("GET", "POST")) {
            for (String authorization : List.of("", "Bearer nonsense")) {
                Response answer = given().header("Authorization", authorization).request(method, path);

                assertThat(answer.statusCode()).as(method).isEqualTo(404);
                assertThat(answer.contentType()).isEqualTo("application/json");
                assertThat(answer.asString()).isEqualTo("{\"message\":\"Not Found\"}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/auth/token, 'GET HEAD PUT DELETE PATCH', POST",
        "/auth/revoke, 'GET HEAD PUT DELETE PATCH', POST",
        "/auth/introspect, 'GET HEAD PUT DELETE PATCH', POST",
        "/auth/providers, 'HEAD POST PUT DELETE PATCH', GET",
        "/auth/login_flow, 'HEAD PUT DELETE PATCH', POST",
        "/auth/login_flow/x, 'HEAD PUT PATCH', 'DELETE, GET, POST'",
        "/api/, 'HEAD POST PUT DELETE PATCH', GET",
        "/api/onboarding, 'HEAD POST PUT DELETE PATCH', GET",
        "/api/onboarding/users, 'GET HEAD PUT DELETE PATCH', POST",
        "/.well-known/jwks.json, 'HEAD POST PUT DELETE PATCH', GET",
        "/.well-known/oauth-authorization-server, 'HEAD POST PUT DELETE PATCH', GET",
        "/.well-known/oauth-protected-resource, 'HEAD POST PUT DELETE PATCH', GET"
    })
    void aMethodThatIsNotThereIsNotAllowedForAnybodyAndTheOthersAreNamed(String path, String methods, String allowed) {
        for (String method : methods.split(" ")) {
            for (String authorization : List.of("", "Bearer nonsense")) {
                Response answer = given().header("Authorization", authorization).request(method, path);

                assertThat(answer.statusCode()).as(method).isEqualTo(405);
                assertThat(answer.header("Allow")).as(method).contains(allowed);
                if (!"HEAD".equals(method)) {
                    assertThat(answer.asString()).isEqualTo("{\"message\":\"Method Not Allowed\"}");
                }
            }
        }
    }

    @Test
    void noAnswerSaysWhatTheServiceIsMadeOf() {
        for (RawHttp.Answer answer : List.of(
                RawHttp.send("GET", "/unknown"),
                RawHttp.send("GET", "/auth/%zz"),
                RawHttp.send("GET", "/api/", "Host: a b"),
                RawHttp.post("/auth/token", "--x", "Content-Type: multipart/form-data; boundary=x"),
                RawHttp.post("/auth/login_flow", "{\"a\":"),
                RawHttp.post("/auth/login_flow", "x".repeat(200_000)))) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.body() + answer.headers())
                    .doesNotContainIgnoringCase("exception")
                    .doesNotContainIgnoringCase("quarkus")
                    .doesNotContainIgnoringCase("vert.x")
                    .doesNotContain("io.")
                    .doesNotContain("dev.latchkey");
        }
    }
}
