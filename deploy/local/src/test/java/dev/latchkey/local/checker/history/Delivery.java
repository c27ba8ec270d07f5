package dev.latchkey.local.checker.history;

/**
 * An event of an entry as it was read from Kafka.
 *
 * @param entry the key
 * @param id of the event; one that comes again has the same
 * @param type the last but one part of its type: {@code created}, {@code updated} …
 * @param sequence its place among the events of the source
 * @param title of the entry, by its word
 */
public record Delivery(String entry, String id, String type, long sequence, String title) {}
