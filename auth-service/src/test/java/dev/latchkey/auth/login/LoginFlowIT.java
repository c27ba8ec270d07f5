package dev.latchkey.auth.login;

import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.startFlow;
import static dev.latchkey.auth.People.submit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in by {@code /auth/login_flow/{flow_id}} ({@code spec/auth.md} 1.5, 3.5). */
@AuthServiceTest
class LoginFlowIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Test
    void theRightPasswordFinishesTheFlowWithACode() {
        Person person = people.someone();
        String flowId = flow();

        Response answer = submit(flowId, CLIENT_ID, person.username(), person.password());

        answer.then()
                .statusCode(200)
                .body("type", equalTo("create_entry"))
                .body("flow_id", equalTo(flowId))
                .body("handler", equalTo(Arrays.asList("homeassistant", null)))
                .body("result", matchesPattern("[A-Za-z0-9_-]{43}"));
        redeem(answer.path("result")).then().statusCode(200);
    }

    @Test
    void usernamesAreComparedWithoutCaseAndOuterSpace() {
        Person person = people.someone();

        submit(flow(), CLIENT_ID, "  " + person.username().toUpperCase(Locale.ROOT) + " ", person.password())
                .then()
                .body("type", equalTo("create_entry"));
    }

    @Test
    void aWrongPasswordOrAnUnknownNameShowsTheSameFormAgain() {
        Person person = people.someone();
        String flowId = flow();

        for (Response answer : List.of(
                submit(flowId, CLIENT_ID, person.username(), "wrong"),
                submit(flowId, CLIENT_ID, "nobody", person.password()),
                submit(flowId, CLIENT_ID, "", ""),
                submit(flowId, CLIENT_ID, person.username(), person.password() + "\u0000"),
                submit(flowId, CLIENT_ID, person.username() + "\u0000", person.password()),
                submit(flowId, CLIENT_ID, person.username(), "x".repeat(30_000)))) {
            answer.then()
                    .statusCode(200)
                    .body("type", equalTo("form"))
                    .body("flow_id", equalTo(flowId))
                    .body("step_id", equalTo("init"))
                    .body("errors", equalTo(Map.of("base", "invalid_auth")));
        }
        submit(flowId, CLIENT_ID, person.username(), person.password()).then().body("type", equalTo("create_entry"));
    }

    @Test
    void everyCharacterOfAPasswordCounts() {
        assertThat(People.PASSWORD.length()).isLessThan(72);
        Person person = people.someone();
        String flowId = flow();

        for (String almost : List.of(
                person.password() + " ",
                " " + person.password(),
                person.password().toUpperCase(Locale.ROOT))) {
            submit(flowId, CLIENT_ID, person.username(), almost).then().body("type", equalTo("form"));
        }
    }

    @Test
    void theCodeIsForTheClientIdOfTheLastStep() {
        Person person = people.someone();
        String code = submit(flow(), "https://app.example", person.username(), person.password())
                .path("result");

        redeem(code, CLIENT_ID).then().statusCode(400);
        redeem(code, "https://app.example").then().statusCode(200);
    }

    @Test
    void aWrongPasswordIsSaidBeforeAnythingAboutTheRedirectUri() {
        submit(flow(), "http://127.0.0.1:1/", people.someone().username(), "wrong")
                .then()
                .statusCode(200)
                .body("errors.base", equalTo("invalid_auth"));
    }

    @Test
    void whoIsNotActiveIsBlockedAfterTheRightPasswordOnly() {
        Person person = people.someone();
        users.update(person.id(), new UserChange(null, false, null, null));
        String flowId = flow();

        submit(flowId, CLIENT_ID, person.username(), "wrong").then().body("errors.base", equalTo("invalid_auth"));
        assertMessage(
                submit(flowId, CLIENT_ID, person.username(), person.password()),
                403,
                "Login blocked: User is not active");
        assertUnknown(submit(flowId, CLIENT_ID, person.username(), person.password()));
    }

    @Test
    void whoIsServedOnlyLocallyIsBlockedElsewhere() {
        Person person = people.someoneLocal();

        assertMessage(submitFrom("8.8.8.8", person), 403, "Login blocked: User cannot authenticate remotely");
        assertMessage(
                submitFrom("192.168.1.5, 8.8.8.8", person), 403, "Login blocked: User cannot authenticate remotely");
        submitFrom("192.168.1.5", person).then().body("type", equalTo("create_entry"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_id\":\"https://app.example/\"}",
                "{\"client_id\":\"https://app.example/\",\"username\":\"a\"}",
                "{\"client_id\":\"https://app.example/\",\"username\":null,\"password\":\"b\"}",
                "{\"client_id\":\"https://app.example/\",\"username\":\"a\",\"password\":5}",
                "{\"client_id\":\"https://app.example/\",\"username\":[\"a\"],\"password\":\"b\"}",
                "{\"client_id\":\"https://app.example/\",\"username\":\"a\",\"password\":\"b\",\"x\":1}"
            })
    void inputThatDoesNotFitTheFormIsMalformedAndTheFlowGoesOn(String body) {
        Person person = people.someone();
        String flowId = flow();

        assertMessage(given().body(body).post("/auth/login_flow/" + flowId), 400, "User input malformed");
        submit(flowId, CLIENT_ID, person.username(), person.password()).then().body("type", equalTo("create_entry"));
    }

    @Test
    void everyStepNamesAValidClient() {
        String flowId = flow();

        assertMessage(submit(flowId, "nope", "a", "b"), 400, "Invalid client id");
        given().body("{\"username\":\"a\",\"password\":\"b\"}")
                .post("/auth/login_flow/" + flowId)
                .then()
                .statusCode(400)
                .body("message", startsWith("Message format incorrect: required key not provided"));
        given().body("{\"client_id\":5,\"username\":\"a\",\"password\":\"b\"}")
                .post("/auth/login_flow/" + flowId)
                .then()
                .statusCode(400)
                .body("message", startsWith("Message format incorrect: expected str"));
    }

    private String flow() {
        return startFlow(People.loginFlow()).then().statusCode(200).extract().path("flow_id");
    }

    private Response submitFrom(String forwardedFor, Person person) {
        return from(forwardedFor)
                .body("{\"client_id\":\"" + CLIENT_ID + "\",\"username\":\"" + person.username() + "\",\"password\":\""
                        + person.password() + "\"}")
                .post("/auth/login_flow/" + flow());
    }

    static void assertUnknown(Response answer) {
        assertMessage(answer, 404, "Invalid flow specified");
    }

    static void assertMessage(Response answer, int status, String message) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"" + message + "\"}");
    }
}
