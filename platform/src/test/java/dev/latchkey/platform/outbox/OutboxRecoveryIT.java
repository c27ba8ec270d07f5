package dev.latchkey.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.event.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moves events while relays come and go, and PostgreSQL and Kafka go away. */
@Timeout(120)
class OutboxRecoveryIT extends OutboxRelayTesting {

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
    void theRightOfAReplicaThatDiedIsTakenOverWhenItsTimeIsOverAndNotBefore() throws Exception {
        database.execute("update outbox_lease set holder = gen_random_uuid(),"
                + " valid_until = clock_timestamp() + interval '3 seconds'");
        long start = System.nanoTime();
        relay();
        database.add(true, changed("k", 1));
        awaitPublished(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(2500), Duration.ofSeconds(20));
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

    @Test
    void aTopicThatEndsBeforeWhatWasWrittenToItIsToldEverythingAgain() throws Exception {
        database.execute("insert into thing values ('c1', 7)");
        OutboxRelay first = relay();
        await().atMost(SOON).untilAsserted(() -> assertThat(facts()).containsExactly("c1"));
        first.close();
        // As when the broker came back with an older disk: what was written after its end is gone.
        database.execute("update outbox_topic set last_offset = 1000000 where name = '" + lively + "'");

        relay();

        await().atMost(SOON).untilAsserted(() -> assertThat(facts()).containsExactly("c1", "c1"));
    }

    @Test
    void aTopicThatIsCutWhileItIsWrittenIsToldEverythingAgain() throws Exception {
        database.execute("insert into thing values ('d1', 7)");
        relay();
        await().atMost(SOON).untilAsserted(() -> assertThat(facts()).containsExactly("d1"));

        database.execute("update outbox_topic set last_offset = 1000000 where name = '" + lively + "'");

        await().atMost(SOON).untilAsserted(() -> assertThat(facts()).containsExactly("d1", "d1"));
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> facts().size() == 2);
    }

    @Test
    void aTopicOfSeveralPartitionsOnWhichAHeartbeatWouldSpeakForAllIsRefused() {
        Topics.ensure(List.of(new TopicSettings(lively, 3, Map.of())), kafka.settings());

        assertThatThrownBy(() -> Topics.ensure(new Things().topics(), kafka.settings()))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(lively)
                .hasMessageContaining("must have one");
    }

    private List<String> facts() {
        return kafka.read(lively).stream()
                .filter(event -> event.type().equals(TYPE))
                .map(Event::key)
                .toList();
    }
}
