package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.entry.AuthenticationRefused;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the topic is told of flows (decision F12): W7 of {@code spec/flows.md} 1.2 is fed from it. */
@FlowServiceTest
class FlowEventsIT {

    private static final String HOST = "events.example";

    @Inject
    World world;

    @Inject
    Event<AuthenticationRefused> refused;

    @AfterEach
    void clear() {
        Flows.clear();
        FakeAccounts.goAway(HOST);
    }

    @Test
    void aFlowIsToldWhenItBeginsAsListsShowItAndWhenItEnds() {
        String flow = Flows.started("t_form");

        assertThat(types(flow)).containsExactly("started");
        JsonPath started = payload(flow, "started");
        assertThat(started.<Map<String, Object>>get("flow"))
                .isEqualTo(Flows.open("t_form").getFirst());
        assertThat(started.getString("flow_id")).isEqualTo(flow);
        assertThat(started.getString("source")).isEqualTo("user");

        Flows.end(flow);

        assertThat(types(flow)).containsExactly("started", "ended");
        assertThat(payload(flow, "ended").<Map<String, Object>>get("$"))
                .containsEntry("flow_id", flow)
                .containsEntry("source", "user")
                .containsEntry("entry_id", null);
    }

    @Test
    void aFlowThatEndsInItsFirstStepIsNeverTold() {
        Response aborted = Flows.start("t_abort");
        aborted.then().body("type", equalTo("abort"));

        assertThat(types(aborted.path("flow_id"))).isEmpty();
    }

    @Test
    void whatIsEnteredIsInNoEvent() {
        String secret = "pl4nted-secret-value";
        FakeAccounts.account(HOST, secret, "user-9");
        String flow = Flows.started("t_auth");
        Flows.submit(flow, Map.of("host", HOST, "api_token", secret)).then().body("type", equalTo("create_entry"));

        assertThat(types(flow)).containsExactly("started", "ended");
        assertThat(world.column("select payload::text from outbox"))
                .isNotEmpty()
                .noneMatch(payload -> payload.contains(secret));
    }

    @Test
    void aReauthenticationIsToldWithItsEntryAndEndsWithIt() {
        FakeAccounts.account(HOST, "old", "user-9");
        Response created = Flows.submit(Flows.started("t_auth"), Map.of("host", HOST, "api_token", "old"));
        String entry = created.path("result.entry_id");
        refused.fire(new AuthenticationRefused(entry, "refused"));
        String flow = (String) Flows.open("t_auth").getFirst().get("flow_id");

        assertThat(payload(flow, "started").getString("source")).isEqualTo("reauth");
        assertThat(payload(flow, "started").getString("entry_id")).isEqualTo(entry);

        admin().delete(Flows.BASE + "/entry/" + entry).then().statusCode(200);

        assertThat(types(flow)).containsExactly("started", "ended");
        assertThat(payload(flow, "ended").getString("source")).isEqualTo("reauth");
    }

    @Test
    void anEntryIsToldWithTheTypeThatFiltersGoBy() {
        Flows.submit(Flows.started("t_uid"), "{}");
        String entry = (String) Flows.entries("t_uid").getFirst().get("entry_id");

        assertThat(world.column(
                        "select payload ->> 'integration_type' from outbox where aggregateid = ?"
                                + " and type = 'dev.latchkey.flow.entry.created.v1'",
                        entry))
                .containsExactly("service");
    }

    private List<String> types(String flowId) {
        return world.column(
                "select replace(replace(type, 'dev.latchkey.flow.flow.', ''), '.v1', '') from outbox"
                        + " where aggregateid = ? order by sequence",
                flowId);
    }

    private JsonPath payload(String flowId, String type) {
        return JsonPath.from(world.column(
                        "select payload::text from outbox where aggregateid = ? and type = ?",
                        flowId,
                        "dev.latchkey.flow.flow." + type + ".v1")
                .getFirst());
    }
}
