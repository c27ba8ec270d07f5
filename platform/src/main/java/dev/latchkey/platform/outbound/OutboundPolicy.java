package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.Networks;
import dev.latchkey.platform.net.WebAddress;
import java.util.List;

/**
 * What a deployment lets its services connect to.
 *
 * @param allowedNetworks special-use networks that may be reached; link-local, metadata and multicast addresses stay out
 * @param allowedPorts the ports that may be reached
 * @param ownOrigins the platform's own public addresses, which are never fetched
 * @param maxConcurrent how many requests may be under way at once, at least 1
 */
public record OutboundPolicy(
        Networks allowedNetworks, Ports allowedPorts, List<WebAddress> ownOrigins, int maxConcurrent) {

    public OutboundPolicy {
        ownOrigins = List.copyOf(ownOrigins);
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("maxConcurrent must be at least 1: " + maxConcurrent);
        }
    }
}
