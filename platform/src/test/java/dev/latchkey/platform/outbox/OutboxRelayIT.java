package dev.latchkey.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moves events through a real PostgreSQL and a real Kafka. */
@Timeout(120)
class OutboxRelayIT extends OutboxRelayTesting {

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
}
