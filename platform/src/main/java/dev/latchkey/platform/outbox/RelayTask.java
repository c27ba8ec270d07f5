package dev.latchkey.platform.outbox;

import java.net.URI;
import java.util.Map;

/**
 * What a relay works with.
 *
 * @param name by which Kafka knows the relays of a service, of which only the last one may publish
 * @param source of the events
 * @param kafka how to reach Kafka
 */
record RelayTask(String name, URI source, Map<String, Object> kafka, Publication publication, OutboxMetrics metrics) {}
