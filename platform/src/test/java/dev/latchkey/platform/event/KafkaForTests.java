package dev.latchkey.platform.event;

import dev.latchkey.embedded.KafkaBroker;
import dev.latchkey.embedded.KafkaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker for the tests of one class, which can go away and come back where it was. */
public final class KafkaForTests implements AutoCloseable {

    private final Path home;
    private KafkaBroker broker;
    private final int port;
    private boolean stopped;

    public KafkaForTests() {
        try {
            home = Files.createTempDirectory("latchkey-kafka-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = KafkaBroker.start(home, KafkaOptions.onFreePort());
        port = broker.port();
    }

    /** How to reach it. */
    public Map<String, Object> settings() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + port);
    }

    /** Takes it away. */
    public void stop() {
        broker.close();
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Brings it back with what it had. */
    public void restart() {
        broker = KafkaBroker.start(home, new KafkaOptions(port));
        stopped = false;
    }

    /** Puts events on a topic as if they came from elsewhere. */
    public void send(String topic, List<Event> events) {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            events.forEach(event -> producer.send(EventRecords.write(topic, event)));
            producer.flush();
        }
    }

    /** Returns everything that is on a topic now, in the order of each partition. */
    public List<Event> read(String topic) {
        List<Event> read = new ArrayList<>();
        Map<String, Object> settings = KafkaSettings.consumer(settings(), "test");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<TopicPartition> open = new HashSet<>(partitions);
            while (!open.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(EventRecords.read(record)));
                open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
        }
        return read;
    }

    @Override
    public void close() {
        broker.close();
        try (var files = Files.walk(home)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
