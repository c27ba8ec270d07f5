package dev.latchkey.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Moves what was added to the outbox to Kafka, on a thread of its own and with one connection of the pool. Of all replicas one
 * does it at a time; another takes over within seconds, or at once when this one is closed. While the database or Kafka is away
 * nothing is lost and no request waits.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration RETRIED_AFTER = Duration.ofMillis(500);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

    private final DataSource database;
    private final RelayTask task;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private OutboxRelay(DataSource database, RelayTask task) {
        this.database = database;
        this.task = task;
        this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
    }

    /**
     * Starts relaying. Returns at once, whether or not the database and Kafka are there.
     *
     * @param database which holds the outbox
     * @param kafka how to reach Kafka, as settings of its clients
     * @param service the name of the service, the same for all its replicas
     */
    public static OutboxRelay start(
            DataSource database,
            Map<String, Object> kafka,
            String service,
            Publication publication,
            MeterRegistry registry) {
        RelayTask task = new RelayTask(
                "latchkey." + service + ".outbox",
                URI.create("/latchkey/" + service),
                kafka,
                publication,
                new OutboxMetrics(registry));
        OutboxRelay relay = new OutboxRelay(database, task);
        relay.thread.start();
        return relay;
    }

    private void run() {
        boolean failing = false;
        while (stop.getCount() > 0) {
            try {
                try (Connection connection = database.getConnection()) {
                    failing = false;
                    new Relay(connection, task, stop).run();
                } catch (SQLException | RuntimeException e) {
                    task.metrics().failed();
                    if (!failing) {
                        failing = true;
                        LOG.warnf("Relaying events was interrupted and goes on soon: %s", e);
                    }
                }
                stop.await(RETRIED_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends relaying and lets another replica go on. What is not published stays in the database. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(ENDS_WITHIN)) {
                thread.interrupt();
                thread.join(ENDS_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
