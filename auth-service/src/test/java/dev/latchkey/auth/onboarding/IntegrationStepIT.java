package dev.latchkey.auth.onboarding;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.REDIRECT_URI;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.OwnDatabase;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the owner gets from onboarding to an app ({@code spec/auth.md} 1.7). It is done once, so these rules come in order. */
@AuthServiceTest
@TestProfile(OwnDatabase.class)
@TestMethodOrder(OrderAnnotation.class)
class IntegrationStepIT {

    private static final Map<String, Object> APP = Map.of("client_id", CLIENT_ID, "redirect_uri", REDIRECT_URI);

    @Inject
    People people;

    @Test
    @Order(1)
    void nobodyWithoutATokenFinishesIt() {
        People.post("/api/onboarding/integration", APP)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("resource_metadata"));
        finish("no-token", APP).then().statusCode(401);
        assertDone(false);
    }

    @Test
    @Order(1)
    void itIsForAdministrators() {
        finish(people.signIn(people.someone("system-users")).accessToken(), APP)
                .then()
                .statusCode(403)
                .body("message", equalTo("Forbidden"));
        assertDone(false);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "client_id, ''",
        "client_id, nope",
        "client_id, ftp://app.example/",
        "redirect_uri, ''",
        "redirect_uri, https://elsewhere.example/",
        "redirect_uri, javascript:alert(1)"
    })
    void anAppThatIsNotWhatItSaysGetsNoCode(String field, String value) {
        finish(owner(), People.with(APP, field, value))
                .then()
                .statusCode(400)
                .body("message", equalTo("invalid client id or redirect uri"));
        assertDone(false);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"client_id", "redirect_uri"})
    void everyKeyIsNeeded(String key) {
        Map<String, Object> message = new LinkedHashMap<>(APP);
        message.remove(key);

        finish(owner(), message)
                .then()
                .statusCode(400)
                .body("message", equalTo("Message format incorrect: required key not provided @ data['" + key + "']"));
        finish(owner(), People.with(APP, key, 5))
                .then()
                .statusCode(400)
                .body("message", startsWith("Message format incorrect"));
        finish(owner(), People.with(APP, key, "x".repeat(5_000))).then().statusCode(400);
        assertDone(false);
    }

    @Test
    @Order(1)
    void aTokenThatNoSignInStandsBehindIsNoSignIn() {
        try (SocketClient socket = SocketClient.signedIn(people.signIn(people.owner()))) {
            String longLived = socket.result("auth/long_lived_access_token", "client_name", "Script")
                    .textValue();

            finish(longLived, APP)
                    .then()
                    .statusCode(403)
                    .body("message", equalTo("Credentials for user not available"));
        }
        assertDone(false);
    }

    @Test
    @Order(2)
    void ofManyCallsAtOnceOneGetsACodeForTheOwner() {
        String token = owner();

        List<Response> answers = atOnce(10, () -> finish(token, APP));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 403))
                .hasSize(9)
                .allMatch(answer -> answer.asString().equals("{\"message\":\"Integration step already done\"}"));
        Response finished = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(finished.jsonPath().getMap("")).containsOnlyKeys("auth_code");
        String code = finished.path("auth_code");
        String accessToken = redeem(code).then().statusCode(200).extract().path("access_token");
        api(accessToken).then().statusCode(200);
        introspect(accessToken).then().body("sub", equalTo(people.owner().id())).body("client_id", equalTo(CLIENT_ID));
        redeem(code).then().statusCode(400);
    }

    @Test
    @Order(3)
    void whenItIsDoneItIsDone() {
        assertDone(true);
        for (Map<String, Object> app : List.of(APP, People.with(APP, "client_id", "nope"))) {
            finish(owner(), app).then().statusCode(403).body("message", equalTo("Integration step already done"));
        }
    }

    private String owner() {
        Tokens tokens = people.signIn(people.owner());
        return tokens.accessToken();
    }

    private static Response finish(String accessToken, Map<String, Object> app) {
        return given().header("Authorization", "Bearer " + accessToken)
                .contentType("text/plain; charset=utf-8")
                .body(People.json(app))
                .post("/api/onboarding/integration");
    }

    private static void assertDone(boolean done) {
        given().get("/api/onboarding")
                .then()
                .body("step", equalTo(List.of("user", "integration")))
                .body("[1].done", equalTo(done));
    }
}
