package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.WebAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognises the platform's own endpoints in any spelling: by name, by each address the name has, and, for an endpoint on this
 * machine, by each address of the machine. Names are looked up again after a minute; one that cannot be looked up counts with
 * the addresses it had. It blocks while it looks up a name.
 */
final class OwnEndpoints {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private record Known(List<InetAddress> addresses, Instant until) {}

    private final List<WebAddress> endpoints;
    private final HostResolver resolver;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    OwnEndpoints(List<WebAddress> endpoints, HostResolver resolver, Clock clock) {
        this.endpoints = endpoints;
        this.resolver = resolver;
        this.clock = clock;
    }

    /**
     * @param target where a request wants to go
     * @param answers every address its name has
     */
    boolean contain(WebAddress target, List<InetAddress> answers) {
        return endpoints.stream()
                .filter(own -> own.port() == target.port())
                .anyMatch(own -> own.connectHost().equals(target.connectHost()) || share(addresses(own), answers));
    }

    private static boolean share(List<InetAddress> own, List<InetAddress> answers) {
        boolean here = own.stream().anyMatch(OwnEndpoints::isThisMachine);
        return answers.stream().anyMatch(answer -> own.contains(answer) || here && isThisMachine(answer));
    }

    private List<InetAddress> addresses(WebAddress own) {
        return own.literal()
                .map(address -> List.of(address))
                .orElseGet(
                        () -> known.compute(own.connectHost(), this::refreshed).addresses());
    }

    private Known refreshed(String name, Known last) {
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until())) {
            return last;
        }
        try {
            return new Known(List.copyOf(resolver.resolve(name)), now.plus(KEPT));
        } catch (UnknownHostException | RuntimeException e) {
            return new Known(last == null ? List.of() : last.addresses(), now.plusSeconds(1));
        }
    }

    private static boolean isThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
