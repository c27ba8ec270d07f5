package dev.latchkey.flow;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static dev.latchkey.flow.World.ENTRIES;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.form.Secret;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets that were planted are nowhere to be seen: not in the database, the logs, the events, the metrics, the answers (F9). */
@FlowServiceTest
class SecretsCanaryIT {

    private static final String FIRST = "canary-one-8f2c";
    private static final String SECOND = "canary-two-91aa";

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {

        private final PatternFormatter formatter = new PatternFormatter("%c %s %X%n%e");

        @Override
        public void publish(LogRecord logRecord) {
            logged.add(formatter.format(ExtLogRecord.wrap(logRecord)));
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        LogContext.getLogContext().getLogger("").addHandler(handler);
    }

    @AfterEach
    void clear() {
        LogContext.getLogContext().getLogger("").removeHandler(handler);
        world.clear();
    }

    @Test
    void plantedSecretsAreNowhereToBeSeen() {
        FakeIntegration fake = integrations.make();
        List<String> answers = new ArrayList<>();
        String id = world.create(
                fake, "Device", "serial-1", Map.of("host", "device.example", "api_token", Secret.of(FIRST)));
        world.settles(id);
        List<FakeIntegration.Deed<dev.latchkey.flow.configflow.SetUpOutcome>> outcomes = List.of(
                entry -> new NotReady("503 for token " + FIRST + " / " + SECOND),
                entry -> new AuthenticationFailed("token " + SECOND + " was refused"),
                entry -> new ConfigurationError("https://device.example/?token=" + SECOND),
                entry -> {
                    throw new IllegalStateException(
                            "GET /?token=" + SECOND, new IllegalArgumentException("Bearer " + SECOND));
                },
                entry -> new Loaded());
        entries.update(
                id,
                EntryUpdate.nothing().withDataUpdates(Map.of("old", Secret.of(FIRST), "api_token", Secret.of(SECOND))));
        for (FakeIntegration.Deed<SetUpOutcome> outcome : outcomes) {
            fake.setUp = outcome;
            answers.add(admin().post(ENTRIES + id + "/reload").asString());
            answers.add(as(Bearers.USER).get("/api/config/config_entries/entry").asString());
            answers.add(admin().get(ENTRIES + id).asString());
        }
        fake.unload = entry -> {
            throw new IllegalStateException("cannot close " + SECOND);
        };
        answers.add(admin().post(ENTRIES + id + "/reload").asString());
        answers.add(as(Bearers.USER).get("/api/config/config_entries/entry").asString());
        answers.add(admin().get(ENTRIES + id + "/history").asString());
        answers.add(admin().get(ENTRIES + id + "/credentials").asString());
        answers.add(admin().body("{\"title\":7}").post(ENTRIES + id + "/update").asString());
        answers.add(given().get(metrics).asString());

        assertThat(String.join("\n", answers)).contains("********").doesNotContain(FIRST, SECOND);
        await().untilAsserted(() -> assertThat(logged).anyMatch(line -> line.contains("failed to set up")));
        assertThat(logged).noneMatch(line -> line.contains(FIRST) || line.contains(SECOND));
        for (String table :
                world.column("select table_name from information_schema.tables where table_schema = 'public'")) {
            assertThat(String.join("\n", world.column("select t::text from " + table + " t")))
                    .as(table)
                    .doesNotContain(FIRST, SECOND);
        }
        assertThat(world.column("select 1 from outbox where aggregateid = ?", id))
                .isNotEmpty();
        assertThat(world.entry(id).data().secret("api_token").reveal()).isEqualTo(SECOND);
    }
}
