package dev.latchkey.platform.event;

import java.time.Duration;
import java.util.Map;

/**
 * A topic as it has to be.
 *
 * @param name the name
 * @param partitions how many partitions it is made with; one that exists keeps what it has
 * @param configuration settings of Kafka's topics; a topic that exists is given them
 */
public record TopicSettings(String name, int partitions, Map<String, String> configuration) {

    /**
     * A day, so that a reader that was away over night learns from the tombstone that a key is forgotten. Older segments are
     * looked at again after an hour.
     */
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy", "compact",
            "delete.retention.ms", Long.toString(Duration.ofDays(1).toMillis()),
            "segment.ms", Long.toString(Duration.ofHours(1).toMillis()),
            "min.cleanable.dirty.ratio", "0.1",
            "message.timestamp.type", "CreateTime");

    public TopicSettings {
        configuration = Map.copyOf(configuration);
    }

    /**
     * A topic of one partition that keeps the last event of every key until its tombstone. One partition, because then one
     * heartbeat on it proves that everything before it was read.
     */
    public static TopicSettings compacted(String name) {
        return new TopicSettings(name, 1, COMPACTED);
    }

    /** A topic that keeps every event for a time, in the order of each key. */
    public static TopicSettings history(String name, int partitions, Duration retention) {
        return new TopicSettings(
                name,
                partitions,
                Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
    }
}
