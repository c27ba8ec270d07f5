package dev.latchkey.platform.event;

import java.util.HashMap;
import java.util.Map;

/**
 * The settings of Kafka's clients: how to reach it comes from the deployment, the rest is what the events need. Time-outs are
 * short, because whoever waits for an event has something better to do when it does not come.
 */
public final class KafkaSettings {

    private static final Map<String, Object> COMMON = Map.of(
            "reconnect.backoff.ms", 50,
            "reconnect.backoff.max.ms", 500,
            "retry.backoff.ms", 50,
            "retry.backoff.max.ms", 500,
            "socket.connection.setup.timeout.ms", 2_000,
            "socket.connection.setup.timeout.max.ms", 3_000,
            "metric.reporters", "",
            "enable.metrics.push", false);

    private static final Map<String, Object> ADMIN =
            Map.of("request.timeout.ms", 3_000, "default.api.timeout.ms", 6_000);

    /** {@code fetch.max.wait.ms} is only how long an idle poll lasts at the broker: a new record ends it. */
    private static final Map<String, Object> CONSUMER = Map.of(
            "request.timeout.ms",
            3_000,
            "default.api.timeout.ms",
            3_000,
            "fetch.max.wait.ms",
            500,
            "max.poll.records",
            5_000,
            "max.partition.fetch.bytes",
            4 * 1024 * 1024,
            "auto.offset.reset",
            "none",
            "enable.auto.commit",
            false,
            "allow.auto.create.topics",
            false,
            "isolation.level",
            "read_uncommitted");

    private static final Map<String, Object> PRODUCER = Map.of(
            "acks", "all",
            "enable.idempotence", true,
            "linger.ms", 0,
            "max.block.ms", 2_000,
            "request.timeout.ms", 2_000,
            "delivery.timeout.ms", 4_000,
            "transaction.timeout.ms", 10_000,
            "buffer.memory", 33_554_432L);

    private KafkaSettings() {}

    /** Returns the settings of an administrator. */
    static Map<String, Object> admin(Map<String, Object> kafka) {
        return with(kafka, ADMIN, Map.of());
    }

    /** Returns the settings of a consumer that is told which partitions to read and from where, and belongs to no group. */
    static Map<String, Object> consumer(Map<String, Object> kafka, String clientId) {
        Map<String, Object> settings = with(kafka, CONSUMER, Map.of("client.id", clientId));
        settings.remove("group.id");
        return settings;
    }

    /**
     * Returns the settings of a producer that keeps order and shuts out an older one of the same name.
     *
     * @param transactionalId the name that only one living producer may have
     */
    public static Map<String, Object> producer(Map<String, Object> kafka, String transactionalId) {
        return with(kafka, PRODUCER, Map.of("transactional.id", transactionalId));
    }

    private static Map<String, Object> with(
            Map<String, Object> kafka, Map<String, Object> needed, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(COMMON);
        settings.putAll(needed);
        settings.putAll(more);
        return settings;
    }
}
