package dev.latchkey.local.checker.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.KafkaMain;
import dev.latchkey.embedded.Loopback;
import dev.latchkey.embedded.PostgresOptions;
import dev.latchkey.local.LauncherParts;
import dev.latchkey.local.supervision.Child;
import dev.latchkey.local.supervision.PostgresChild;
import dev.latchkey.local.supervision.ProcessChild;
import dev.latchkey.local.supervision.Watchman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL, Kafka and two of each service, with a link of their own for each that a service connects to. */
public final class Cluster implements AutoCloseable {
    /** The names of the services, of each of which there are two. */
    public static final List<String> SERVICES = List.of("auth", "flow", "signing");

    /** What the broker is called. */
    public static final String KAFKA = "kafka";

    /** What the database is called. */
    public static final String POSTGRES = "postgres";

    private static final int REPLICAS = 2;
    private static final Duration READY_WITHIN = Duration.ofSeconds(150);

    private final Path home;
    private final Ports ports = new Ports();
    private final LauncherParts parts;
    private final Watchman watchman = new Watchman();
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Wiring wiring;
    private final int kafkaPort;
    private SmallDisk disk;

    private Cluster(Path home) {
        this.home = home;
        this.parts = new LauncherParts(home, ports.next());
        this.kafkaPort = ports.next();
        for (var service : SERVICES) {
            for (int number = 1; number <= REPLICAS; number++) {
                replicas.add(new Replica(service, number, ports.next(), ports.next()));
            }
        }
        this.wiring = new Wiring(home, parts, replicas, links, databases);
    }

    /** Starts everything, and returns when it is ready. */
    public static Cluster start(Path home) throws IOException {
        var cluster = new Cluster(home);
        try {
            cluster.bringUp();
            return cluster;
        } catch (IOException | RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void bringUp() throws IOException {
        for (var directory : List.of("data", "logs", "connectors")) {
            Files.createDirectories(home.resolve(directory));
        }
        var data = home.resolve("data").resolve(KAFKA);
        disk = SmallDisk.mount(data);
        var detours = new ArrayList<String>();
        for (var replica : replicas) {
            var port = ports.next();
            detours.add(port + ":" + link(replica.name(), KAFKA, port).port());
        }
        member(KAFKA, kafka(data, detours)).start();

        var postgresPort = ports.next();
        var postgres = new PostgresChild(
                home.resolve("data").resolve(POSTGRES),
                new PostgresOptions(
                        postgresPort, parts.secret(POSTGRES), 200, true, log(POSTGRES), Duration.ofSeconds(60)));
        member(POSTGRES, postgres).start();
        databases.put("auth", postgres.database("auth"));
        databases.put("flow", postgres.database("flow"));
        for (var replica : replicas) {
            if (databases.containsKey(replica.service())) {
                link(replica.name(), POSTGRES, postgresPort);
            }
            if (!replica.service().equals("auth")) {
                link(replica.name(), "auth", wiring.authPorts(replica.number()));
            }
        }
        replicas.forEach(replica -> member(replica.name(), wiring.child(replica, Wiring.packaged(replica)))
                .start());
        awaitReady();
    }

    private Link link(String from, String to, Integer... targets) throws IOException {
        var name = from + " to " + to;
        var link = Link.open(name, ports.next(), targets);
        links.put(name, link);
        return link;
    }

    private Member member(String name, Child child) {
        var member = new Member(name, child, watchman);
        members.put(name, member);
        return member;
    }

    private Child kafka(Path data, List<String> detours) {
        var program = new ArrayList<>(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                data.toString(),
                Integer.toString(kafkaPort)));
        program.addAll(detours);
        return new ProcessChild(
                KAFKA,
                LauncherParts.java(List.of("-Xms96m", "-Xmx320m"), program),
                Map.of(),
                log(KAFKA),
                pid -> KafkaMain.saysReady(data, pid),
                Duration.ofSeconds(3));
    }

    private Path log(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }

    /** Starts another build in the place of a replica, and returns when it is ready. */
    public void replace(Replica replica, BrokenBuild build) throws IOException {
        var jar = build.make(
                LauncherParts.checkout(),
                replica.service() + "-service",
                home.resolve("broken").resolve(replica.name()));
        members.get(replica.name()).replace(wiring.child(replica, jar));
        awaitReady();
    }

    /** Starts what ended without having been killed, and says what that was. */
    public List<String> startFallen() {
        var fallen =
                members.values().stream().filter(member -> !member.isAlive()).toList();
        fallen.forEach(Member::start);
        return fallen.stream().map(Member::name).toList();
    }

    /** Waits until every process does its work; starts those that ended by themselves. */
    public void awaitReady() {
        await("the cluster is ready").atMost(READY_WITHIN).untilAsserted(() -> {
            startFallen();
            assertThat(members.values())
                    .filteredOn(member -> !member.isReady())
                    .extracting(Member::name)
                    .isEmpty();
        });
    }

    /** Whether every process does its work. */
    public boolean isReady() {
        return members.values().stream().allMatch(Member::isReady);
    }

    /** The replicas of a service. */
    public List<Replica> of(String service) {
        return wiring.of(service);
    }

    /** All replicas. */
    public List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    /** A process by its name. */
    public Member member(String name) {
        return members.get(name);
    }

    /** A link by who uses it and to what. */
    public Link link(String from, String to) {
        return links.get(from + " to " + to);
    }

    /** The broker's disk. */
    public SmallDisk disk() {
        return disk;
    }

    /** The straight way to Kafka, which is never cut. */
    public String kafka() {
        return Loopback.HOST + ":" + kafkaPort;
    }

    /** The straight way to a database. */
    public Database database(String service) {
        return databases.get(service);
    }

    /** The address that the platform goes by; nobody listens there. */
    public String publicUrl() {
        return parts.publicUrl();
    }

    /** By which signing-service knows its gateway. */
    public String gatewaySecret() {
        return parts.gatewaySecret();
    }

    /** Where everything is. */
    public Path home() {
        return home;
    }

    @Override
    public void close() throws IOException {
        var stopping = members.values().stream()
                .map(member -> Thread.ofVirtual().start(member::stop))
                .toList();
        try {
            for (var thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var link : links.values()) {
            link.close();
        }
        watchman.close();
        if (disk != null) {
            disk.close();
        }
    }
}
