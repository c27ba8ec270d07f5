package dev.latchkey.local;

import dev.latchkey.embedded.KafkaMain;
import dev.latchkey.embedded.LogTail;
import dev.latchkey.embedded.Loopback;
import dev.latchkey.embedded.PostgresOptions;
import dev.latchkey.embedded.ServerStartException;
import dev.latchkey.local.gateway.FileSettings;
import dev.latchkey.local.gateway.Gateway;
import dev.latchkey.local.supervision.Child;
import dev.latchkey.local.supervision.PidFiles;
import dev.latchkey.local.supervision.PostgresChild;
import dev.latchkey.local.supervision.ProcessChild;
import dev.latchkey.local.supervision.ProcessIdentity;
import dev.latchkey.local.supervision.StartException;
import dev.latchkey.local.supervision.Supervisor;
import dev.latchkey.local.supervision.Watchman;
import dev.latchkey.platform.net.Networks;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole platform on one machine: starts it in order, keeps it running, stops it in order. */
final class Platform implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String LAUNCHER = "launcher";
    private static final String KAFKA = "kafka";

    /** The pools of auth-service and flow-service. */
    private static final int CONNECTIONS_OF_A_REPLICA_OF_EACH = 40;

    /** Beside the services': people who look into the databases, and what PostgreSQL keeps for itself. */
    private static final int CONNECTIONS_OF_TOOLS = 60;

    private final LaunchSettings settings;
    private final Consumer<String> told;
    private final Home home;
    private final PidFiles pidFiles;
    private final List<Supervisor> services = new ArrayList<>();
    private final List<Supervisor> servers = new ArrayList<>();
    private Watchman watchman;
    private Gateway gateway;
    private boolean closed;

    private Platform(LaunchSettings settings, Consumer<String> told, Home home) {
        this.settings = settings;
        this.told = told;
        this.home = home;
        this.pidFiles = home.pidFiles();
    }

    /**
     * Starts everything and returns when every service is ready.
     *
     * @param settings what the user chose
     * @param definitions the services
     * @param told receives a sentence whenever there is something to tell
     * @throws StartException when it does not come up; everything has been stopped again by then
     */
    static Platform start(LaunchSettings settings, List<ServiceDefinition> definitions, Consumer<String> told) {
        var platform = new Platform(settings, told, Home.open(settings.home()));
        var endedBySignal = new Thread(platform::close, "end");
        Runtime.getRuntime().addShutdownHook(endedBySignal);
        try {
            platform.bringUp(definitions);
            return platform;
        } catch (ServerStartException e) {
            platform.close();
            throw new StartException(e.getMessage(), e);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        } catch (InterruptedException e) {
            platform.close();
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted.", e);
        }
    }

    /** Stops everything in order, clients' side first; returns within 10 s. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (gateway != null) {
            gateway.close();
        }
        stopAll(services);
        stopAll(servers);
        if (watchman != null) {
            watchman.close();
        }
        home.forgetUrls();
        pidFiles.remove(LAUNCHER);
        home.close();
    }

    private void bringUp(List<ServiceDefinition> definitions) throws InterruptedException {
        var placed = Placement.of(definitions, settings.replicas());
        var gatewaySecret = gatewaySecret(settings);
        openGateway(placed, gatewaySecret);
        endLeftOvers();
        home.forgetUrls();

        told.accept("Starting PostgreSQL and Kafka");
        var kafka = keep(kafka(placed.kafkaPort()), servers);
        var postgres = startPostgres(placed.postgresPort());
        var environment = new ServiceEnvironment(
                settings,
                Loopback.HOST + ":" + placed.kafkaPort(),
                Home.randomSecret(),
                home.secret("key-encryption-key"),
                home.secret("flow-key"),
                gatewaySecret,
                placed.urls());
        environment.neverConnectTo(
                Stream.concat(Stream.of(Loopback.HOST + ":" + settings.port()), placed.addresses().stream())
                        .toList());
        for (var service : placed.services()) {
            told.accept("Starting " + service.name());
            keep(service(service, environment, postgres), services);
        }
        awaitReady(kafka);
        services.forEach(this::awaitReady);
        noteUrls(placed);
    }

    private void noteUrls(Placement placed) {
        home.noteUrl("gateway", settings.publicUrl());
        for (var service : placed.services()) {
            home.noteUrl(service.name(), service.url());
            home.noteUrl(service.name() + ".management", service.managementUrl());
        }
    }

    /** Several may be set while it is being changed. */
    private static String gatewaySecret(LaunchSettings settings) {
        var set = settings.environment().getOrDefault("LATCHKEY_SIGNING_GATEWAY_SECRET", "");
        return set.isBlank() ? Home.randomSecret() : set.split(",")[0].strip();
    }

    private synchronized void openGateway(Placement placed, String gatewaySecret) {
        var files = placed.replicas(ServiceDefinition.SIGNING)
                .map(signing -> new FileSettings(home.files(), signing, gatewaySecret))
                .orElse(null);
        try {
            gateway = Gateway.open(
                    settings.host(),
                    settings.port(),
                    placed.routes(),
                    files,
                    Networks.parse(settings.trustedProxies()));
            placed.openToServices(gateway);
        } catch (BindException e) {
            throw new StartException(
                    "Latchkey cannot listen on " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "). Is another program using the port? Choose another one: LATCHKEY_PORT="
                            + (settings.port() + 1) + " ./latchkey up",
                    e);
        }
    }

    private synchronized void endLeftOvers() throws InterruptedException {
        try {
            pidFiles.endLeftOvers();
        } catch (IOException e) {
            throw new StartException("What an earlier run left could not be cleared away: " + e, e);
        }
        var self = ProcessHandle.current().pid();
        ProcessIdentity.of(self).ifPresent(launcher -> pidFiles.write(LAUNCHER, launcher));
        watchman = new Watchman();
    }

    private PostgresChild startPostgres(int port) {
        var options = PostgresOptions.withPassword(home.secret("postgres-password"))
                .onPort(port)
                .takingConnections(CONNECTIONS_OF_TOOLS + CONNECTIONS_OF_A_REPLICA_OF_EACH * settings.replicas())
                .loggingTo(home.log(PostgresChild.NAME));
        var child = new PostgresChild(home.data(PostgresChild.NAME), options);
        keep(child, servers);
        return child;
    }

    private Child kafka(int port) {
        var data = home.data(KAFKA);
        var program = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                data.toString(),
                Integer.toString(port));
        return new ProcessChild(
                KAFKA,
                Jvm.command(List.of("-Xms160m", "-Xmn64m", "-Xmx320m"), program),
                Map.of(),
                home.log(KAFKA),
                pid -> KafkaMain.saysReady(data, pid),
                Duration.ofSeconds(3));
    }

    private Child service(Placed placed, ServiceEnvironment environment, PostgresChild postgres) {
        var definition = placed.definition();
        var database = definition.database() == null ? null : postgres.database(definition.database());
        return new ProcessChild(
                placed.name(),
                Jvm.command(settings.javaOptions(), definition.program()),
                environment.of(placed.port(), placed.managementPort(), database),
                home.log(placed.name()),
                pid -> Health.isReady(placed.managementPort()),
                Duration.ofSeconds(4));
    }

    private synchronized Supervisor keep(Child child, List<Supervisor> kept) {
        if (closed) {
            throw new StartException("Stopped before it was ready.");
        }
        var supervisor = Supervisor.start(child, pidFiles, watchman, told);
        kept.add(supervisor);
        return supervisor;
    }

    private void awaitReady(Supervisor child) {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!child.isReady()) {
            if (child.deaths() > 0 || System.nanoTime() > deadline) {
                throw notReady(child);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw notReady(child);
            }
        }
        told.accept(child.name() + " is ready");
    }

    private StartException notReady(Supervisor child) {
        var log = home.log(child.name());
        var what = child.deaths() > 0 ? " ended while it was starting" : " did not become ready in time";
        return new StartException(child.name() + what + ". Its log " + log + " ends with:\n" + LogTail.of(log, 15));
    }

    private static void stopAll(List<Supervisor> children) {
        var threads = children.stream()
                .map(child -> Thread.ofPlatform().name("stop-" + child.name()).start(child::close))
                .toList();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
