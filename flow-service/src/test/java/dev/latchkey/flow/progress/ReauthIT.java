package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.form.Secret;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Asking for new credentials: the cases of {@code spec/flows.md} 5.3 that concern flows, under decisions F7, F8 and F11. */
@FlowServiceTest
class ReauthIT extends ReauthTesting {

    @Test
    void aTokenThatDiesStartsOneFlowThatAsksForANewOne() {
        String flow = tokenDies();

        assertThat(Flows.open("t_auth"))
                .containsExactly(Map.of(
                        "flow_id",
                        flow,
                        "handler",
                        "t_auth",
                        "context",
                        Map.of(
                                "source",
                                "reauth",
                                "entry_id",
                                entry,
                                "title_placeholders",
                                Map.of("name", "MyIntegration"),
                                "unique_id",
                                "user-1"),
                        "step_id",
                        "reauth_confirm"));
        Flows.read(flow)
                .then()
                .statusCode(200)
                .body("type", equalTo("form"))
                .body("data_schema.name", contains("api_token"))
                .body("description_placeholders", equalTo(Map.of("name", "MyIntegration")));
        refused.fire(new AuthenticationRefused(entry, "again"));
        assertThat(Flows.open("t_auth")).hasSize(1);
    }

    @Test
    void ofAHundredRefusalsAtOnceOneStartsAFlow() {
        FakeAccounts.revoke(HOST, "old");
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> refused.fire(new AuthenticationRefused(entry, "refused")));
            }
        }

        assertThat(Flows.open("t_auth")).hasSize(1);
    }

    @Test
    void aNewTokenOfTheSameAccountHealsTheEntry() {
        String flow = tokenDies();
        FakeAccounts.account(HOST, "new", "user-1");

        Flows.submit(flow, Map.of("api_token", "new"))
                .then()
                .statusCode(200)
                .body("type", equalTo("abort"))
                .body("reason", equalTo("reauth_successful"))
                .body("entry_id", equalTo(entry));

        assertThat(entries.find(entry).orElseThrow().data().data())
                .isEqualTo(Map.of("host", HOST, "api_token", Secret.of("new")));
        await().untilAsserted(() -> assertThat(Flows.entries("t_auth"))
                .singleElement()
                .satisfies(json -> assertThat(json).containsEntry("state", "loaded")));
        assertThat(Flows.open("t_auth")).isEmpty();
    }

    @Test
    void aWrongTokenIsAnErrorOfTheFormFromWhichTheFlowRecovers() {
        String flow = tokenDies();
        FakeAccounts.account(HOST, "new", "user-1");

        Flows.submit(flow, Map.of("api_token", "wrong"))
                .then()
                .statusCode(200)
                .body("type", equalTo("form"))
                .body("errors", equalTo(Map.of("base", "invalid_auth")));
        Flows.read(flow).then().body("errors", equalTo(Map.of("base", "invalid_auth")));
        assertThat(token()).isEqualTo(Secret.of("old"));
        Flows.submit(flow, Map.of("api_token", "new")).then().body("reason", equalTo("reauth_successful"));
    }

    @Test
    void aTokenOfAnotherAccountChangesNothing() {
        String flow = tokenDies();
        FakeAccounts.account(HOST, "foreign", "user-2");

        Flows.submit(flow, Map.of("api_token", "foreign"))
                .then()
                .statusCode(200)
                .body("type", equalTo("abort"))
                .body("reason", equalTo("wrong_account"));

        assertThat(token()).isEqualTo(Secret.of("old"));
        assertThat(Flows.entries("t_auth"))
                .singleElement()
                .satisfies(json -> assertThat(json).containsEntry("state", "setup_error"));
    }

    @Test
    void aReauthenticationCanBeStartedAndIsFoundWhenItIsOpen() {
        Response started = admin().post(Flows.BASE + "/entry/" + entry + "/reauth");

        started.then().statusCode(200).body("type", equalTo("form")).body("step_id", equalTo("reauth_confirm"));
        admin().post(Flows.BASE + "/entry/" + entry + "/reauth")
                .then()
                .statusCode(200)
                .body("flow_id", equalTo(started.path("flow_id")));
        admin().post(Flows.BASE + "/entry/unknown/reauth")
                .then()
                .statusCode(404)
                .body("message", equalTo("Invalid entry specified"));
        admin().body("{\"reason\":1}")
                .post(Flows.BASE + "/entry/" + entry + "/reauth")
                .then()
                .statusCode(400);
        assertThat(Flows.open("t_auth")).hasSize(1);
    }

    @Test
    void aWorkerReportsThatCredentialsAreRefused() {
        FakeAccounts.revoke(HOST, "old");

        as(Bearers.WORKER)
                .body(Map.of("reason", "401 from the device"))
                .post(Flows.BASE + "/entry/" + entry + "/reauth")
                .then()
                .statusCode(200)
                .body("step_id", equalTo("reauth_confirm"));

        assertThat(Flows.open("t_auth")).hasSize(1);
    }

    @Test
    void aDisabledEntryIsNotHealed() {
        admin().body(Collections.singletonMap("disabled_by", "user"))
                .post(Flows.BASE + "/entry/" + entry + "/disable")
                .then()
                .statusCode(200);

        admin().post(Flows.BASE + "/entry/" + entry + "/reauth").then().statusCode(403);
        assertThat(Flows.open("t_auth")).isEmpty();
    }

    @Test
    void disablingAnEntryEndsItsReauthentication() {
        String flow = tokenDies();

        admin().body(Collections.singletonMap("disabled_by", "user"))
                .post(Flows.BASE + "/entry/" + entry + "/disable")
                .then()
                .statusCode(200);

        assertThat(Flows.open("t_auth")).isEmpty();
        Flows.read(flow).then().statusCode(404);
    }

    @Test
    void twoEntriesAreHealedOnTheirOwn() {
        FakeAccounts.account("two.example", "t2", "user-2");
        Response second = Flows.submit(Flows.started("t_auth"), Map.of("host", "two.example", "api_token", "t2"));

        refused.fire(new AuthenticationRefused(entry, "refused"));
        refused.fire(new AuthenticationRefused(second.path("result.entry_id"), "refused"));

        assertThat(Flows.open("t_auth")).hasSize(2);
    }

    @Test
    void noTokenIsInAnyAnswer() {
        String flow = tokenDies();
        FakeAccounts.account(HOST, "s3cr3t-canary", "user-1");
        Response wrong = Flows.submit(flow, Map.of("api_token", "wrong-canary"));
        Response listed = admin().get(Flows.FLOW);
        Response read = Flows.read(flow);
        Response done = Flows.submit(flow, Map.of("api_token", "s3cr3t-canary"));
        Response entriesListed = admin().get(Flows.BASE + "/entry");

        assertThat(List.of(wrong, listed, read, done, entriesListed))
                .allSatisfy(answer -> assertThat(answer.asString()).doesNotContain("canary"));
    }
}
