package dev.latchkey.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    private static final String TOPIC = "kept";

    @TempDir
    Path home;

    @Test
    void anAcknowledgedRecordSurvivesAKilledBroker() throws Exception {
        var port = Loopback.freePort();
        var first = startProcess(port);
        try {
            createTopic(port);
            send(port, "latch");
        } finally {
            first.destroyForcibly();
        }
        assertThat(first.waitFor(5, SECONDS)).isTrue();

        var second = startProcess(port);
        try {
            assertThat(read(port)).containsExactly("latch");
        } finally {
            second.destroy();
        }
        assertThat(second.waitFor(10, SECONDS)).isTrue();
    }

    @Test
    void aBrokerInThisJvmStartsAndStops() throws Exception {
        try (var broker = KafkaBroker.ephemeral()) {
            createTopic(broker.port());
            send(broker.port(), "latch");
            assertThat(read(broker.port())).containsExactly("latch");
        }
    }

    @Test
    void whoComesByADetourIsToldWhereToGoOn() throws Exception {
        var ports = Loopback.freePorts(2);
        var detour = new KafkaOptions.Detour(ports.getLast(), ports.getFirst());
        try (var broker = KafkaBroker.start(home, new KafkaOptions(ports.getFirst(), List.of(detour)))) {
            assertThat(portsTold(detour.port())).containsExactly(detour.advertised());
            assertThat(portsTold(broker.port())).containsExactly(broker.port());
        }
    }

    private static List<Integer> portsTold(int port) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Loopback.HOST + ":" + port))) {
            return admin.describeCluster().nodes().get(10, SECONDS).stream()
                    .map(node -> node.port())
                    .toList();
        }
    }

    private Process startProcess(int port) throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName(),
                        home.toString(),
                        Integer.toString(port))
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> KafkaMain.saysReady(home, process.pid()));
        return process;
    }

    private static void createTopic(int port) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get(10, SECONDS);
        }
    }

    private static void send(int port, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get(10, SECONDS);
        }
    }

    private static List<String> read(int port) {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> consumer.poll(Duration.ofMillis(200)).records(partition).stream()
                                    .map(kept -> kept.value())
                                    .toList(),
                            values -> !values.isEmpty());
        }
    }
}
