package dev.latchkey.platform.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What the relay says on a topic about twice a second while it keeps up, so that a reader knows that it has missed nothing: it is
 * said only after every event that was committed before its time.
 *
 * @param topic where it is said; a topic of one partition
 * @param key of which a compacted topic keeps the last one
 * @param type the type of the event
 * @param data the data of the event of a moment, by the clock of the database, and of the id of the topic, by which a reader knows
 *     one that was made anew
 */
public record Heartbeat(String topic, String key, String type, BiFunction<Instant, String, Map<String, Object>> data) {}
