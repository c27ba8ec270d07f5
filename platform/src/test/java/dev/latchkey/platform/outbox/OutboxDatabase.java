package dev.latchkey.platform.outbox;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.EphemeralPostgres;
import dev.latchkey.embedded.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database with the tables of the outbox. */
final class OutboxDatabase implements AutoCloseable {

    private final EphemeralPostgres postgres = PostgresServer.ephemeral();
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

    OutboxDatabase() throws Exception {
        Database database = postgres.database("outbox");
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.username());
        dataSource.setPassword(database.password());
        migrate();
        // As a repeatable migration that changed would.
        migrate();
    }

    private void migrate() throws SQLException, IOException {
        try (InputStream migration = OutboxDatabase.class.getResourceAsStream("/db/outbox/R__outbox.sql")) {
            execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Adds events in a transaction and commits it, or not. */
    void add(boolean commit, OutboxEvent... events) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.insert(connection, List.of(events));
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Ends every session but the caller's, as a restart of the server would. */
    void breakConnections() throws SQLException {
        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
    }

    @Override
    public void close() {
        postgres.close();
    }
}
