package dev.latchkey.local.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** Counts the open connections of each address, so that no client takes them all. */
final class Crowd {
    /** A /64: one household or host. */
    private static final int NETWORK_BYTES = 8;

    private final ConcurrentMap<ByteBuffer, Integer> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<HttpConnection, ByteBuffer> networks = new ConcurrentHashMap<>();
    private final Limits limits;
    private final Predicate<InetAddress> standsForMany;

    /** @param standsForMany whether many clients come from an address, beside this machine's own */
    Crowd(Limits limits, Predicate<InetAddress> standsForMany) {
        this.limits = limits;
        this.standsForMany = standsForMany;
    }

    /** Closes a new connection if its address has enough of them. */
    void admit(HttpConnection connection) {
        var address = address(connection.remoteAddress());
        var network = network(address);
        networks.put(connection, network);
        connection.closeHandler(closed -> left(connection));
        if (open.merge(network, 1, Integer::sum) > most(address)) {
            connection.close();
        }
    }

    /** Takes note that a connection has ended. One that became a tunnel does not say so itself. */
    void left(HttpConnection connection) {
        var network = networks.remove(connection);
        if (network != null) {
            open.computeIfPresent(network, (n, count) -> count > 1 ? count - 1 : null);
        }
    }

    private int most(InetAddress address) {
        return address.isLoopbackAddress() || standsForMany.test(address)
                ? limits.connectionsOfManyClients()
                : limits.connectionsPerAddress();
    }

    /** The address of a peer, without the zone that a link-local one has. */
    static InetAddress address(SocketAddress peer) {
        try {
            // A literal: nothing is looked up.
            return InetAddress.getByName(peer.hostAddress().split("%", 2)[0]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the peer of a connection has an address", e);
        }
    }

    /** What is counted as one. */
    static ByteBuffer network(InetAddress address) {
        var bytes = address.getAddress();
        return ByteBuffer.wrap(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
