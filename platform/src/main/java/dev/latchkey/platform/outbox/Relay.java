package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.Event;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * The work of a relay on one connection to the database: takes the lease, moves events from the table to Kafka and deletes what
 * Kafka has, and says heartbeats. Ends with an exception when the connection breaks. Not thread-safe.
 */
final class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration RETRIED_AFTER = Duration.ofMillis(500);
    private static final Duration BACKLOG_EVERY = Duration.ofSeconds(5);

    /** A heartbeat that is older, because this was frozen meanwhile, would be the first that somebody hears and look like new. */
    private static final Duration SAID_WITHIN = Duration.ofSeconds(1);

    private final Connection connection;
    private final RelayTask task;
    private final CountDownLatch stop;
    private final OutboxTable table;
    private final OutboxLease lease;
    private final NewTopics topics;

    /** Null when this replica does not publish. */
    private Publisher publisher;

    private Map<String, String> topicIds = Map.of();
    private long takenAt;
    private long countedAt = System.nanoTime() - BACKLOG_EVERY.toNanos();

    /** Null when there is no heartbeat to say. */
    private Instant unsaid;

    private boolean failing;

    Relay(Connection connection, RelayTask task, CountDownLatch stop) {
        this.connection = connection;
        this.task = task;
        this.stop = stop;
        this.table = new OutboxTable(connection, task.source());
        this.lease = new OutboxLease(connection, UUID.randomUUID());
        this.topics = new NewTopics(task.publication(), task.kafka());
    }

    /** Works until it is told to stop. */
    void run() throws SQLException, InterruptedException {
        try {
            // What the relay itself writes may be lost in a crash: an event comes twice, a lease is taken again.
            execute("set synchronous_commit = off");
            while (stop.getCount() > 0) {
                count();
                turn();
            }
        } finally {
            closePublisher();
            lease.release();
            // Somebody else gets this connection from the pool.
            execute("unlisten *; reset synchronous_commit");
        }
    }

    private void turn() throws SQLException, InterruptedException {
        try {
            if (!mayPublish()) {
                closePublisher();
                stop.await(OutboxLease.RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            openPublisher();
            if (publish()) {
                awaitCommit();
            }
            if (failing) {
                failing = false;
                LOG.info("Events are published again");
            }
        } catch (KafkaException e) {
            failed(e);
        }
    }

    private boolean mayPublish() throws SQLException {
        long now = System.nanoTime();
        if (publisher != null && now - takenAt < OutboxLease.RENEWED_EVERY.toNanos()) {
            return true;
        }
        unsaid = lease.take().orElse(null);
        takenAt = now;
        return unsaid != null;
    }

    private void openPublisher() throws SQLException {
        if (publisher == null) {
            topicIds = topics.prepare(connection);
            publisher = new Publisher(task.kafka(), task.name());
            execute("listen " + JdbcOutbox.CHANNEL);
            task.metrics().relaying(true);
        }
    }

    /** Publishes the oldest events. Returns whether there are no more for now. */
    private boolean publish() throws SQLException {
        List<OutboxRow> rows = table.oldest();
        boolean keptUp = rows.size() < OutboxTable.BATCH;
        List<OutboxRow> sent = new ArrayList<>(rows);
        boolean sayable = System.nanoTime() - takenAt < SAID_WITHIN.toNanos();
        if (keptUp && sayable && unsaid != null && task.publication().heartbeat() != null) {
            sent.add(heartbeat(task.publication().heartbeat(), unsaid));
        }
        if (!sent.isEmpty()) {
            topics.written(connection, publisher.publish(sent));
        }
        if (!rows.isEmpty()) {
            table.delete(rows);
            Map<String, Integer> byTopic = new HashMap<>();
            rows.forEach(row -> byTopic.merge(row.topic(), 1, Integer::sum));
            byTopic.forEach(task.metrics()::published);
        }
        if (keptUp) {
            unsaid = null;
        }
        return keptUp;
    }

    private OutboxRow heartbeat(Heartbeat heartbeat, Instant asOf) {
        Map<String, Object> said = heartbeat.data().apply(asOf, topicIds.get(heartbeat.topic()));
        byte[] data = JdbcOutbox.json(heartbeat.type(), said).getBytes(StandardCharsets.UTF_8);
        URI source = task.source();
        String id = UUID.randomUUID().toString();
        return new OutboxRow(
                heartbeat.topic(), new Event(id, source, heartbeat.type(), null, asOf, heartbeat.key(), 0, data));
    }

    private void awaitCommit() throws SQLException {
        long left = OutboxLease.RENEWED_EVERY.toNanos() - (System.nanoTime() - takenAt);
        if (left > 1_000_000 && stop.getCount() > 0) {
            connection.unwrap(PGConnection.class).getNotifications((int) TimeUnit.NANOSECONDS.toMillis(left));
        }
    }

    /** Lets another replica try, which may still reach Kafka. */
    private void failed(KafkaException failure) throws SQLException, InterruptedException {
        task.metrics().failed();
        if (!failing) {
            failing = true;
            LOG.warnf("Events cannot be published now and wait in the database: %s", failure.getMessage());
        }
        closePublisher();
        lease.release();
        stop.await(RETRIED_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void closePublisher() throws SQLException {
        if (publisher != null) {
            publisher.close();
            publisher = null;
            task.metrics().relaying(false);
            execute("unlisten *");
        }
    }

    private void count() throws SQLException {
        long now = System.nanoTime();
        if (now - countedAt >= BACKLOG_EVERY.toNanos()) {
            countedAt = now;
            task.metrics().backlog(table.backlog());
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
