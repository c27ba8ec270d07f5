package dev.latchkey.platform.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An event to be published once the transaction is committed.
 *
 * @param topic where it goes
 * @param key events of one key keep their order, if whoever adds them holds a lock on what the key stands for
 * @param type what happened, in reverse domain name notation and with a version: {@code dev.latchkey.auth.user.changed.v1}
 * @param subject what it happened to; null when the key says it all. No secret: it is a header
 * @param data written as JSON: texts, numbers, booleans, nulls, lists and maps of them, and what says itself how it is written;
 *     null makes a tombstone, by which a compacted topic forgets the key
 * @param time when it happened
 */
public record OutboxEvent(
        String topic, String key, String type, String subject, Map<String, Object> data, Instant time) {

    public OutboxEvent {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
    }

    /** Returns what lets a compacted topic forget a key. */
    public static OutboxEvent tombstone(String topic, String key, String type, Instant time) {
        return new OutboxEvent(topic, key, type, null, null, time);
    }
}
