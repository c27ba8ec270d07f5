package dev.latchkey.auth.socket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Runs commands that wait for another service beside those that follow them: a few of each connection, so that whoever sends more
 * waits with everything else he sends.
 */
@ApplicationScoped
class WaitingCommands {

    private static final Logger LOG = Logger.getLogger(WaitingCommands.class);

    /** How many of one connection run at once. */
    static final int MOST_OF_ONE = 8;

    /** Without the context of an event loop, as in {@link SocketEndpoint}. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("socket-waiting-", 0).factory());

    /** Runs a command in a request context of its own. Blocks while the connection has too many. */
    void run(SocketConnection connection, Runnable command) {
        Semaphore room = connection.roomForWaiting();
        room.acquireUninterruptibly();
        try {
            threads.execute(() -> {
                try {
                    RequestScope.call(() -> {
                        command.run();
                        return null;
                    });
                } catch (RuntimeException e) {
                    LOG.error("A socket command failed unexpectedly", e);
                    connection.close();
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            connection.close();
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
    }
}
