package dev.latchkey.platform.outbox;

import java.util.List;

/** Takes events that have to be published if and only if the caller's transaction is committed. */
public interface Outbox {

    /**
     * Adds events to the caller's transaction on the service's datasource, in one statement. They are published in this order
     * after the commit, at least once.
     *
     * @throws IllegalStateException when there is no transaction
     * @throws IllegalArgumentException when an event is larger than {@link JdbcOutbox#MAX_DATA_LENGTH}, or its data no JSON
     */
    void addAll(List<OutboxEvent> events);

    /** Adds one event, as {@link #addAll}. */
    default void add(OutboxEvent event) {
        addAll(List.of(event));
    }
}
