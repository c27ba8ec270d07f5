package dev.latchkey.platform.event;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * A CloudEvent (version 1.0) with JSON data.
 *
 * @param id unique together with the source; an event that comes twice has the same one
 * @param source which service it comes from
 * @param type what happened, with the version of the data, such as {@code dev.latchkey.auth.grants.revoked.v1}
 * @param subject what it happened to; null when there is nothing to say
 * @param time when it happened, by the clock of the service it comes from; null when not known
 * @param key the events of one key keep their order, and a compacted topic keeps the last one
 * @param sequence the place among the events of the source, which need not be without gaps; 0 when it has none
 * @param data JSON in UTF-8; null for a tombstone, which says that the key may be forgotten
 */
public record Event(
        String id, URI source, String type, String subject, Instant time, String key, long sequence, byte[] data) {

    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(key, "key");
    }
}
