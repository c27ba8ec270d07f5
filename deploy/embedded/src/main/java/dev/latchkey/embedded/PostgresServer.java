package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A real PostgreSQL on 127.0.0.1, as a child process.
 *
 * <p>What was committed survives {@code kill -9} of the server and of this JVM: starting again on the same home
 * recovers it. A start first ends whatever a killed run left working in the home, so one home must have one owner.
 */
public final class PostgresServer implements AutoCloseable {
    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    private static final Logger LOG = Logger.getLogger(PostgresServer.class);
    private static final int PORT_ATTEMPTS = 3;

    private final PostgresDirectory directory;
    private final PostgresBinaries binaries;
    private final PostgresOptions options;
    private final Process process;
    private final PostgresDatabases databases;

    private PostgresServer(
            PostgresDirectory directory, PostgresBinaries binaries, PostgresOptions options, Process process) {
        this.directory = directory;
        this.binaries = binaries;
        this.options = options;
        this.process = process;
        this.databases = new PostgresDatabases(options.port(), options.password());
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @param home where its data lives; made when absent, readable by the owner only
     * @param options how it runs
     * @throws ServerStartException when it does not start; the message carries the last lines of its log
     */
    public static PostgresServer start(Path home, PostgresOptions options) {
        var directory = new PostgresDirectory(home);
        try {
            var binaries = PostgresBinaries.locate(home.resolve("programs"));
            directory.endLeftOvers();
            directory.createIfAbsent(binaries, options);
            var log = options.logFile() == null ? home.resolve("postgres.log") : options.logFile();
            return startOnAPort(directory, binaries, options.loggingTo(log));
        } catch (IOException e) {
            throw new ServerStartException("PostgreSQL could not use " + home + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("Interrupted while PostgreSQL was starting.", e);
        }
    }

    /** A server for tests in a temporary directory that {@link #close()} or the end of this JVM deletes. */
    public static EphemeralPostgres ephemeral() {
        return EphemeralPostgres.start();
    }

    /**
     * A database owned by a role of the same name; both are made when absent.
     *
     * <p>The role's password follows from the superuser's, so it stays the same from start to start.
     *
     * @param name lower-case letters, digits and {@code _}, beginning with a letter, at most 40 characters
     * @throws ServerStartException when the server cannot be asked
     */
    public Database database(String name) {
        return databases.ensure(name);
    }

    /** The TCP port on 127.0.0.1. */
    public int port() {
        return options.port();
    }

    /** The id of the server's main process. */
    public long pid() {
        return process.pid();
    }

    /** Whether the main process is there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Blocks until the main process has ended, for whatever reason. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Ends the server: connections are cut, everything is written down. Returns when it is gone, in 10 s at most. */
    @Override
    public void close() {
        try {
            if (process.isAlive() && !stop("fast", 3)) {
                LOG.warn("PostgreSQL does not end in good order; it is made to.");
                stop("immediate", 2);
            }
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL could not be told to stop", e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean stop(String mode, int seconds) throws IOException, InterruptedException {
        var stopper = new ProcessBuilder(Commands.inOwnSession(binaries.command(
                        "pg_ctl",
                        "--pgdata=" + directory.data(),
                        "--mode=" + mode,
                        "--timeout=" + seconds,
                        "--wait",
                        "stop")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return stopper.waitFor(seconds + 1L, TimeUnit.SECONDS) && stopper.exitValue() == 0;
    }

    private static PostgresServer startOnAPort(
            PostgresDirectory directory, PostgresBinaries binaries, PostgresOptions options)
            throws IOException, InterruptedException {
        if (options.port() != 0) {
            return startOnce(directory, binaries, options);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(directory, binaries, options.onPort(Loopback.freePort()));
            } catch (ServerStartException e) {
                // Somebody may have taken the port between the look and the use.
                if (attempt == PORT_ATTEMPTS || !e.getMessage().contains("could not bind")) {
                    throw e;
                }
            }
        }
    }

    private static PostgresServer startOnce(
            PostgresDirectory directory, PostgresBinaries binaries, PostgresOptions options)
            throws IOException, InterruptedException {
        Files.createDirectories(options.logFile().toAbsolutePath().getParent());
        var builder = new ProcessBuilder(Commands.inOwnSession(
                binaries.command("postgres", arguments(directory, options).toArray(String[]::new))));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        var process = builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(options.logFile().toFile()))
                .start();
        process.getOutputStream().close();
        var deadline = System.nanoTime() + options.startTimeout().toNanos();
        while (!directory.saysReady(process.pid())) {
            var ended = process.waitFor(20, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new ServerStartException("PostgreSQL did not start. Its log " + options.logFile()
                        + " ends with:\n" + LogTail.of(options.logFile(), 12));
            }
        }
        LOG.debugf("PostgreSQL %d listens on port %d", process.pid(), options.port());
        return new PostgresServer(directory, binaries, options, process);
    }

    private static List<String> arguments(PostgresDirectory directory, PostgresOptions options) {
        var arguments = new ArrayList<String>();
        arguments.add("-D");
        arguments.add(directory.data().toString());
        var durability = options.durable() ? "on" : "off";
        for (var setting : List.of(
                "listen_addresses=" + Loopback.HOST,
                "port=" + options.port(),
                "unix_socket_directories=",
                "max_connections=" + options.maxConnections(),
                "password_encryption=scram-sha-256",
                "fsync=" + durability,
                "synchronous_commit=" + durability,
                "timezone=UTC",
                "log_timezone=UTC",
                "log_statement=none",
                // A failing statement may carry a secret among its values: the message is enough.
                "log_min_error_statement=panic",
                "logging_collector=off")) {
            arguments.add("-c");
            arguments.add(setting);
        }
        return arguments;
    }
}
