package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow cases of {@code spec/flows.md} 5.1, under decisions F2, F3 and F4. */
@FlowServiceTest
class FlowRestIT {

    @AfterEach
    void clear() {
        ScriptedFlows.onStep("t_boom", null);
        ScriptedFlows.onStep("t_two", null);
        Flows.clear();
    }

    @Test
    void aFlowStartsWithItsForm() {
        Flows.start("t_form")
                .then()
                .statusCode(200)
                .body("type", equalTo("form"))
                .body("flow_id", notNullValue())
                .body("handler", equalTo("t_form"))
                .body("step_id", equalTo("user"))
                .body("data_schema.name", contains("username", "password"))
                .body("data_schema.type", contains("string", "string"))
                .body("data_schema.required", contains(true, true))
                .body("errors", equalTo(Map.of("username", "Should be unique.")))
                .body("description_placeholders", equalTo(Map.of("url", "https://example.com")))
                .body("last_step", nullValue())
                .body("preview", nullValue())
                .body("size()", equalTo(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "%00", "a%00b", "%F0%9F%98%80"})
    void aFlowThatThereIsNotIsNotFound(String id) {
        for (String path : List.of(Flows.FLOW, Flows.OPTIONS)) {
            String url = path + "/" + id;
            admin().urlEncodingEnabled(false).get(url).then().statusCode(404);
            admin().urlEncodingEnabled(false).body("{}").post(url).then().statusCode(404);
            admin().urlEncodingEnabled(false).delete(url).then().statusCode(404);
        }
        admin().urlEncodingEnabled(false)
                .body(Map.of("title", "x"))
                .post(Flows.FLOW + "/" + id + "/ignore")
                .then()
                .statusCode(404);
    }

    static Stream<Arguments> badStarts() {
        return Stream.of(
                Arguments.of("{\"handler\":\"nope\"}", 404, "Invalid handler specified"),
                Arguments.of("{\"handler\":\"\"}", 404, "Invalid handler specified"),
                Arguments.of("not json", 400, "Invalid JSON."),
                Arguments.of("", 400, "Invalid JSON."),
                Arguments.of("[]", 400, "Message format incorrect: expected a dictionary"),
                Arguments.of("{}", 400, "Message format incorrect: required key not provided @ data['handler']"),
                Arguments.of(
                        "{\"handler\":[\"a\",\"b\"]}",
                        400,
                        "Message format incorrect: expected str for dictionary value @ data['handler']"),
                Arguments.of(
                        "{\"handler\":\"t_form\",\"show_advanced_options\":1}",
                        400,
                        "Message format incorrect: expected bool for dictionary value @ data['show_advanced_options']"),
                Arguments.of(
                        "{\"handler\":\"t_form\",\"entry_id\":\"nope\"}",
                        400,
                        "Handler Script doesn't support step reconfigure"),
                Arguments.of("{\"handler\":\"t_reconf\",\"entry_id\":\"nope\"}", 404, "Invalid entry specified"));
    }

    @ParameterizedTest
    @MethodSource("badStarts")
    void aStartThatCannotBeIsAnsweredWithTheReason(String body, int status, String message) {
        admin().body(body).post(Flows.FLOW).then().statusCode(status).body("message", equalTo(message));
        assertThat(Flows.open("t_form")).isEmpty();
    }

    @Test
    void otherKeysOfAStartAreLetBeAndNobodyChoosesTheSource() {
        admin().body("{\"handler\":\"t_form\",\"source\":\"reauth\",\"other\":{}}")
                .post(Flows.FLOW)
                .then()
                .statusCode(200);
        assertThat(Flows.open("t_form")).extracting("context").containsExactly(Map.of("source", "user"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/flow",
        "GET,/flow",
        "GET,/flow/x",
        "POST,/flow/x",
        "DELETE,/flow/x",
        "POST,/options/flow",
        "GET,/options/flow/x",
        "POST,/options/flow/x",
        "DELETE,/options/flow/x",
        "POST,/entry/x/reauth"
    })
    void everyFlowCallIsForAdministrators(String method, String path) {
        as(Bearers.USER)
                .body("{")
                .request(method, Flows.BASE + path)
                .then()
                .statusCode(403)
                .body("message", equalTo("Forbidden"));
        as("nobody")
                .request(method, Flows.BASE + path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
    }

    @Test
    void whoMayNotGoOnChangesNothing() {
        String flow = Flows.started("t_two");

        as(Bearers.USER)
                .body(Map.of("user_title", "x"))
                .post(Flows.FLOW + "/" + flow)
                .then()
                .statusCode(403);
        as(Bearers.USER).delete(Flows.FLOW + "/" + flow).then().statusCode(403);

        Flows.submit(flow, Map.of("user_title", "x")).then().statusCode(200).body("type", equalTo("create_entry"));
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
    void readingAFlowRepeatsItsResultAndRunsNothing() {
        Response started = Flows.start("t_form");
        String flow = started.path("flow_id");

        assertThat(Flows.read(flow).jsonPath().<Object>get(""))
                .isEqualTo(started.jsonPath().get(""));
        Flows.read("unknown").then().statusCode(404).body("message", equalTo("Invalid flow specified"));
    }

    @Test
    void aFlowIsEndedOnce() {
        String flow = Flows.started("t_form");

        Flows.end(flow).then().statusCode(200).body("message", equalTo("Flow aborted"));
        Flows.end(flow).then().statusCode(404).body("message", equalTo("Invalid flow specified"));
        Flows.read(flow).then().statusCode(404);
    }

    @Test
    void anInputThatDoesNotFitIsRefusedWithAllItsErrorsAndTheFlowGoesOn() {
        String flow = Flows.started("t_geo");

        Flows.submit(flow, "{\"invalid\":1,\"invalid_2\":1,\"radius\":4}")
                .then()
                .statusCode(400)
                .body(
                        "errors.base",
                        equalTo("extra keys not allowed @ data['invalid']; extra keys not allowed @ data['invalid_2']"))
                .body("errors.latitude", equalTo("required key not provided"))
                .body("errors.longitude", equalTo("required key not provided"))
                .body("errors.radius", equalTo("value must be at least 5"))
                .body("codes.base", equalTo("unknown_field"))
                .body("codes.latitude", equalTo("required"))
                .body("codes.radius", equalTo("too_small"));

        Flows.submit(flow, Map.of("latitude", 1.5, "longitude", 2, "radius", 5))
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"));
    }

    static Stream<Arguments> badInputs() {
        return Stream.of(
                Arguments.of("\"x\"", "Message format incorrect: expected dict"),
                Arguments.of("[]", "Message format incorrect: expected dict"),
                Arguments.of("null", "Message format incorrect: expected dict"),
                Arguments.of("{\"a\":1,\"a\":2}", "Invalid JSON."),
                Arguments.of("{", "Invalid JSON."),
                Arguments.of("[".repeat(1_000), "Invalid JSON."),
                Arguments.of("{\"a\":" + "9".repeat(100) + "}", "Invalid JSON."));
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void anInputThatIsNoObjectIsRefused(String body, String message) {
        String flow = Flows.started("t_form");

        Flows.submit(flow, body).then().statusCode(400).body("message", equalTo(message));
    }

    @Test
    void anEmptyBodyIsAnEmptyInput() {
        String flow = Flows.started("t_form");

        admin().post(Flows.FLOW + "/" + flow)
                .then()
                .statusCode(400)
                .body(
                        "errors",
                        equalTo(Map.of(
                                "username", "required key not provided",
                                "password", "required key not provided")));
    }

    @Test
    void aProblemInASectionIsToldWithItsPath() {
        String flow = Flows.started("t_section");

        Flows.submit(flow, Map.of("ssl_options", Map.of("verify", "yes")))
                .then()
                .statusCode(400)
                .body("errors.base", equalTo("expected bool for dictionary value @ data['ssl_options']['verify']"));
    }

    @Test
    void aFormWithoutFieldsTakesAnything() {
        String flow = Flows.started("t_free");

        Flows.submit(flow, "{\"anything\":1,\"$secret\":\"x\"}")
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"));
    }

    @Test
    void aFlowThatCannotAddSaysSo() {
        Flows.start("t_nothing").then().statusCode(200).body("reason", equalTo("not_implemented"));
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

    @Test
    void flowsAreListedWithoutWhatTheyAskFor() {
        String form = Flows.started("t_form");

        admin().get(Flows.FLOW)
                .then()
                .statusCode(200)
                .body("", hasSize(1))
                .body(
                        "[0]",
                        equalTo(Map.of(
                                "flow_id",
                                form,
                                "handler",
                                "t_form",
                                "context",
                                Map.of("source", "user"),
                                "step_id",
                                "user")));
    }

    @Test
    void whatCanBeAddedIsListedForEverybody() {
        as(Bearers.USER)
                .get(Flows.BASE + "/flow_handlers")
                .then()
                .statusCode(200)
                .body("", hasItems("t_form", "t_auth"));
        as(Bearers.USER).get(Flows.BASE + "/flow_handlers?type=service").then().body("", hasItems("t_form"));
        as(Bearers.USER)
                .get(Flows.BASE + "/flow_handlers?type=nonsense")
                .then()
                .statusCode(200)
                .body("", empty());
        as("nobody").get(Flows.BASE + "/flow_handlers").then().statusCode(401);
    }
}
