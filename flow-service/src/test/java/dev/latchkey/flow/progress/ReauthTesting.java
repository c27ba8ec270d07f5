package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.testing.AdjustableClock;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An entry whose token can die. */
abstract class ReauthTesting {

    static final String HOST = "one.example";

    @Inject
    Event<AuthenticationRefused> refused;

    @Inject
    Entries entries;

    @Inject
    FlowRemoval removal;

    @Inject
    AdjustableClock clock;

    String entry;

    @BeforeEach
    void addEntry() {
        FakeAccounts.account(HOST, "old", "user-1");
        Response created = Flows.submit(Flows.started("t_auth"), Map.of("host", HOST, "api_token", "old"));
        created.then().statusCode(200).body("type", equalTo("create_entry")).body("result.state", equalTo("loaded"));
        entry = created.path("result.entry_id");
    }

    @AfterEach
    void clear() {
        clock.reset();
        Flows.clear();
        FakeAccounts.goAway(HOST);
    }

    /** The token dies, a reload finds out; returns the flow that this starts. */
    String tokenDies() {
        FakeAccounts.revoke(HOST, "old");
        admin().post(Flows.BASE + "/entry/" + entry + "/reload").then().statusCode(200);
        await().untilAsserted(() -> assertThat(Flows.open("t_auth")).hasSize(1));
        return (String) Flows.open("t_auth").getFirst().get("flow_id");
    }

    Secret token() {
        return entries.find(entry).orElseThrow().data().secret("api_token");
    }
}
