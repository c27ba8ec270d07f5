package dev.latchkey.signing.boot;

import static dev.latchkey.testing.AsyncApiDocument.documentable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.embedded.KafkaBroker;
import dev.latchkey.embedded.KafkaOptions;
import dev.latchkey.signing.SigningConfig;
import dev.latchkey.testing.AsyncApiDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas find each other over a real Kafka. */
@Timeout(120)
class BootTopicIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final List<Replica> replicas = new ArrayList<>();
    private KafkaBroker kafka;

    /** One start of one replica. */
    private record Replica(BootKeys keys, BootTopic topic) {

        boolean knows(Replica other) {
            return keys.withHeader(other.keys.own().header()) != null;
        }

        void stop() {
            try {
                topic.stop(new ShutdownEvent());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void startKafka() {
        kafka = KafkaBroker.start(home, KafkaOptions.onFreePort());
    }

    @AfterEach
    void stopAll() {
        replicas.forEach(Replica::stop);
        kafka.close();
    }

    private Replica prepare(String name) {
        SigningConfig config = new SmallRyeConfigBuilder()
                .withMapping(SigningConfig.class)
                .withDefaultValue("latchkey.signing.master-secret", "a master secret of 32 characters")
                .withDefaultValue("latchkey.signing.replica", name)
                .withDefaultValue("latchkey.signing.announce-every", "PT0.2S")
                .withDefaultValue("latchkey.signing.gone-after", "PT2S")
                .build()
                .getConfigMapping(SigningConfig.class);
        BootKeys keys = new BootKeys(config, Clock.systemUTC(), new SimpleMeterRegistry(), 8083);
        return new Replica(keys, new BootTopic(keys, config, kafkaSettings(), new ObjectMapper(), Clock.systemUTC()));
    }

    private Replica start(String name) {
        Replica replica = prepare(name);
        replica.topic().start(new StartupEvent());
        replicas.add(replica);
        await().atMost(LONG).until(replica.topic()::isRead);
        return replica;
    }

    @Test
    void whoeverIsReadyKnowsEverybodyWhoWasReadyBefore() {
        Replica first = start("a");
        Replica second = start("b");

        assertThat(second.knows(first)).isTrue();
        assertThat(second.knows(second)).isTrue();
        await().atMost(LONG).until(() -> first.knows(second));
    }

    /** docs/asyncapi.yaml, for whoever reads along. */
    @Test
    void whatIsAnnouncedIsWhatTheDocumentSays() {
        AsyncApiDocument document = AsyncApiDocument.read();
        String topic = BootTopicClients.TOPIC.name();
        start("a").stop();

        Set<String> types = new HashSet<>();
        try (var consumer = new BootTopicClients(kafkaSettings()).consumer()) {
            BootTopicClients.assignAll(consumer);
            await().atMost(LONG).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Map<String, String> headers = new HashMap<>();
                    record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
                    assertThat(document.violations(topic, headers, record.key(), new String(record.value(), UTF_8)))
                            .isEmpty();
                    types.add(headers.get("ce_type"));
                }
                return types.equals(document.types(topic));
            });
        }
        assertThat(document.partitions(topic)).isEqualTo(BootTopicClients.TOPIC.partitions());
        assertThat(document.settings(topic)).isEqualTo(documentable(BootTopicClients.TOPIC.configuration()));
    }

    private Map<String, Object> kafkaSettings() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + kafka.port());
    }

    @Test
    void aRestartEndsTheLinksOfThatReplicaAlone() {
        Replica before = start("a");
        Replica other = start("b");
        await().atMost(LONG).until(() -> before.knows(other));

        Replica after = start("a");

        await().atMost(LONG).until(() -> other.knows(after) && !other.knows(before));
        assertThat(other.knows(other)).isTrue();
        assertThat(after.knows(before)).isFalse();
        assertThat(after.knows(other)).isTrue();
    }

    @Test
    void whoLeavesIsForgottenAtOnce() {
        Replica leaving = start("a");
        Replica staying = start("b");

        leaving.stop();

        await().atMost(Duration.ofMillis(1_900))
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> !staying.knows(leaving));
    }

    @Test
    void whoFallsSilentIsForgottenAfterAWhile() throws Exception {
        Replica staying = start("b");
        Replica silent = prepare("c");
        try (var producer = new BootTopicClients(kafkaSettings()).producer()) {
            silent.topic().announce(producer, silent.keys().boot());
        }
        await().atMost(LONG).until(() -> staying.knows(silent));

        await().atMost(LONG).until(() -> !staying.knows(silent));
    }

    @Test
    void aKafkaThatIsAwayEndsNobody() {
        Replica first = start("a");
        Replica second = start("b");
        await().atMost(LONG).until(() -> first.knows(second));
        int port = kafka.port();

        kafka.close();
        await().during(Duration.ofSeconds(4)).atMost(LONG).until(() -> first.knows(second) && second.knows(first));
        kafka = KafkaBroker.start(home, new KafkaOptions(port));

        Replica third = start("c");
        await().atMost(LONG).until(() -> first.knows(third) && second.knows(third));
        await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> first.knows(second) && second.knows(first));
    }

    @Test
    void withoutKafkaNobodyIsReady() {
        kafka.close();
        Replica alone = prepare("a");
        alone.topic().start(new StartupEvent());
        replicas.add(alone);

        await().during(Duration.ofSeconds(1))
                .atMost(LONG)
                .until(() -> !alone.topic().isRead());
        assertThat(alone.knows(alone)).isTrue();
    }
}
