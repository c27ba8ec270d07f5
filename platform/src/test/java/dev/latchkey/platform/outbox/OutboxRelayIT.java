package dev.latchkey.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moves events through a real PostgreSQL and a real Kafka, and takes them away meanwhile. */
@Timeout(120)
class OutboxRelayIT {

    private static final String TYPE = "dev.latchkey.test.thing.changed.v1";
    private static final String HEARTBEAT = "dev.latchkey.test.heartbeat.v1";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static KafkaForTests kafka;
    private static OutboxDatabase database;

    private final List<OutboxRelay> relays = new ArrayList<>();
    private final String topic = "latchkey.test.things-" + UUID.randomUUID();
    private final String lively = "latchkey.test.lively-" + UUID.randomUUID();
    private SimpleMeterRegistry metrics;

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

    private OutboxRelay relay() {
        OutboxRelay relay =
                OutboxRelay.start(database.dataSource(), kafka.settings(), "test-service", new Things(), metrics);
        relays.add(relay);
        return relay;
    }

    private final class Things implements Publication {
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

    private OutboxEvent changed(String key, int version) {
        return new OutboxEvent(topic, key, TYPE, "thing/" + key, Map.of("version", version), Instant.now());
    }

    private int version(Event event) {
        try {
            return JSON.readTree(event.data()).get("version").intValue();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Event> published() {
        return kafka.read(topic);
    }

    private void awaitPublished(int events) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(database.count("outbox")).isZero();
            assertThat(published().stream().map(Event::id).distinct()).hasSize(events);
        });
    }

    @Test
    void anEventArrivesAsItWasAdded() throws Exception {
        relay();
        Instant time = Instant.parse("2026-11-20T12:00:00.123456Z");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", "Zoë \u0000 ☃");
        data.put("count", 12345678901234L);
        data.put("nothing", null);
        data.put("list", List.of(1, "two", Map.of("three", true)));

        database.add(true, new OutboxEvent(topic, "k", TYPE, "thing/k", data, time));

        awaitPublished(1);
        Event event = published().getFirst();
        assertThat(event.type()).isEqualTo(TYPE);
        assertThat(event.source()).hasToString("/latchkey/test-service");
        assertThat(event.subject()).isEqualTo("thing/k");
        assertThat(event.time()).isEqualTo(time);
        assertThat(event.key()).isEqualTo("k");
        assertThat(event.sequence()).isPositive();
        assertThat(JSON.readTree(event.data())).isEqualTo(JSON.readTree(JSON.writeValueAsBytes(data)));
    }

    @Test
    void aTombstoneHasNoData() throws Exception {
        relay();
        database.add(true, OutboxEvent.tombstone(topic, "k", TYPE, Instant.now()));
        awaitPublished(1);
        assertThat(published().getFirst().data()).isNull();
    }

    @Test
    void anEventWithoutACommitIsNeverPublished() throws Exception {
        relay();
        database.add(false, changed("rolled-back", 1));
        database.add(true, changed("committed", 1));

        awaitPublished(1);
        assertThat(published()).extracting(Event::key).containsExactly("committed");
    }

