package dev.latchkey.flow.progress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flows that wait for something other than their client: external pages and tasks. */
@FlowServiceTest
class WaitingFlowIT {

    private static final String CALLBACK = ExternalCallbackResource.PATH;

    @Inject
    AdjustableClock clock;

    @Inject
    FakeIntegrations integrations;

    @Inject
    World world;

    @Inject
    FlowRemoval removal;

    @Inject
    ProgressTasks tasks;

    @Inject
    TaskWatch watch;

    @AfterEach
    void clear() {
        clock.reset();
        ScriptedFlows.TASKS.clear();
        Flows.clear();
    }

    @Test
    void aFlowGoesOnWhenTheBrowserComesBackFromOutside() {
        Response started = Flows.start("t_ext");
        started.then()
                .statusCode(200)
                .body("type", equalTo("external"))
                .body("step_id", equalTo("user"))
                .body("url", startsWith("https://example.com" + CALLBACK + "?state="));
        String flow = started.path("flow_id");

        Response back = given().get(CALLBACK + "?state=" + state(started) + "&code=c0de");

        back.then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("sha256-"))
                .body(equalTo("<script>window.close()</script>"));
        // Nobody waited for the set-up of what a flow added without its client.
        await().untilAsserted(() -> Flows.read(flow)
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"))
                .body("result.state", equalTo("loaded")));
        assertThat(Flows.open("t_ext")).isEmpty();
        assertThat(Flows.entries("t_ext")).hasSize(1);
    }

    @Test
    void aStateWorksOnce() {
        Response started = Flows.start("t_ext");
        given().get(CALLBACK + "?state=" + state(started) + "&code=c0de").then().statusCode(200);

        given().get(CALLBACK + "?state=" + state(started) + "&code=c0de")
                .then()
                .statusCode(400)
                .body(startsWith("Invalid state"));
        assertThat(Flows.entries("t_ext")).hasSize(1);
    }

    @Test
    void aPageThatRefusesAbortsTheFlow() {
        Response started = Flows.start("t_ext");

        given().get(CALLBACK + "?state=" + state(started) + "&error=access_denied")
                .then()
                .statusCode(200);

        Flows.read(started.path("flow_id"))
                .then()
                .body("type", equalTo("abort"))
                .body("reason", equalTo("user_rejected_authorize"))
                .body("description_placeholders", equalTo(Map.of("error", "access_denied")));
    }

    @Test
    void aCallbackThatBelongsToNoFlowSaysSo() {
        given().get(CALLBACK).then().statusCode(200).body(equalTo("Missing state parameter"));
        given().get(CALLBACK + "?state=x&code=y").then().statusCode(400).body(startsWith("Invalid state"));
        given().get(CALLBACK + "?state=x").then().statusCode(200).body(equalTo("Missing code or error parameter"));
    }

    @Test
    void fromOutsideAFlowComesBackByTheRightDoor() {
        Response started = Flows.start("t_ext_wrong");

        Flows.submit(started.path("flow_id"), "{}").then().statusCode(500);
        Flows.read(started.path("flow_id")).then().body("type", equalTo("external"));
    }

    @Test
    void theEndOfAFlowIsKeptForAWhileForTheClientThatWasNotThere() {
        Response started = Flows.start("t_ext");
        given().get(CALLBACK + "?state=" + state(started) + "&code=c0de");

        clock.advance(Duration.ofMinutes(11));
        removal.expired();

        Flows.read(started.path("flow_id")).then().statusCode(404);
    }

    @Test
    void aFlowGoesOnWhenItsTaskHasEnded() {
        CountDownLatch found = new CountDownLatch(1);
        ScriptedFlows.TASKS.add(() -> {
            found.await();
            return "the device";
        });
        Response started = Flows.start("t_prog");
        started.then().statusCode(200).body("type", equalTo("progress")).body("progress_action", equalTo("search"));
        String flow = started.path("flow_id");
        Flows.read(flow).then().body("type", equalTo("progress"));
        Flows.submit(flow, "{}").then().statusCode(200).body("type", equalTo("progress"));

        found.countDown();

        await().untilAsserted(() -> Flows.read(flow).then().statusCode(200).body("type", equalTo("create_entry")));
        assertThat(Flows.entries("t_prog")).hasSize(1);
    }

    @Test
    void aTaskThatFailsEndsTheFlowAsTheFlowSays() {
        ScriptedFlows.TASKS.add(() -> {
            throw new IllegalStateException("nothing found");
        });
        String flow = Flows.started("t_prog");

        await().untilAsserted(() ->
                Flows.read(flow).then().body("type", equalTo("abort")).body("reason", equalTo("error")));
    }

    @Test
    void aTaskThatDiesEndsTheFlowAsTheFlowSays() {
        ScriptedFlows.TASKS.add(() -> {
            throw new StackOverflowError("on purpose");
        });
        String flow = Flows.started("t_prog");

        await().untilAsserted(() ->
                Flows.read(flow).then().body("type", equalTo("abort")).body("reason", equalTo("error")));
    }

    @Test
    void aFlowWhoseIntegrationWentWhileItsTaskRanEnds() {
        CountDownLatch gone = new CountDownLatch(1);
        ScriptedFlows.TASKS.add(() -> {
            gone.await();
            return "found too late";
        });
        FakeIntegration going = integrations.make();
        going.flow = () -> new ScriptedFlows.Script().with("user", (flow, input) -> flow.progress());
        String flow = Flows.started(going.domain());

        integrations.remove(going);
        gone.countDown();

        await().untilAsserted(() -> assertThat(Flows.read(flow).statusCode()).isEqualTo(404));
        assertThat(world.column("select id from flow where id = ?", flow)).isEmpty();
    }

    @Test
    void endingAFlowStopsItsTask() throws InterruptedException {
        AtomicBoolean stopped = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        ScriptedFlows.TASKS.add(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.set(true);
                throw e;
            }
            return null;
        });
        String flow = Flows.started("t_prog");
        running.await();

        Flows.end(flow).then().statusCode(200);
        watch.watch();

        await().untilTrue(stopped);
        Flows.read(flow).then().statusCode(404);
    }

    @Test
    void aTaskWhoseReplicaDiedRunsAgain() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        ScriptedFlows.TASKS.add(() -> {
            running.countDown();
            new CountDownLatch(1).await();
            return "never";
        });
        String flow = Flows.started("t_prog");
        running.await();
        // What the death of the replica leaves: a flow that waits, and a lease that nobody renews.
        tasks.cancel(flow);
        ScriptedFlows.TASKS.add(() -> "found at last");

        clock.advance(Duration.ofMinutes(1));
        watch.watch();

        await().untilAsserted(() -> Flows.read(flow).then().body("type", equalTo("create_entry")));
    }

    @Test
    void anIdleFlowExpiresAndEveryStepRenewsIt() {
        String flow = Flows.started("t_menu");
        clock.advance(Duration.ofMinutes(59));
        Flows.submit(flow, "{}").then().statusCode(200);
        clock.advance(Duration.ofMinutes(59));
        Flows.read(flow).then().statusCode(200);
        clock.advance(Duration.ofMinutes(2));

        Flows.read(flow).then().statusCode(404);
        Flows.submit(flow, "{}").then().statusCode(404);
        assertThat(Flows.open("t_menu")).isEmpty();
    }

    private static String state(Response external) {
        String url = external.path("url");
        return url.substring(url.indexOf('=') + 1);
    }
}
