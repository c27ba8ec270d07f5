package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import java.util.List;

/**
 * What a deployment lets its services connect to.
 *
 * @param allowedNetworks special-use networks that may be reached; link-local, metadata and multicast addresses stay out
 * @param allowedPorts the ports that may be reached
 * @param ownOrigins the platform's own public addresses, which are never fetched; other names that lead to the same reverse
 *     proxy may be somebody else's
 * @param ownEndpoints addresses that only the platform listens on, such as those of its services and their databases: nothing
 *     that leads there is requested, under whatever name. Scheme and path do not count
 * @param limits how many requests may be under way at once
 */
public record OutboundPolicy(
        Networks allowedNetworks,
        Ports allowedPorts,
        List<WebAddress> ownOrigins,
        List<WebAddress> ownEndpoints,
        Limits limits) {

    /**
     * How many requests may be under way at once; each at least 1.
     *
     * @param inAll of everybody, to everywhere
     * @param perNetwork of one client network; a local network, which everybody may share, has half of all if that is more
     * @param perHost to one host. If it is above {@code perNetwork}, no one client can keep others from a host
     */
    public record Limits(int inAll, int perNetwork, int perHost) {

        public Limits {
            if (inAll < 1 || perNetwork < 1 || perHost < 1) {
                throw new IllegalArgumentException(
                        "Limits must be at least 1: " + inAll + ", " + perNetwork + ", " + perHost);
            }
        }
    }

    public OutboundPolicy {
        ownOrigins = List.copyOf(ownOrigins);
        ownEndpoints = List.copyOf(ownEndpoints);
    }

    /** A policy without endpoints of its own. */
    public OutboundPolicy(Networks allowedNetworks, Ports allowedPorts, List<WebAddress> ownOrigins, Limits limits) {
        this(allowedNetworks, allowedPorts, ownOrigins, List.of(), limits);
    }

    /** A policy with one limit for everything. */
    public OutboundPolicy(
            Networks allowedNetworks, Ports allowedPorts, List<WebAddress> ownOrigins, int maxConcurrent) {
        this(allowedNetworks, allowedPorts, ownOrigins, new Limits(maxConcurrent, maxConcurrent, maxConcurrent));
    }
}
