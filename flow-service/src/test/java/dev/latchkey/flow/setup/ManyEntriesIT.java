package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.entry.Replicas;
import dev.latchkey.flow.entry.SelfReplica;
import dev.latchkey.flow.form.Secret;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many entries at once, as after a restart: all are set up again, never more at once than may be. {@code -Dlatchkey.test.entries}
 * says how many; the figures are logged.
 */
@FlowServiceTest
class ManyEntriesIT {

    private static final Logger LOG = Logger.getLogger(ManyEntriesIT.class);
    private static final int ENTRIES = Integer.getInteger("latchkey.test.entries", 1_000);
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_PER_HOST = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

    @Inject
    Replicas replicas;

    @Inject
    SelfReplica self;

    @TestHTTPResource
    URI root;

    @AfterEach
    void clear() {
        world.clear();
    }

    @Test
    void allEntriesAreSetUpAgainAfterARestartAndNeverTooManyAtOnce() throws IOException, InterruptedException {
        FakeIntegration spread = integrations.make();
        spread.setUp = entry -> {
            TimeUnit.MILLISECONDS.sleep(20);
            return new Loaded();
        };
        FakeIntegration oneHost = integrations.make();
        oneHost.setUp = spread.setUp;
        oneHost.host = "busy.example";
        for (int i = 0; i < ENTRIES; i += 100) {
            int from = i;
            QuarkusTransaction.requiringNew().run(() -> {
                for (int j = from; j < Math.min(from + 100, ENTRIES); j++) {
                    create(j % 5 == 0 ? oneHost : spread, j);
                }
            });
        }
        awaitLoaded();

        spread.setUps.set(0);
        oneHost.setUps.set(0);
        long start = System.nanoTime();
        replicas.leave(self.id());
        await().atMost(PATIENCE).until(() -> spread.setUps.get() + oneHost.setUps.get() >= ENTRIES);
        awaitLoaded();
        LOG.infof(
                "%d entries were set up again in %d ms",
                ENTRIES, Duration.ofNanos(System.nanoTime() - start).toMillis());

        assertThat(spread.mostRunning.get()).isLessThanOrEqualTo(MOST_AT_ONCE);
        assertThat(oneHost.mostRunning.get()).isLessThanOrEqualTo(MOST_PER_HOST);
        assertThat(spread.setUps.get() + oneHost.setUps.get()).isEqualTo(ENTRIES);
        measureLists();
    }

    private void measureLists() throws IOException, InterruptedException {
        long[] micros = new long[200];
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest list = HttpRequest.newBuilder(root.resolve("/api/config/config_entries/entry"))
                    .header("Authorization", "Bearer " + Bearers.USER)
                    .build();
            for (int i = 0; i < micros.length; i++) {
                long start = System.nanoTime();
                HttpResponse<byte[]> answer = client.send(list, BodyHandlers.ofByteArray());
                micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body().length).isGreaterThan(ENTRIES * 300);
            }
        }
        as(Bearers.USER).get("/api/config/config_entries/entry").then().body("$", hasSize(ENTRIES));
        long[] warm = Arrays.copyOfRange(micros, 50, micros.length);
        Arrays.sort(warm);
        LOG.infof(
                "A list of %d entries took %d us in the median, %d us in the 99th percentile",
                ENTRIES, warm[warm.length / 2], warm[warm.length * 99 / 100]);
    }

    private void awaitLoaded() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> world.column("select count(*) from config_entry where state = 'loaded' and hold is null")
                        .equals(List.of(Integer.toString(ENTRIES))));
    }

    private void create(FakeIntegration integration, int number) {
        entries.create(new NewEntry(
                integration.domain(),
                "Device " + number,
                "serial-" + number,
                "user",
                Map.of("host", "https://device-" + number + ".example:8443", "api_token", Secret.of("t0k3n-" + number)),
                Map.of(),
                1,
                1,
                null));
    }
}