    @Test
    void anEventOutsideATransactionIsRefused() {
        JdbcOutbox outbox = new JdbcOutbox(database.dataSource());
        assertThatThrownBy(() -> outbox.add(changed("k", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEventThatKafkaWouldNotTakeIsRefusedAtOnce() {
        OutboxEvent large =
                new OutboxEvent(topic, "k", TYPE, null, Map.of("text", "x".repeat(200 * 1024)), Instant.now());
        assertThatThrownBy(() -> database.add(true, large)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasCommittedWhileNobodyRelayedIsPublishedLater() throws Exception {
        for (int version = 1; version <= 300; version++) {
            database.add(true, changed("k", version));
        }
        relay();

        awaitPublished(300);
        assertThat(published()).extracting(this::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anEventIsPublishedWithoutWaitingForThePoll() throws Exception {
        relay();
        database.add(true, changed("first", 1));
        awaitPublished(1);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long start = System.nanoTime();
            database.add(true, changed("k", i));
            await().pollInterval(Duration.ofMillis(2)).atMost(SOON).until(() -> database.count("outbox") == 0);
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        // Without the wake-up half of them would take more than 200 ms; with it hardly one does, even on a busy
        // machine.
        assertThat(millis.stream().sorted().toList().get(4)).isLessThan(150L);
    }

    @Test
    void eventsOfAKeyKeepTheirOrderWhateverRelaysComeAndGo() throws Exception {
        relay();
        relay();
        CompletableFuture<Void> comingAndGoing = CompletableFuture.runAsync(() -> {
            Random random = new Random(1);
            for (int i = 0; i < 5; i++) {
                relays.get(random.nextInt(relays.size())).close();
                relay();
            }
        });
        int keys = 5;
        int versions = 60;
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            String name = "k" + key;
            writers.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int version = 1; version <= versions; version++) {
                        database.add(false, changed(name, -version));
                        database.add(true, changed(name, version));
                    }
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        writers.forEach(CompletableFuture::join);
        comingAndGoing.join();

        awaitPublished(keys * versions);
        Map<String, List<Integer>> byKey = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Event event : published()) {
            if (seen.add(event.id())) {
                byKey.computeIfAbsent(event.key(), k -> new ArrayList<>()).add(version(event));
            }
        }
        assertThat(byKey).hasSize(keys);
        assertThat(byKey.values())
                .allSatisfy(versionsOfKey ->
                        assertThat(versionsOfKey).isSorted().hasSize(versions).allMatch(version -> version > 0));
        // The last one wins on a compacted topic.
        assertThat(published().stream()
                        .filter(event -> event.key().equals("k0"))
                        .reduce((a, b) -> b))
                .hasValueSatisfying(last -> assertThat(version(last)).isEqualTo(versions));
    }

    @Test
    void aRelayThatWasThoughtDeadCannotPublishAfterItsSuccessor() {
        Publisher former = new Publisher(kafka.settings(), "same-name");
        former.publish(List.of(row("before")));
        try (Publisher successor = new Publisher(kafka.settings(), "same-name")) {
            successor.publish(List.of(row("successor")));
            assertThatThrownBy(() -> former.publish(List.of(row("late")))).isInstanceOf(KafkaException.class);
        } finally {
            former.close();
        }
        assertThat(published()).extracting(Event::key).containsExactlyInAnyOrder("before", "successor");
    }

    private OutboxRow row(String key) {
        Event event = new Event(
                UUID.randomUUID().toString(),
                java.net.URI.create("/test"),
                TYPE,
                null,
                Instant.now(),
                key,
                1,
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new OutboxRow(topic, event);
    }

    @Test
    void oneRelayWorksAndTheNextTakesOverAtOnceWhenItIsClosed() throws Exception {
        OutboxRelay first = relay();
        database.add(true, changed("k", 1));
        awaitPublished(1);
        relay();
        first.close();
        long start = System.nanoTime();
        database.add(true, changed("k", 2));
        awaitPublished(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aRelayThatLostItsDatabaseConnectionGoesOn() throws Exception {
        relay();
        database.add(true, changed("k", 1));
        awaitPublished(1);

        database.breakConnections();
        database.add(true, changed("k", 2));

        awaitPublished(2);
        assertThat(metrics.get("latchkey.outbox.failures").counter().count()).isPositive();
    }

    @Test
    void nothingIsLostOrReorderedWhenKafkaGoesAwayAndComesBack() throws Exception {
        relay();
        int version = 0;
        while (++version <= 20) {
            database.add(true, changed("k", version));
        }
        kafka.stop();
        try {
            while (version <= 60) {
                database.add(true, changed("k", version++));
            }
            await().atMost(SOON)
                    .until(() ->
                            metrics.get("latchkey.outbox.failures").counter().count() > 0);
            await().atMost(SOON)
                    .until(() -> metrics.get("latchkey.outbox.pending").gauge().value() > 0);
        } finally {
            kafka.restart();
        }

        awaitPublished(60);
        Set<String> seen = new HashSet<>();
        assertThat(published().stream().filter(event -> seen.add(event.id())).map(this::version))
                .isSorted()
                .hasSize(60);
    }

    @Test
    void aHeartbeatComesAfterEverythingThatWasCommittedBeforeIt() throws Exception {
        relay();
        for (int i = 0; i < 200; i++) {
            database.add(true, new OutboxEvent(lively, "k" + i, TYPE, null, Map.of("version", i), Instant.now()));
        }
        Instant committed = Instant.now();
        await().atMost(SOON)
                .until(() -> kafka.read(lively).stream()
                        .anyMatch(event ->
                                event.type().equals(HEARTBEAT) && event.time().isAfter(committed.plusMillis(500))));

        List<Event> events = kafka.read(lively);
        int last = events.indexOf(events.stream()
                .filter(event -> event.key().equals("k199"))
                .findFirst()
                .orElseThrow());
        assertThat(events.subList(0, last))
                .filteredOn(event -> event.type().equals(HEARTBEAT))
                .allSatisfy(heartbeat -> assertThat(heartbeat.time()).isBefore(committed));
    }

    @Test
    void aTopicThatKafkaLostIsToldEverythingAgain() throws Exception {
        database.execute("insert into thing values ('t1', 7), ('t2', 8)");
        relay();
        await().atMost(SOON).untilAsserted(() -> assertThat(facts()).containsExactlyInAnyOrder("t1", "t2"));

        try (var admin = org.apache.kafka.clients.admin.Admin.create(kafka.settings())) {
            admin.deleteTopics(List.of(lively)).all().get();
        }

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(facts()).containsExactlyInAnyOrder("t1", "t2"));
    }

    private List<String> facts() {
        return kafka.read(lively).stream()
                .filter(event -> event.type().equals(TYPE))
                .map(Event::key)
                .toList();
    }
}
