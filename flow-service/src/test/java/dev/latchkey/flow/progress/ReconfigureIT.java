package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.form.Secret;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changing an entry that is there ({@code spec/flows.md} 5.4), also while it is healed. */
@FlowServiceTest
class ReconfigureIT extends ReauthTesting {

    @Test
    void whileAnEntryIsReconfiguredNoReauthenticationStarts() {
        Flows.reconfigure("t_auth", entry).then().statusCode(200).body("type", equalTo("form"));

        refused.fire(new AuthenticationRefused(entry, "refused"));

        assertThat(Flows.open("t_auth")).extracting("step_id").containsExactly("reconfigure");
    }

    @Test
    void aRefusedEntryWhoseReconfigurationIsAbandonedAsksForCredentials() {
        String flow = Flows.reconfigure("t_auth", entry).path("flow_id");
        FakeAccounts.revoke(HOST, "old");
        admin().post(Flows.BASE + "/entry/" + entry + "/reload").then().statusCode(200);
        assertThat(Flows.open("t_auth")).extracting("step_id").containsExactly("reconfigure");

        admin().delete(Flows.BASE + "/flow/" + flow).then().statusCode(200);

        await().untilAsserted(() ->
                assertThat(Flows.open("t_auth")).extracting("step_id").containsExactly("reauth_confirm"));
    }

    @Test
    void aReconfigurationThatHealsAnEntryLeavesNoReauthentication() {
        tokenDies();
        FakeAccounts.account(HOST, "new", "user-1");
        String flow = Flows.reconfigure("t_auth", entry).path("flow_id");

        Flows.submit(flow, Map.of("host", HOST, "api_token", "new"))
                .then()
                .body("reason", equalTo("reconfigure_successful"));

        await().untilAsserted(() -> assertThat(Flows.open("t_auth")).isEmpty());
        await().during(Duration.ofMillis(500)).until(() -> Flows.open("t_auth").isEmpty());
    }

    @Test
    void aReauthenticationKeepsNobodyFromStartingToAddTheAccount() {
        tokenDies();
        FakeAccounts.account(HOST, "new", "user-1");
        String flow = Flows.started("t_auth");

        Flows.submit(flow, Map.of("host", HOST, "api_token", "new"))
                .then()
                .body("reason", equalTo("already_configured"));
    }

    @Test
    void reconfiguringMovesTheEntryAndKeepsASecretThatIsLeftOut() {
        FakeAccounts.account("moved.example", "old", "user-1");
        Response form = Flows.reconfigure("t_auth", entry);
        form.then()
                .statusCode(200)
                .body("step_id", equalTo("reconfigure"))
                .body("data_schema.find { it.name == 'api_token' }.required", equalTo(false))
                .body("data_schema.find { it.name == 'host' }.description.suggested_value", equalTo(HOST));
        assertThat(form.asString()).doesNotContain("\"old\"");
        String flow = form.path("flow_id");

        Flows.submit(flow, Map.of("host", "nowhere.example")).then().body("errors.base", equalTo("cannot_connect"));
        Flows.submit(flow, Map.of("host", "moved.example"))
                .then()
                .statusCode(200)
                .body("reason", equalTo("reconfigure_successful"))
                .body("entry_id", equalTo(entry));

        assertThat(entries.find(entry).orElseThrow().data().data())
                .isEqualTo(Map.of("host", "moved.example", "api_token", Secret.of("old")));
        assertThat(Flows.entries("t_auth")).hasSize(1);
    }

    @Test
    void reconfiguringWithAnotherAccountChangesNothing() {
        FakeAccounts.account(HOST, "foreign", "user-2");
        String flow = Flows.reconfigure("t_auth", entry).path("flow_id");

        Flows.submit(flow, Map.of("host", HOST, "api_token", "foreign"))
                .then()
                .body("reason", equalTo("wrong_account"));

        assertThat(token()).isEqualTo(Secret.of("old"));
    }

    @Test
    void anEntryIsReconfiguredByOneFlowAtATime() {
        Flows.reconfigure("t_auth", entry);

        Flows.reconfigure("t_auth", entry).then().statusCode(200).body("reason", equalTo("already_in_progress"));
        Flows.reconfigure("t_reconf", entry).then().statusCode(404).body("message", equalTo("Invalid entry specified"));
    }

    @Test
    void aReauthenticationDoesNotKeepAnybodyFromReconfiguring() {
        tokenDies();

        Flows.reconfigure("t_auth", entry).then().statusCode(200).body("type", equalTo("form"));
        assertThat(Flows.open("t_auth")).extracting("step_id").containsExactly("reauth_confirm", "reconfigure");
    }
}
