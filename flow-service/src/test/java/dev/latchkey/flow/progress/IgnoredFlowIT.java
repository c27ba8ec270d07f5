package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row W5 of {@code spec/flows.md} 1.2, as the socket asks for it, and cases W09 and W10. */
@FlowServiceTest
class IgnoredFlowIT {

    @Inject
    World world;

    @AfterEach
    void clear() {
        Flows.clear();
    }

    @Test
    void anIgnoredFlowEndsAndLeavesAnEntryThatIsNeverSetUp() {
        String flow = Flows.started("t_uid");

        ignore(flow, "Not this one").then().statusCode(200);

        assertThat(Flows.open("t_uid")).isEmpty();
        Flows.read(flow).then().statusCode(404);
        assertThat(Flows.entries("t_uid"))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("source", "ignore")
                        .containsEntry("title", "Not this one")
                        .containsEntry("state", "not_loaded"));
        assertThat(world.events((String) Flows.entries("t_uid").getFirst().get("entry_id")))
                .containsExactly("created");
    }

    @Test
    void aFlowWithoutAUniqueIdCannotBeIgnored() {
        String flow = Flows.started("t_form");

        ignore(flow, "x")
                .then()
                .statusCode(409)
                .body("code", equalTo("no_unique_id"))
                .body("message", equalTo("Specified flow has no unique ID."));
        assertThat(Flows.open("t_form")).hasSize(1);
    }

    @Test
    void aFlowThatIsNotThereCannotBeIgnored() {
        ignore("nonesuch", "x").then().statusCode(404).body("message", equalTo("Invalid flow specified"));
        String flow = Flows.started("t_uid");
        Flows.end(flow);
        ignore(flow, "x").then().statusCode(404);
        assertThat(Flows.entries("t_uid")).isEmpty();
    }

    @Test
    void whatIsConfiguredCannotBeIgnored() {
        Flows.submit(Flows.started("t_uid"), "{}").then().body("type", equalTo("create_entry"));
        // A flow for the same account that did not look.
        world.execute(
                "insert into flow (id, domain, handler, source, unique_id, holds_id, context, step_id, sealed_state, key_id,"
                        + " revision, ended, started_at, expires_at) select 'twin', 't_uid', 't_uid', 'user', 'mock-unique-id', false,"
                        + " '{\"source\":\"user\"}', 'user', sealed_state, key_id, 1, false, started_at, expires_at from flow"
                        + " where id = '" + Flows.started("t_form") + "'");

        ignore("twin", "x").then().statusCode(409).body("code", equalTo("already_configured"));
        assertThat(Flows.entries("t_uid"))
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("source", "user"));
        assertThat(Flows.open("t_uid")).hasSize(1);
    }

    @Test
    void onlyAnAdministratorIgnoresAndOnlyByATitle() {
        String flow = Flows.started("t_uid");

        as(Bearers.USER)
                .body(Map.of("title", "x"))
                .post(Flows.FLOW + "/" + flow + "/ignore")
                .then()
                .statusCode(403);
        ignore(flow, " ").then().statusCode(400);
        ignore(flow, "x".repeat(257)).then().statusCode(400);
        admin().body("{}").post(Flows.FLOW + "/" + flow + "/ignore").then().statusCode(400);
        assertThat(Flows.open("t_uid")).hasSize(1);
    }

    private static Response ignore(String flowId, String title) {
        return admin().body(Map.of("title", title)).post(Flows.FLOW + "/" + flowId + "/ignore");
    }
}
