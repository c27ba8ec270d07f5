package dev.latchkey.signing.boot;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the topic of boots and what reads and writes it. */
final class BootTopicClients {

    static final String TOPIC = "latchkey.signing.boots";

    private static final int TIMEOUT_MS = 5_000;

    /**
     * Compacted by replica, so that it stays short; the broker's clock, so that silence means the same to everybody. What is
     * older than an hour is of nobody who is alive.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
            TopicConfig.RETENTION_MS_CONFIG, Long.toString(Duration.ofHours(1).toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofMinutes(10).toMillis()),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");

    private final Map<String, Object> kafka;

    BootTopicClients(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /** Makes the topic unless it is there, in one partition: it is small, and has one order. */
    void createTopic() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> settings = with(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty()).configs(SETTINGS);
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    Producer<String, byte[]> producer() {
        Map<String, Object> settings = with(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1024 * 1024L);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    Consumer<String, byte[]> consumer() {
        Map<String, Object> settings = with(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Has a consumer read the whole topic from its beginning; belongs to no group, so every replica reads all of it. */
    static Collection<TopicPartition> assignAll(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private Map<String, Object> with(String setting, Object value) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(setting, value);
        return settings;
    }
}
