package dev.latchkey.local;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.local.gateway.Gateway;
import dev.latchkey.local.gateway.Replicas;
import dev.latchkey.local.gateway.Route;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where everything of a run listens on 127.0.0.1, but for the gateway's own port. */
final class Placement {
    private final int kafkaPort;
    private final int postgresPort;
    private final List<Group> groups = new ArrayList<>();

    /**
     * The replicas of one service.
     *
     * @param sharedPort where the other services reach any of them; 0 when there is one, which they reach directly
     */
    private record Group(ServiceDefinition definition, List<Placed> placed, Replicas replicas, int sharedPort) {
        String url() {
            return sharedPort == 0 ? placed.getFirst().url() : "http://" + Loopback.HOST + ":" + sharedPort;
        }
    }

    private Placement(int kafkaPort, int postgresPort) {
        this.kafkaPort = kafkaPort;
        this.postgresPort = postgresPort;
    }

    /**
     * Finds a port for everything.
     *
     * @param replicas how many of each service, at least 1
     */
    static Placement of(List<ServiceDefinition> definitions, int replicas) {
        var ports =
                Loopback.freePorts(2 + definitions.size() * (2 * replicas + 1)).iterator();
        var placement = new Placement(ports.next(), ports.next());
        definitions.forEach(definition -> placement.groups.add(group(definition, replicas, ports)));
        return placement;
    }

    private static Group group(ServiceDefinition definition, int replicas, Iterator<Integer> ports) {
        var placed = IntStream.rangeClosed(1, replicas)
                .mapToObj(number -> new Placed(
                        number == 1 ? definition.name() : definition.name() + "-" + number,
                        definition,
                        ports.next(),
                        ports.next()))
                .toList();
        var shared = ports.next();
        return replicas == 1
                ? new Group(
                        definition, placed, Replicas.atPort(placed.getFirst().port()), 0)
                : new Group(
                        definition,
                        placed,
                        Replicas.atPorts(
                                placed.stream().map(Placed::port).toList(),
                                placed.stream().map(Placed::managementPort).toList()),
                        shared);
    }

    int kafkaPort() {
        return kafkaPort;
    }

    int postgresPort() {
        return postgresPort;
    }

    /** Every replica of every service. */
    List<Placed> services() {
        return groups.stream().flatMap(group -> group.placed().stream()).toList();
    }

    /** Who answers which path. */
    List<Route> routes() {
        return groups.stream()
                .flatMap(group -> group.definition().paths().stream().map(path -> new Route(path, group.replicas())))
                .toList();
    }

    /** The replicas of a service, if the platform has it. */
    Optional<Replicas> replicas(String service) {
        return groups.stream()
                .filter(group -> group.definition().name().equals(service))
                .map(Group::replicas)
                .findFirst();
    }

    /** Has the gateway spread what the services ask each other, where there are several to ask. */
    void openToServices(Gateway gateway) throws BindException {
        for (var group : groups) {
            if (group.sharedPort() != 0) {
                gateway.openToServices(group.sharedPort(), group.replicas());
            }
        }
    }

    /** Where the services reach each other, by name. */
    Map<String, String> urls() {
        return groups.stream()
                .collect(Collectors.toMap(group -> group.definition().name(), Group::url));
    }

    /** Whatever listens, as {@code host:port}. */
    List<String> addresses() {
        return Stream.of(
                        IntStream.of(kafkaPort, postgresPort),
                        services().stream()
                                .flatMapToInt(placed -> IntStream.of(placed.port(), placed.managementPort())),
                        groups.stream().mapToInt(Group::sharedPort).filter(port -> port != 0))
                .flatMapToInt(ports -> ports)
                .mapToObj(port -> Loopback.HOST + ":" + port)
                .toList();
    }
}
