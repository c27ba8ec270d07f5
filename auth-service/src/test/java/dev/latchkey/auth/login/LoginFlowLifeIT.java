package dev.latchkey.auth.login;

import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.startFlow;
import static dev.latchkey.auth.People.submit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a login flow lives, whom it belongs to and what ends it. */
@AuthServiceTest
class LoginFlowLifeIT {

    @Inject
    People people;

    @Inject
    PasswordProvider passwords;

    @Inject
    LoginFlowService flows;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void aSignInThatBeganBeforeThePasswordWasChangedDoesNotGoOn() {
        Person person = people.someone();
        CodeRequest request = new CodeRequest(CodeKind.AUTHORIZE, CLIENT_ID, People.REDIRECT_URI, null);
        LoginFlow flow = flows.start(request, null, true, InetAddress.getLoopbackAddress());
        VerifiedCredential before =
                passwords.verify(person.username(), person.password()).orElseThrow();

        passwords.changePassword(person.id(), "none", person.password(), "another horse", false);

        assertThat(flows.signedIn(flow, before, false, InetAddress.getLoopbackAddress()))
                .isEmpty();
    }

    @Test
    void aFinishedFlowIsUnknown() {
        Person person = people.someone();
        String flowId = flow();
        submit(flowId, CLIENT_ID, person.username(), person.password());

        LoginFlowIT.assertUnknown(submit(flowId, CLIENT_ID, person.username(), person.password()));
    }

    @Test
    void aFlowIsFinishedOnceHoweverManyTryAtOnce() {
        Person person = people.someone();
        String flowId = flow();

        List<Response> answers = atOnce(20, () -> submit(flowId, CLIENT_ID, person.username(), person.password()));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 404))
                .hasSize(19);
    }

    @Test
    void aFlowEndsAfterTenMinutes() {
        clock.stop();
        Person person = people.someone();
        String young = flow();
        String old = flow();

        clock.advance(Duration.ofSeconds(599));
        submit(young, CLIENT_ID, person.username(), person.password()).then().statusCode(200);
        clock.advance(Duration.ofSeconds(2));

        LoginFlowIT.assertUnknown(submit(old, CLIENT_ID, person.username(), person.password()));
        LoginFlowIT.assertUnknown(given().delete("/auth/login_flow/" + old));
    }

    @Test
    void aFlowBelongsToItsIdNotToAnAddress() {
        Person person = people.someone();
        String flowId = flow();

        from("8.8.8.8")
                .body("{\"client_id\":\"" + CLIENT_ID + "\",\"username\":\"" + person.username() + "\",\"password\":\""
                        + person.password() + "\"}")
                .post("/auth/login_flow/" + flowId)
                .then()
                .body("type", equalTo("create_entry"));
    }

    @Test
    void anotherAppCannotFinishAFlowAndTheFlowIsGone() {
        Person person = people.someone();
        String flowId = flow();

        Response answer = submit(flowId, "http://127.0.0.1:1/", person.username(), person.password());

        LoginFlowIT.assertMessage(answer, 403, "Invalid redirect URI");
        LoginFlowIT.assertUnknown(submit(flowId, CLIENT_ID, person.username(), person.password()));
    }

    @Test
    void anUnknownFlowIsUnknownToEveryMethod() {
        String unknown = "0123456789abcdef0123456789abcdef";

        LoginFlowIT.assertUnknown(submit(unknown, CLIENT_ID, "a", "b"));
        LoginFlowIT.assertUnknown(given().get("/auth/login_flow/" + unknown));
        LoginFlowIT.assertUnknown(given().delete("/auth/login_flow/" + unknown));
        LoginFlowIT.assertUnknown(given().get("/auth/login_flow/" + flow()));
    }

    @Test
    void aFlowCanBeAborted() {
        String flowId = flow();

        LoginFlowIT.assertMessage(given().delete("/auth/login_flow/" + flowId), 200, "Flow aborted");

        LoginFlowIT.assertUnknown(given().delete("/auth/login_flow/" + flowId));
        LoginFlowIT.assertUnknown(submit(flowId, CLIENT_ID, "a", "b"));
    }

    @Test
    void twoFlowsOfOnePersonDoNotKnowEachOther() {
        Person person = people.someone();
        String one = flow();
        String other = flow();
        assertThat(one).isNotEqualTo(other).matches("[0-9a-f]{32}");

        given().delete("/auth/login_flow/" + one);

        submit(other, CLIENT_ID, person.username(), person.password()).then().statusCode(200);
    }

    private String flow() {
        return startFlow(People.loginFlow()).then().statusCode(200).extract().path("flow_id");
    }
}
