package dev.latchkey.embedded;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes databases and their roles. */
final class PostgresDatabases {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final int port;
    private final String superuserPassword;

    PostgresDatabases(int port, String superuserPassword) {
        this.port = port;
        this.superuserPassword = superuserPassword;
    }

    Database ensure(String name) {
        // Names cannot be bound as parameters, so only those that need no quoting are let through.
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a database name: " + name);
        }
        var password = passwordOf(name);
        try (var connection = superuser().getConnection()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                execute(connection, "CREATE ROLE \"" + name + "\" LOGIN");
            }
            execute(connection, "ALTER ROLE \"" + name + "\" PASSWORD '" + password + "'");
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                execute(connection, "CREATE DATABASE \"" + name + "\" OWNER \"" + name + "\"");
            }
            execute(connection, "REVOKE CONNECT ON DATABASE \"" + name + "\" FROM PUBLIC");
        } catch (SQLException e) {
            throw new ServerStartException("The database " + name + " could not be made: " + e.getMessage(), e);
        }
        return new Database("jdbc:postgresql://" + Loopback.HOST + ":" + port + "/" + name, name, password);
    }

    /** URL-safe Base64, so it needs no quoting either. */
    private String passwordOf(String name) {
        var derived = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, superuserPassword.getBytes(StandardCharsets.UTF_8))
                .hmac("database/" + name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
    }

    private PGSimpleDataSource superuser() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Loopback.HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(PostgresServer.SUPERUSER);
        source.setPassword(superuserPassword);
        source.setConnectTimeout(5);
        source.setSocketTimeout(30);
        return source;
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
