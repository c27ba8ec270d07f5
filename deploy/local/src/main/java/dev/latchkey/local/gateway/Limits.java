package dev.latchkey.local.gateway;

import java.time.Duration;

/**
 * What one client may take of the gateway.
 *
 * @param bodyBytes the largest body of a request
 * @param bodyWithin how long a body may take from the first to the last byte
 * @param connectionsPerAddress the most open connections from one IPv4 address or IPv6 /64
 * @param connectionsOfManyClients the same where many clients share an address: on this machine, and at a trusted proxy
 */
record Limits(int bodyBytes, Duration bodyWithin, int connectionsPerAddress, int connectionsOfManyClients) {
    /** As much of a body as the services take, and more connections than a household has. */
    static final Limits USUAL = new Limits(64 * 1024, Duration.ofSeconds(20), 256, 8_192);
}
