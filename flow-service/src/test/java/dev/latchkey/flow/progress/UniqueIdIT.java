package dev.latchkey.flow.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.latchkey.flow.FlowServiceTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cases of {@code spec/flows.md} 5.2, under decision F5. */
@FlowServiceTest
class UniqueIdIT {

    @AfterEach
    void clear() {
        Flows.clear();
    }

    @Test
    void aSecondFlowForTheSameAccountAborts() {
        Flows.started("t_uid");

        Flows.start("t_uid")
                .then()
                .statusCode(200)
                .body("type", equalTo("abort"))
                .body("reason", equalTo("already_in_progress"));
        assertThat(Flows.open("t_uid")).hasSize(1);
    }

    @Test
    void anAccountIsFreeAgainWhenItsFlowHasEnded() {
        Flows.end(Flows.started("t_uid"));

        Flows.start("t_uid").then().body("type", equalTo("form"));
    }

    @Test
    void aConfiguredAccountIsNotAddedAgain() {
        Flows.submit(Flows.started("t_uid"), "{}").then().body("type", equalTo("create_entry"));

        Flows.start("t_uid").then().statusCode(200).body("reason", equalTo("already_configured"));
        assertThat(Flows.entries("t_uid")).hasSize(1);
    }

    @Test
    void ofManyFlowsForOneAccountAtOnceOneGoesOn() throws Exception {
        List<Response> started = atOnce(8, i -> Flows.start("t_uid"));

        assertThat(started)
                .filteredOn(response -> "form".equals(response.path("type")))
                .hasSize(1);
        assertThat(started)
                .filteredOn(response -> "already_in_progress".equals(response.path("reason")))
                .hasSize(7);
        assertThat(Flows.open("t_uid")).hasSize(1);
    }

    @Test
    void finishingOneOfTwoFlowsForAnAccountEndsTheOther() {
        String one = Flows.started("t_shared");
        String other = Flows.started("t_shared");

        Flows.submit(other, "{}").then().statusCode(200).body("type", equalTo("create_entry"));

        Flows.read(one).then().statusCode(404);
        assertThat(Flows.open("t_shared")).isEmpty();
    }

    @Test
    void aDuplicateAbortsInsteadOfReplacing() {
        Flows.submit(Flows.started("t_shared"), "{}");
        String entry = (String) Flows.entries("t_shared").getFirst().get("entry_id");

        // This flow does not look before it creates.
        Flows.submit(Flows.started("t_shared"), "{}")
                .then()
                .statusCode(200)
                .body("reason", equalTo("already_configured"));

        assertThat(Flows.entries("t_shared")).extracting("entry_id").containsExactly(entry);
    }

    @Test
    void whereThereCanBeOnlyOneASecondIsNotEvenAsked() {
        String flow = Flows.started("t_single");
        String other = Flows.started("t_single");
        Flows.submit(flow, "{}").then().body("type", equalTo("create_entry"));

        Flows.read(other).then().statusCode(404);
        Flows.start("t_single")
                .then()
                .statusCode(200)
                .body("type", equalTo("abort"))
                .body("reason", equalTo("single_instance_allowed"))
                .body("translation_domain", equalTo("homeassistant"))
                .body("$", not(hasKey("description_placeholders")));
    }

    @Test
    void whereThereCanBeOnlyOneItCanBeChanged() {
        Flows.submit(Flows.started("t_single"), "{}");
        String entry = (String) Flows.entries("t_single").getFirst().get("entry_id");

        Flows.reconfigure("t_single", entry).then().statusCode(200).body("type", equalTo("form"));
    }

    @Test
    void ofManyFlowsThatFinishAtOnceWhereThereCanBeOnlyOneOneSucceeds() throws Exception {
        List<String> flows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            flows.add(Flows.started("t_single"));
        }
        List<Response> finished = atOnce(flows.size(), i -> Flows.submit(flows.get(i), "{}"));

        assertThat(finished)
                .filteredOn(response -> "create_entry".equals(response.path("type")))
                .hasSize(1);
        assertThat(finished)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 404));
        assertThat(Flows.entries("t_single")).hasSize(1);
    }

    @Test
    void twoPeopleWhoFinishTheSameFormGetOneEntry() throws Exception {
        String flow = Flows.started("t_two");

        List<Response> finished = atOnce(6, i -> Flows.submit(flow, Map.of("user_title", "same")));

        assertThat(finished)
                .filteredOn(response -> response.statusCode() == 200)
                .hasSize(1);
        assertThat(finished)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 404, 409));
        assertThat(Flows.entries("t_two")).hasSize(1);
    }

    private interface Numbered<T> {
        T call(int number);
    }

    private static <T> List<T> atOnce(int times, Numbered<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                running.add(threads.submit(() -> work.call(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
