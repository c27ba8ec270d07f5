package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
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

/** The flows of {@code spec/flows.md} 5.1 as clients see them: starting, reading, ending and listing. */
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
    void aFlowThatCannotAddSaysSo() {
        Flows.start("t_nothing").then().statusCode(200).body("reason", equalTo("not_implemented"));
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
