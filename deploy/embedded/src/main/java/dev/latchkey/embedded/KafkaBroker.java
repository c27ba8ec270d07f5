package dev.latchkey.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jboss.logging.Logger;

/**
 * A real Kafka broker on 127.0.0.1, in this JVM.
 *
 * <p>Records it has acknowledged survive {@code kill -9} of the JVM: starting again on the same home finds them. Kafka
 * ends the JVM on a fault it cannot get over, so a long-lived owner runs it in a JVM of its own ({@link KafkaMain}).
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaBroker.class);

    private final KafkaRaftServer server;
    private final int port;
    private final Path deletedAtEnd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private KafkaBroker(KafkaRaftServer server, int port, Path deletedAtEnd) {
        this.server = server;
        this.port = port;
        this.deletedAtEnd = deletedAtEnd;
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * <p>Topics are not made in passing: whoever needs one creates it.
     *
     * @param home where its data lives; made when absent, readable by the owner only
     * @param options how it runs
     * @throws ServerStartException when it does not start
     */
    public static KafkaBroker start(Path home, KafkaOptions options) {
        return start(home, options, null);
    }

    /** A broker for tests in a temporary directory that {@link #close()} or the end of this JVM deletes. */
    public static KafkaBroker ephemeral() {
        try {
            var home = Files.createTempDirectory("latchkey-kafka-");
            var broker = start(home, KafkaOptions.onFreePort(), home);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "ephemeral-kafka-end"));
            return broker;
        } catch (IOException e) {
            throw new ServerStartException("There is no place for a temporary Kafka: " + e.getMessage(), e);
        }
    }

    /** What clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    /** The TCP port for clients on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Stops the broker in good order. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.shutdown();
        if (deletedAtEnd != null) {
            try {
                Directories.delete(deletedAtEnd);
            } catch (IOException e) {
                LOG.warnf("The temporary directory %s could not be deleted: %s", deletedAtEnd, e.getMessage());
            }
        }
    }

    private static KafkaBroker start(Path home, KafkaOptions options, Path deletedAtEnd) {
        try {
            var data = Directories.createPrivate(home.toAbsolutePath()).resolve("data");
            var ports = Loopback.freePorts(2);
            var port = options.port() == 0 ? ports.getFirst() : options.port();
            var settings = KafkaSettings.of(data, port, ports.getLast(), options.detours());
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(home, data, settings);
            }
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            server.startup();
            return new KafkaBroker(server, port, deletedAtEnd);
        } catch (IOException | RuntimeException e) {
            throw new ServerStartException("Kafka did not start in " + home + ": " + e.getMessage(), e);
        }
    }

    private static void format(Path home, Path data, Properties settings) throws IOException {
        // A format that was interrupted leaves a directory without its marker, which has nothing worth keeping.
        Directories.delete(data);
        var file = home.resolve("format.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        var output = new ByteArrayOutputStream();
        try (var printed = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            var arguments = new String[] {
                "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString(),
            };
            if (StorageTool.execute(arguments, printed) != 0) {
                throw new IOException(output.toString(StandardCharsets.UTF_8).strip());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
