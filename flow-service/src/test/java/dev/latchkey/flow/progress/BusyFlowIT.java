package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.entry.Replicas;
import dev.latchkey.flow.entry.SelfReplica;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds while a step runs, and after whoever ran it has died. */
@FlowServiceTest
class BusyFlowIT {

    @Inject
    AdjustableClock clock;

    @Inject
    FlowStore store;

    @Inject
    FlowHolds holds;

    @Inject
    FlowRemoval removal;

    @Inject
    EntityManager database;

    @Inject
    Replicas replicas;

    @Inject
    SelfReplica self;

    @AfterEach
    void clear() {
        clock.reset();
        ScriptedFlows.onStep("t_two", null);
        Flows.clear();
    }

    @Test
    void aFlowIsSeenWhenItsFirstStepHasReturned() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedFlows.onStep("t_two", (id, step, input) -> {
            running.countDown();
            goOn.await();
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Response> started = threads.submit(() -> Flows.start("t_two"));
            running.await();

            assertThat(Flows.open("t_two")).isEmpty();
            goOn.countDown();
            started.get().then().statusCode(200);
            assertThat(Flows.open("t_two")).hasSize(1);
        }
    }

    @Test
    void aStepThatRunsHoldsNoConnection() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedFlows.onStep("t_two", (id, step, input) -> {
            running.countDown();
            goOn.await();
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Response> started = threads.submit(() -> Flows.start("t_two"));
            running.await();

            assertThat(database.createNativeQuery("select count(*) from pg_stat_activity"
                                    + " where datname = current_database() and state like 'idle in transaction%'")
                            .getSingleResult())
                    .isEqualTo(0L);
            goOn.countDown();
            started.get().then().statusCode(200);
        }
    }

    @Test
    void whoeverComesSecondWaitsAndFindsTheFlowElsewhere() throws Exception {
        String flow = Flows.started("t_two");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedFlows.onStep("t_two", (id, step, input) -> {
            running.countDown();
            goOn.await();
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Response> first = threads.submit(() -> Flows.submit(flow, Map.of("user_title", "first")));
            running.await();
            Future<Response> second = threads.submit(() -> Flows.submit(flow, Map.of("user_title", "second")));
            goOn.countDown();

            first.get().then().statusCode(200).body("title", equalTo("first"));
            assertThat(second.get().statusCode()).isIn(404, 409);
        }
        assertThat(Flows.entries("t_two")).hasSize(1);
    }

    @Test
    void aFlowWhoseRunDiedCanBeContinuedAfterAWhile() {
        String flow = Flows.started("t_two");
        OpenFlow found = store.find(flow).orElseThrow();
        // What a replica leaves that dies in the middle of a step.
        assertThat(holds.take(flow, found.revision(), "the dead")).isTrue();

        clock.advance(Duration.ofMinutes(3));

        Flows.submit(flow, Map.of("user_title", "x")).then().statusCode(200);
    }

    @Test
    void whatAReplicaRanWhenItDiedIsContinuedAsSoonAsItIsMissed() {
        replicas.register("the-dead", Duration.ofMinutes(1));
        String flow = Flows.started("t_two");
        assertThat(holds.take(flow, store.find(flow).orElseThrow().revision(), "the-dead/run"))
                .isTrue();
        String unseen = Flows.started("t_form");
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(
                                "update flow set step_id = null, busy_by = 'the-dead/first' where id = :id")
                        .setParameter("id", unseen)
                        .executeUpdate());

        replicas.leave("the-dead");

        Flows.submit(flow, Map.of("user_title", "x")).then().statusCode(200);
        List<?> left = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("select id from flow where id = :id")
                        .setParameter("id", unseen)
                        .getResultList());
        assertThat(left).isEmpty();
    }

    @Test
    void aRunIsOfTheReplicaThatRunsIt() throws Exception {
        String flow = Flows.started("t_two");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedFlows.onStep("t_two", (id, step, input) -> {
            running.countDown();
            goOn.await();
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Response> first = threads.submit(() -> Flows.submit(flow, Map.of("user_title", "first")));
            running.await();

            Object by = QuarkusTransaction.requiringNew()
                    .call(() -> database.createNativeQuery("select busy_by from flow where id = :id")
                            .setParameter("id", flow)
                            .getSingleResult());
            goOn.countDown();

            assertThat((String) by).startsWith(self.id() + "/");
            first.get().then().statusCode(200);
        }
    }

    @Test
    void aFirstStepWhoseRunDiedBlocksNobodyForLong() throws Exception {
        String flow = Flows.started("t_uid");
        makeUnseen(flow);
        Flows.start("t_uid").then().body("reason", equalTo("already_in_progress"));

        clock.advance(Duration.ofHours(2));

        Flows.start("t_uid").then().body("type", equalTo("form"));
    }

    @Test
    void theFlowThatWasIdleLongestMakesRoom() {
        String oldest = Flows.started("t_form");
        clock.advance(Duration.ofSeconds(1));
        String newer = Flows.started("t_form");

        removal.makesRoomFor("t_form", 2);

        Flows.read(oldest).then().statusCode(404);
        Flows.read(newer).then().statusCode(200);
    }

    @Test
    void nothingThatAFlowHoldsIsReadableInTheDatabase() {
        Flows.submit(Flows.started("t_two"), Map.of("user_title", "x"));
        FakeAccounts.account("canary.example", "canary-token", "user-9");
        String flow = Flows.started("t_auth");
        Flows.submit(flow, Map.of("host", "canary-host.example", "api_token", "canary-token"))
                .then()
                .body("errors.base", equalTo("cannot_connect"))
                .body(
                        "data_schema.find { it.name == 'host' }.description.suggested_value",
                        equalTo("canary-host.example"));

        assertThat(admin().get(Flows.FLOW + "/" + flow).asString()).doesNotContain("canary-token");
        assertThat((String) database.createNativeQuery("select string_agg(flow::text, ' ') from flow")
                        .getSingleResult())
                .contains(flow)
                .doesNotContain("canary");
    }

    private void makeUnseen(String flow) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("update flow set step_id = null where id = :id")
                        .setParameter("id", flow)
                        .executeUpdate());
    }
}
