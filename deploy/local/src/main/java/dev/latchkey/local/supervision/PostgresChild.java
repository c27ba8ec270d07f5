package dev.latchkey.local.supervision;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.PostgresOptions;
import dev.latchkey.embedded.PostgresServer;
import java.nio.file.Path;

/** PostgreSQL as a child; it is ready as soon as it has started. */
public final class PostgresChild implements Child {
    /** What it is called. */
    public static final String NAME = "postgres";

    private final Path home;
    private final PostgresOptions options;
    private volatile PostgresServer latest;

    /**
     * @param home its data directory
     * @param options how it runs, with a port of its own that stays the same from life to life
     */
    public PostgresChild(Path home, PostgresOptions options) {
        this.home = home;
        this.options = options;
    }

    /**
     * A database and its owner, made when absent.
     *
     * @param name as in {@link PostgresServer#database}
     * @throws IllegalStateException before the first start
     */
    public Database database(String name) {
        var server = latest;
        if (server == null) {
            throw new IllegalStateException("PostgreSQL has not been started.");
        }
        return server.database(name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Running start() {
        latest = PostgresServer.start(home, options);
        return new Life(latest);
    }

    private record Life(PostgresServer server) implements Running {
        @Override
        public long pid() {
            return server.pid();
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            server.awaitEnd();
        }

        @Override
        public boolean isReady() {
            return server.isAlive();
        }

        @Override
        public void stop() {
            server.close();
        }
    }
}
