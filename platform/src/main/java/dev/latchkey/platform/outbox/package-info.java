/**
 * Events that are published if and only if the transaction that they tell of was committed: written to a table in it, and moved
 * to Kafka by a relay, in order. Owns the tables {@code outbox}, {@code outbox_lease} and {@code outbox_topic} of whichever
 * service uses it.
 */
package dev.latchkey.platform.outbox;
