package dev.latchkey.signing.boot;

import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.event.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the topic of boots and what reads and writes it. */
final class BootTopicClients {

    /**
     * Compacted by replica, so that it stays short; in one partition, so that there is one order; the broker's clock, so that
     * silence means the same to everybody. What is older than an hour is of nobody who is alive.
     */
    static final TopicSettings TOPIC = new TopicSettings(
            "latchkey.signing.boots",
            1,
            Map.of(
                    "cleanup.policy", "compact,delete",
                    "message.timestamp.type", "LogAppendTime",
                    "retention.ms", Long.toString(Duration.ofHours(1).toMillis()),
                    "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
                    "min.cleanable.dirty.ratio", "0.1"));

    private static final Map<String, Object> COMMON = Map.of(
            "reconnect.backoff.max.ms", 500,
            "request.timeout.ms", 3_000,
            "socket.connection.setup.timeout.ms", 2_000,
            "socket.connection.setup.timeout.max.ms", 3_000,
            "metric.reporters", "",
            "enable.metrics.push", false);

    private static final Map<String, Object> PRODUCER = Map.of(
            "acks",
            "all",
            "linger.ms",
            0,
            "max.block.ms",
            3_000,
            "delivery.timeout.ms",
            4_000,
            "buffer.memory",
            1_048_576L);

    private static final Map<String, Object> CONSUMER = Map.of(
            "default.api.timeout.ms",
            5_000,
            "enable.auto.commit",
            false,
            "allow.auto.create.topics",
            false,
            "auto.offset.reset",
            "earliest");

    private final Map<String, Object> kafka;

    /** @param kafka how to reach Kafka */
    BootTopicClients(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /** Makes the topic unless it is there. */
    void createTopic() {
        Topics.ensure(List.of(TOPIC), kafka);
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(with(PRODUCER), new StringSerializer(), new ByteArraySerializer());
    }

    Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = with(CONSUMER);
        settings.remove("group.id");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Has a consumer read the whole topic from its beginning; belongs to no group, so every replica reads all of it. */
    static Collection<TopicPartition> assignAll(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC.name()).stream()
                .map(partition -> new TopicPartition(TOPIC.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private Map<String, Object> with(Map<String, Object> needed) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(COMMON);
        settings.putAll(needed);
        return settings;
    }
}
