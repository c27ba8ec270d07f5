package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person does not want to be offered again (W5 and the cases W09 and W10 of {@code spec/flows.md}). */
@FlowServiceTest
class IgnoreFlowIT {

    @AfterEach
    void clear() {
        Flows.clear();
    }

    @Test
    void anIgnoredFlowLeavesAnEntryThatIsNeverSetUp() {
        String flow = Flows.started("t_uid");

        ignore(flow, "Not mine").then().statusCode(204);

        assertThat(Flows.open("t_uid")).isEmpty();
        assertThat(Flows.entries("t_uid"))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("title", "Not mine")
                        .containsEntry("source", "ignore")
                        .containsEntry("state", "not_loaded"));
        ignore(flow, "Again").then().statusCode(404);
    }

    @Test
    void aFlowWithoutAUniqueIdCannotBeIgnored() {
        String flow = Flows.started("t_form");

        ignore(flow, "Not mine")
                .then()
                .statusCode(400)
                .body("message", equalTo("Specified flow has no unique ID."))
                .body("code", equalTo("no_unique_id"));

        assertThat(Flows.open("t_form")).hasSize(1);
    }

    @Test
    void aFlowThatThereIsNotCannotBeIgnored() {
        ignore("unknown", "Not mine").then().statusCode(404).body("message", equalTo("Invalid flow specified"));
    }

    @Test
    void onlyAdministratorsIgnoreFlows() {
        String flow = Flows.started("t_uid");

        as(Bearers.USER)
                .body(Map.of("title", "x"))
                .post(Flows.FLOW + "/" + flow + "/ignore")
                .then()
                .statusCode(403);
        for (String body : new String[] {"", "[]", "{}", "{\"title\":null}", "{\"title\":\" \"}"}) {
            admin().body(body).post(Flows.FLOW + "/" + flow + "/ignore").then().statusCode(400);
        }
        assertThat(Flows.open("t_uid")).hasSize(1);
    }

    private static Response ignore(String flow, String title) {
        return admin().body(Map.of("title", title)).post(Flows.FLOW + "/" + flow + "/ignore");
    }
}
