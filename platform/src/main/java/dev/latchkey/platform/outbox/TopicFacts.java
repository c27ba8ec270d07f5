package dev.latchkey.platform.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Adds to the outbox everything that a topic has to say when it is new: at the first start of a service, and when Kafka lost the
 * topic. Readers could not tell an empty topic from one on which nothing ever happened.
 */
@FunctionalInterface
public interface TopicFacts {

    /**
     * Inserts into {@code outbox}, in the transaction of the connection and in few statements. Facts that can change are locked
     * until its end, or an old state could be published after a newer one.
     */
    void addTo(Connection connection) throws SQLException;
}
