package dev.latchkey.local;

import dev.latchkey.embedded.KafkaMain;
import dev.latchkey.embedded.LogTail;
import dev.latchkey.embedded.Loopback;
import dev.latchkey.embedded.PostgresOptions;
import dev.latchkey.embedded.ServerStartException;
import dev.latchkey.local.gateway.FileSettings;
import dev.latchkey.local.gateway.Gateway;
import dev.latchkey.local.gateway.Route;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole platform on one machine: starts it in order, keeps it running, stops it in order. */
final class Platform implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String LAUNCHER = "launcher";
    private static final String KAFKA = "kafka";

    private final LaunchSettings settings;
    private final Consumer<String> told;
    private final Home home;
    private final PidFiles pidFiles;
    private final List<Supervisor> services = new ArrayList<>();
    private final List<Supervisor> servers = new ArrayList<>();
    private Watchman watchman;
    private Gateway gateway;
    private List<Placed> placedServices = List.of();
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
        noteUrls(false);
        pidFiles.remove(LAUNCHER);
        home.close();
    }

    private void bringUp(List<ServiceDefinition> definitions) throws InterruptedException {
        var ports = Loopback.freePorts(2 + 2 * definitions.size()).iterator();
        var placed = definitions.stream()
                .map(definition -> new Placed(definition, ports.next(), ports.next()))
                .toList();
        var gatewaySecret = gatewaySecret(settings);
        openGateway(placed, gatewaySecret);
        endLeftOvers();

        told.accept("Starting PostgreSQL and Kafka");
        var kafkaPort = ports.next();
        var kafka = keep(kafka(kafkaPort), servers);
        var postgresPort = ports.next();
        var postgres = startPostgres(postgresPort);
        var environment = new ServiceEnvironment(
                settings,
                Loopback.HOST + ":" + kafkaPort,
                Home.randomSecret(),
                home.secret("key-encryption-key"),
                home.secret("flow-key"),
                gatewaySecret,
                placed.stream().collect(Collectors.toMap(s -> s.definition().name(), s -> url(s.port()))));
        environment.neverConnectTo(ownAddresses(placed, kafkaPort, postgresPort));
        for (var service : placed) {
            told.accept("Starting " + service.definition().name());
            keep(service(service, environment, postgres), services);
        }
        awaitReady(kafka);
        services.forEach(this::awaitReady);
        placedServices = placed;
        noteUrls(true);
    }

    private List<String> ownAddresses(List<Placed> placed, int... serverPorts) {
        return IntStream.concat(
                        IntStream.concat(IntStream.of(settings.port()), IntStream.of(serverPorts)),
                        placed.stream().flatMapToInt(service -> IntStream.of(service.port(), service.managementPort())))
                .mapToObj(port -> Loopback.HOST + ":" + port)
                .toList();
    }

    private void noteUrls(boolean reachable) {
        home.noteUrl("gateway", reachable ? settings.publicUrl() : null);
        for (var service : placedServices) {
            var name = service.definition().name();
            home.noteUrl(name, reachable ? url(service.port()) : null);
            home.noteUrl(name + ".management", reachable ? url(service.managementPort()) : null);
        }
    }

    private static String url(int port) {
        return "http://" + Loopback.HOST + ":" + port;
    }

    /** Several may be set while it is being changed. */
    private static String gatewaySecret(LaunchSettings settings) {
        var set = settings.environment().getOrDefault("LATCHKEY_SIGNING_GATEWAY_SECRET", "");
        return set.isBlank() ? Home.randomSecret() : set.split(",")[0].strip();
    }

    private FileSettings files(List<Placed> placed, String gatewaySecret) {
        return placed.stream()
                .filter(service -> service.definition().name().equals(ServiceDefinition.SIGNING))
                .findFirst()
                .map(signing -> FileSettings.decidedAtPort(home.files(), signing.port(), gatewaySecret))
                .orElse(null);
    }

    private synchronized void openGateway(List<Placed> placed, String gatewaySecret) {
        var routes = placed.stream()
                .flatMap(service ->
                        service.definition().paths().stream().map(path -> Route.toPort(path, service.port())))
                .toList();
        try {
            gateway = Gateway.open(
                    settings.host(),
                    settings.port(),
                    routes,
                    files(placed, gatewaySecret),
                    Networks.parse(settings.trustedProxies()));
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
                Jvm.command(List.of("-Xms96m", "-Xmx320m"), program),
                Map.of(),
                home.log(KAFKA),
                pid -> KafkaMain.saysReady(data, pid),
                Duration.ofSeconds(3));
    }

    private Child service(Placed placed, ServiceEnvironment environment, PostgresChild postgres) {
        var definition = placed.definition();
        var database = definition.database() == null ? null : postgres.database(definition.database());
        return new ProcessChild(
                definition.name(),
                Jvm.command(settings.javaOptions(), definition.program()),
                environment.of(placed.port(), placed.managementPort(), database),
                home.log(definition.name()),
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

    private record Placed(ServiceDefinition definition, int port, int managementPort) {}
}
