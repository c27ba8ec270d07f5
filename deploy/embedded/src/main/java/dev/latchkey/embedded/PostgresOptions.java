package dev.latchkey.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * How a {@link PostgresServer} runs.
 *
 * @param port TCP port on 127.0.0.1; 0 picks a free one
 * @param password of the superuser {@code postgres}, set when the data directory is created; a secret
 * @param maxConnections how many clients may be connected at once
 * @param durable whether a commit waits for the disk; false only where data may be lost with the machine
 * @param logFile where the server writes its log, or null for {@code postgres.log} in its home
 * @param startTimeout how long a start, crash recovery included, may take
 */
public record PostgresOptions(
        int port, String password, int maxConnections, boolean durable, Path logFile, Duration startTimeout) {

    /** Checks the values. */
    public PostgresOptions {
        Objects.requireNonNull(startTimeout, "startTimeout");
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("PostgreSQL needs a superuser password.");
        }
        if (port < 0 || port > 65_535 || maxConnections < 5) {
            throw new IllegalArgumentException("The port must be 0 to 65535 and maxConnections at least 5.");
        }
    }

    /**
     * Durable, 100 connections, a free port, 60 seconds to start.
     *
     * @param password of the superuser
     */
    public static PostgresOptions withPassword(String password) {
        return new PostgresOptions(0, password, 100, true, null, Duration.ofSeconds(60));
    }

    /** For tests: a random password, and no waiting for the disk. */
    public static PostgresOptions forTests() {
        var random = new byte[18];
        new SecureRandom().nextBytes(random);
        var password = Base64.getUrlEncoder().encodeToString(random);
        return new PostgresOptions(0, password, 100, false, null, Duration.ofSeconds(60));
    }

    /** The same with another port. */
    public PostgresOptions onPort(int other) {
        return new PostgresOptions(other, password, maxConnections, durable, logFile, startTimeout);
    }

    /** The same for another number of clients at once. */
    public PostgresOptions takingConnections(int most) {
        return new PostgresOptions(port, password, most, durable, logFile, startTimeout);
    }

    /** The same with another log file. */
    public PostgresOptions loggingTo(Path file) {
        return new PostgresOptions(port, password, maxConnections, durable, file, startTimeout);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "PostgresOptions[port=" + port + ", maxConnections=" + maxConnections + ", durable=" + durable + "]";
    }
}
