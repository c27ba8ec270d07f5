package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.entry.EntryState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refused credentials count, whatever keeps the service from asking for new ones. */
@FlowServiceTest
class RefusedCredentialsIT {

    /** The service asks again 4, 10 and 18 s after it failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        world.execute("drop function if exists refuse cascade");
        world.execute("drop sequence if exists refusals");
        Flows.clear();
        world.clear();
    }

    @Test
    void aReportIsNotedAlsoWhenTheIntegrationKnowsNoReauthentication() {
        String entry = world.createIn(EntryState.LOADED, fake);
        fake.answers(new AuthenticationFailed("401 from the device"));

        as(Bearers.WORKER)
                .body(Map.of("reason", "401 from the device"))
                .post(World.ENTRIES + entry + "/reauth")
                .then()
                .statusCode(400)
                .body("message", equalTo("Handler Unconfigured doesn't support step reauth"));

        world.becomes(entry, EntryState.SETUP_ERROR);
        assertThat(world.events(entry)).contains("reauth_required");
    }

    @Test
    void newCredentialsAreAskedForLaterWhenThatFailsAtFirst() {
        fake.flow = () -> new ScriptedFlows.Script().with("reauth", (flow, input) -> flow.ask("reauth"));
        String entry = world.createIn(EntryState.LOADED, fake);
        world.execute("create function refuse() returns trigger language plpgsql"
                + " as 'begin perform nextval(''refusals''); raise exception ''on purpose''; end'");
        world.execute("create sequence refusals");
        world.execute("create trigger refuse before insert on flow for each row execute function refuse()");
        fake.answers(new AuthenticationFailed("401 from the device"));
        Bearers.admin().post(World.ENTRIES + entry + "/reload").then().statusCode(200);
        world.becomes(entry, EntryState.SETUP_ERROR);
        assertThat(world.column("select is_called from refusals")).containsExactly("t");
        assertThat(Flows.open(fake.domain())).isEmpty();

        world.execute("drop function refuse cascade");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Flows.open(fake.domain()))
                        .singleElement()
                        .satisfies(flow -> assertThat(flow).containsEntry("step_id", "reauth")));
    }
}
