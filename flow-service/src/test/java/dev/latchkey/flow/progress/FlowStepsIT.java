package dev.latchkey.flow.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.flow.FlowServiceTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a step of a flow may lead to, and what happens when it fails. */
@FlowServiceTest
class FlowStepsIT {

    @AfterEach
    void clear() {
        ScriptedFlows.onStep("t_boom", null);
        ScriptedFlows.onStep("t_two", null);
        Flows.clear();
    }

    @Test
    void anAbortedFlowIsGone() {
        Response aborted = Flows.start("t_abort");

        aborted.then()
                .statusCode(200)
                .body("type", equalTo("abort"))
                .body("reason", equalTo("bla"))
                .body("handler", equalTo("t_abort"))
                .body("$", hasKey("description_placeholders"))
                .body("description_placeholders", nullValue())
                .body("size()", equalTo(5));
        Flows.read(aborted.path("flow_id")).then().statusCode(404).body("message", equalTo("Invalid flow specified"));
        assertThat(Flows.open("t_abort")).isEmpty();
    }

    @Test
    void aFlowEndsWithAnEntryThatIsSetUp() {
        Response created = Flows.start("t_create");

        created.then()
                .statusCode(200)
                .body("type", equalTo("create_entry"))
                .body("title", equalTo("Test Entry"))
                .body("version", equalTo(1))
                .body("minor_version", equalTo(1))
                .body("options", anEmptyMap())
                .body("subentries", empty())
                .body("description", nullValue())
                .body("description_placeholders", nullValue())
                .body("$", not(hasKey("data")))
                .body("$", not(hasKey("context")))
                .body("result.state", equalTo("loaded"))
                .body("result.title", equalTo("Test Entry"))
                .body("result.source", equalTo("user"));
        assertThat(created.asString()).doesNotContain("account_token");
        assertThat(Flows.entries("t_create")).hasSize(1);
    }

    @Test
    void aStepMayLeadToAnother() {
        String flow = Flows.started("t_two");

        Flows.read(flow).then().body("step_id", equalTo("account"));
        Flows.submit(flow, Map.of("user_title", "user-title"))
                .then()
                .statusCode(200)
                .body("title", equalTo("user-title"));
        Flows.submit(flow, Map.of("user_title", "user-title"))
                .then()
                .statusCode(404)
                .body("message", equalTo("Invalid flow specified"));
        assertThat(Flows.entries("t_two")).hasSize(1);
    }

    @Test
    void aFirstStepThatThrowsLeavesNothingBehind() {
        for (int i = 0; i < 2; i++) {
            // The step takes a unique id before it throws: what stays behind would block the second try.
            Flows.start("t_boom").then().statusCode(500).body("message", equalTo("Internal server error"));
        }
        assertThat(Flows.open("t_boom")).isEmpty();
    }

    @Test
    void aLaterStepThatThrowsLeavesTheFlowWhereItWas() {
        ScriptedFlows.onStep("t_boom", (id, step, input) -> {});
        String flow = Flows.started("t_boom");

        for (int i = 0; i < 2; i++) {
            Flows.submit(flow, "{}").then().statusCode(500).body("message", equalTo("Internal server error"));
            Flows.read(flow).then().statusCode(200).body("step_id", equalTo("user"));
        }
    }

    @Test
    void aFlowThatNamesAStepItDoesNotHaveIsGone() {
        Flows.start("t_badstep")
                .then()
                .statusCode(400)
                .body("message", equalTo("Handler Script doesn't support step nowhere"));
        assertThat(Flows.open("t_badstep")).isEmpty();
    }

    @Test
    void aFlowEndedWithinItsOwnStepCreatesNothing() {
        String flow = Flows.started("t_two");
        ScriptedFlows.onStep("t_two", (id, step, input) -> Flows.end(id).then().statusCode(200));

        Flows.submit(flow, Map.of("user_title", "x"))
                .then()
                .statusCode(404)
                .body("message", equalTo("Invalid flow specified"));

        assertThat(Flows.entries("t_two")).isEmpty();
    }

    @Test
    void aFlowEndedWithinItsOwnStepMayStillSayWhyItAborts() {
        String flow = Flows.started("t_menu");
        ScriptedFlows.onStep("t_menu", (id, step, input) -> Flows.end(id).then().statusCode(200));
        try {
            Flows.submit(flow, Map.of("next_step_id", "target2"))
                    .then()
                    .statusCode(200)
                    .body("type", equalTo("abort"))
                    .body("reason", equalTo("two"));
        } finally {
            ScriptedFlows.onStep("t_menu", null);
        }
    }

    @Test
    void aMenuLeadsToTheStepThatIsChosen() {
        Response menu = Flows.start("t_menu");
        menu.then()
                .statusCode(200)
                .body("type", equalTo("menu"))
                .body("step_id", equalTo("user"))
                .body("menu_options", contains("target1", "target2"))
                .body("description_placeholders", equalTo(Map.of("name", "Arthur Dent")))
                .body(
                        "data_schema",
                        equalTo(List.of(Map.of(
                                "name",
                                "next_step_id",
                                "type",
                                "select",
                                "options",
                                List.of(List.of("target1", "target1"), List.of("target2", "target2")),
                                "required",
                                false))));
        String flow = menu.path("flow_id");

        Flows.submit(flow, Map.of("next_step_id", "user"))
                .then()
                .statusCode(400)
                .body("errors.next_step_id", equalTo("value must be one of ['target1', 'target2']"));
        Flows.submit(flow, "{}").then().statusCode(200).body("type", equalTo("menu"));
        Flows.submit(flow, Map.of("next_step_id", "target1"))
                .then()
                .statusCode(200)
                .body("type", equalTo("form"))
                .body("step_id", equalTo("target1"));
    }

    @Test
    void aMenuMayNameItsOptions() {
        Flows.start("t_menu_map")
                .then()
                .statusCode(200)
                .body("menu_options", equalTo(Map.of("target1", "Target 1", "target2", "Target 2")))
                .body("data_schema[0].options[0]", contains("target1", "Target 1"));
    }

    @Test
    void aFormMayHaveAPreviewAndBeTheLast() {
        Flows.start("t_preview").then().body("preview", equalTo("test")).body("last_step", equalTo(true));
    }
}
