package dev.latchkey.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.KafkaForTests;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.event.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A relay between a real PostgreSQL and a real Kafka. */
abstract class OutboxRelayTesting {

    static final String TYPE = "dev.latchkey.test.thing.changed.v1";
    static final String HEARTBEAT = "dev.latchkey.test.heartbeat.v1";
    static final Duration SOON = Duration.ofSeconds(30);
    static final ObjectMapper JSON = new ObjectMapper();

    static KafkaForTests kafka;
    static OutboxDatabase database;

    final List<OutboxRelay> relays = new ArrayList<>();
    final String topic = "latchkey.test.things-" + UUID.randomUUID();
    final String lively = "latchkey.test.lively-" + UUID.randomUUID();
    SimpleMeterRegistry metrics;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaForTests();
        database = new OutboxDatabase();
        database.execute("create table thing (id text primary key, version int not null)");
    }

    @AfterAll
    static void end() {
        kafka.close();
        database.close();
    }

    @BeforeEach
    void beginEmpty() throws SQLException {
        metrics = new SimpleMeterRegistry();
        database.execute("truncate outbox, outbox_topic, thing");
        Topics.ensure(List.of(TopicSettings.history(topic, 3, Duration.ofDays(1))), kafka.settings());
    }

    @AfterEach
    void stopRelays() {
        relays.forEach(OutboxRelay::close);
    }

    OutboxRelay relay() {
        OutboxRelay relay =
                OutboxRelay.start(database.dataSource(), kafka.settings(), "test-service", new Things(), metrics);
        relays.add(relay);
        return relay;
    }

    final class Things implements Publication {
        @Override
        public List<TopicSettings> topics() {
            return List.of(
                    TopicSettings.history(topic, 3, Duration.ofDays(1)),
                    new TopicSettings(lively, 1, Map.of("cleanup.policy", "compact")));
        }

        @Override
        public Heartbeat heartbeat() {
            return new Heartbeat(
                    lively, "heartbeat", HEARTBEAT, (asOf, id) -> Map.of("as_of", asOf.toString(), "topic_id", id));
        }

        @Override
        public Map<String, TopicFacts> facts() {
            return Map.of(lively, connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("insert into outbox (id, aggregatetype, aggregateid, type, timestamp, payload)"
                            + " select gen_random_uuid(), '" + lively + "', id, '" + TYPE + "', now(),"
                            + " jsonb_build_object('version', version) from thing");
                }
            });
        }
    }

    OutboxEvent changed(String key, int version) {
        return new OutboxEvent(topic, key, TYPE, "thing/" + key, Map.of("version", version), Instant.now());
    }

    int version(Event event) {
        try {
            return JSON.readTree(event.data()).get("version").intValue();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    List<Event> published() {
        return kafka.read(topic);
    }

    void awaitPublished(int events) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(database.count("outbox")).isZero();
            assertThat(published().stream().map(Event::id).distinct()).hasSize(events);
        });
    }
}
