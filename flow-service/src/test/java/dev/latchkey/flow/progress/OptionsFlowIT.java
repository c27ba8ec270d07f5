package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.entry.Entries;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The options cases of {@code spec/flows.md} 5.6. */
@FlowServiceTest
class OptionsFlowIT {

    @Inject
    Entries entries;

    @AfterEach
    void clear() {
        Flows.clear();
    }

    @Test
    void optionsAreChangedByAFlowOfTheirOwn() {
        String entry = added("t_opts");
        Response started = options(entry);
        started.then()
                .statusCode(200)
                .body("type", equalTo("form"))
                .body("handler", equalTo(entry))
                .body("step_id", equalTo("finish"))
                .body("data_schema.name", contains("enabled"));
        String flow = started.path("flow_id");

        admin().body(Map.of("enabled", true))
                .post(Flows.OPTIONS + "/" + flow)
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"))
                .body("title", equalTo("Enable disable"))
                .body("handler", equalTo(entry))
                .body("$", not(hasKey("result")))
                .body("$", not(hasKey("data")))
                .body("size()", equalTo(6));

        assertThat(entries.find(entry).orElseThrow().data().options()).isEqualTo(Map.of("enabled", true));
        admin().get(Flows.OPTIONS + "/" + flow).then().statusCode(404);
    }

    @Test
    void anInputThatDoesNotFitIsRefused() {
        Response started = options(added("t_multi"));
        started.then()
                .body("data_schema[0].type", equalTo("multi_select"))
                .body("data_schema[0].default", contains("invalid", "valid"));

        admin().body(Map.of("choices", List.of("valid", "invalid")))
                .post(Flows.OPTIONS + "/" + started.path("flow_id"))
                .then()
                .statusCode(400)
                .body("errors.choices", equalTo("invalid is not a valid option"))
                .body("codes.choices", equalTo("not_an_option"));
    }

    @Test
    void aFlowThatSetsNoOptionsLeavesThemAsTheyAre() {
        String entry = added("t_opts_none");

        options(entry).then().statusCode(200).body("type", equalTo("create_entry"));

        assertThat(entries.find(entry).orElseThrow().data().options()).isEmpty();
    }

    @Test
    void anEntryThatIsNotThereOrHasNoOptionsHasNoFlow() {
        options("unknown").then().statusCode(404).body("message", equalTo("Invalid entry specified"));
        options(added("t_create")).then().statusCode(404).body("message", equalTo("Invalid handler specified"));
        admin().body("{\"handler\":[\"a\"]}").post(Flows.OPTIONS).then().statusCode(400);
    }

    @Test
    void flowsOfOptionsAreNotSeenBesideTheOthers() {
        String flow = options(added("t_opts")).path("flow_id");

        assertThat(admin().get(Flows.FLOW).jsonPath().getList("")).isEmpty();
        Flows.read(flow).then().statusCode(404);
        Flows.submit(flow, Map.of("enabled", true)).then().statusCode(404);
        Flows.end(flow).then().statusCode(404);
        admin().delete(Flows.OPTIONS + "/" + flow).then().statusCode(200);
    }

    @Test
    void removingAnEntryEndsTheFlowOfItsOptions() {
        String entry = added("t_opts");
        String flow = options(entry).path("flow_id");

        admin().delete(Flows.BASE + "/entry/" + entry).then().statusCode(200);

        admin().body(Map.of("enabled", true))
                .post(Flows.OPTIONS + "/" + flow)
                .then()
                .statusCode(404);
    }

    private static String added(String domain) {
        return Flows.start(domain)
                .then()
                .body("type", equalTo("create_entry"))
                .extract()
                .path("result.entry_id");
    }

    private static Response options(String entryId) {
        return admin().body(Map.of("handler", entryId)).post(Flows.OPTIONS);
    }
}
