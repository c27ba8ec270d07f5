package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** A PostgreSQL for tests that leaves nothing behind. */
public final class EphemeralPostgres implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EphemeralPostgres.class);

    private final Path home;
    private final PostgresServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EphemeralPostgres(Path home, PostgresServer server) {
        this.home = home;
        this.server = server;
    }

    static EphemeralPostgres start() {
        try {
            var home = Files.createTempDirectory("latchkey-postgres-");
            var started = new EphemeralPostgres(home, PostgresServer.start(home, PostgresOptions.forTests()));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "ephemeral-postgres-end"));
            return started;
        } catch (IOException e) {
            throw new ServerStartException("There is no place for a temporary PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** The running server. */
    public PostgresServer server() {
        return server;
    }

    /**
     * A database owned by a role of the same name; made when absent.
     *
     * @param name as in {@link PostgresServer#database}
     */
    public Database database(String name) {
        return server.database(name);
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.close();
        try {
            Directories.delete(home);
        } catch (IOException e) {
            LOG.warnf("The temporary directory %s could not be deleted: %s", home, e.getMessage());
        }
    }
}
