package dev.latchkey.local.checker.cluster;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.Loopback;
import dev.latchkey.local.LauncherParts;
import dev.latchkey.local.supervision.Child;
import dev.latchkey.local.supervision.ProcessChild;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each replica is told about where the others are: its own links, and nothing else.
 *
 * @param home with the logs
 * @param links by name
 * @param databases by service
 */
record Wiring(
        Path home,
        LauncherParts parts,
        List<Replica> replicas,
        Map<String, Link> links,
        Map<String, Database> databases) {

    /** The process of a replica. */
    Child child(Replica replica, Path jar) {
        var name = replica.name();
        var auth = links.get(name + " to auth");
        var urls = Map.of(
                "auth-service",
                auth == null ? replica.url() : "http://" + Loopback.HOST + ":" + auth.port(),
                "flow-service",
                of("flow").getFirst().url(),
                "signing-service",
                of("signing").getFirst().url());
        var never =
                replicas.stream().map(any -> Loopback.HOST + ":" + any.port()).toList();
        return new ProcessChild(
                name,
                LauncherParts.java(List.of("-Xms64m", "-Xmx256m"), List.of("-jar", jar.toString())),
                parts.environment(
                        Loopback.HOST + ":"
                                + links.get(name + " to " + Cluster.KAFKA).port(),
                        urls,
                        never,
                        replica.port(),
                        replica.managementPort(),
                        database(replica)),
                home.resolve("logs").resolve(name + ".log"),
                pid -> LauncherParts.isReady(replica.managementPort()),
                Duration.ofSeconds(4));
    }

    private Database database(Replica replica) {
        var straight = databases.get(replica.service());
        if (straight == null) {
            return null;
        }
        var port = links.get(replica.name() + " to " + Cluster.POSTGRES).port();
        return new Database(
                straight.jdbcUrl().replaceFirst(":[0-9]+/", ":" + port + "/"),
                straight.username(),
                straight.password());
    }

    /** The replicas of auth-service: one that is near, and the other for when that one is gone. */
    Integer[] authPorts(int number) {
        return Stream.concat(
                        of("auth").stream().filter(auth -> auth.number() == number),
                        of("auth").stream().filter(auth -> auth.number() != number))
                .map(Replica::port)
                .toArray(Integer[]::new);
    }

    /** The replicas of a service. */
    List<Replica> of(String service) {
        return replicas.stream()
                .filter(replica -> replica.service().equals(service))
                .toList();
    }

    /** What is shipped. */
    static Path packaged(Replica replica) {
        return LauncherParts.checkout().resolve(replica.service() + "-service/target/quarkus-app/quarkus-run.jar");
    }
}
