package dev.latchkey.flow.metric;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.entry.EntryState;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@FlowServiceTest
class EntryMetricsIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    EntryMetrics metrics;

    @TestHTTPResource(value = "/metrics", management = true)
    URI endpoint;

    @AfterEach
    void clear() {
        world.clear();
    }

    @Test
    void entriesAreCountedByIntegrationAndStateAndWhoWaitsForCredentials() {
        FakeIntegration fake = integrations.make();
        world.createIn(EntryState.LOADED, fake);
        world.createIn(EntryState.LOADED, fake);
        fake.answers(new AuthenticationFailed("no"));
        String refused = world.createIn(EntryState.SETUP_ERROR, fake);
        metrics.count();

        String domain = "domain=\"" + fake.domain() + "\"";
        assertThat(shown())
                .contains("latchkey_flow_entries{" + domain + ",state=\"loaded\"} 2.0")
                .contains("latchkey_flow_entries{" + domain + ",state=\"setup_error\"} 1.0")
                .contains("latchkey_flow_reauth_backlog 1.0")
                .contains("latchkey_flow_setup_seconds_count{" + domain + ",outcome=\"loaded\"} 2")
                .contains("latchkey_flow_setup_seconds_count{" + domain + ",outcome=\"authentication_failed\"} 1");

        fake.answers(new Loaded());
        world.execute("update config_entry set due_at = now(), state = 'not_loaded' where id = '" + refused + "'");
        world.becomes(refused, EntryState.LOADED);
        metrics.count();

        assertThat(shown())
                .contains("latchkey_flow_entries{" + domain + ",state=\"loaded\"} 3.0")
                .doesNotContain("latchkey_flow_entries{" + domain + ",state=\"setup_error\"}")
                .contains("latchkey_flow_reauth_backlog 0.0")
                .contains("latchkey_flow_reauth_oldest_seconds 0.0");
    }

    private String shown() {
        return given().get(endpoint).then().statusCode(200).extract().asString();
    }
}
