package dev.latchkey.auth.socket;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.GrantsRevoked;
import dev.latchkey.auth.token.RevokedGrants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections of this replica: counted for each address, and closed when the grant they stand on is revoked. */
@ApplicationScoped
class OpenSockets {

    private static final int NETWORK_BYTES = 8;

    private final Map<ByteBuffer, Integer> byNetwork = new ConcurrentHashMap<>();
    private final Map<String, Set<SocketConnection>> byGrant = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final RevokedGrants revoked;
    private final AuthConfig.Socket limits;
    private final MeterRegistry metrics;

    OpenSockets(RevokedGrants revoked, AuthConfig config, MeterRegistry metrics) {
        this.revoked = revoked;
        this.limits = config.socket();
        this.metrics = metrics;
    }

    /** At the start, so that the series is there before the first connection. */
    void measure(@Observes StartupEvent start) {
        metrics.gauge("latchkey.auth.sockets.open", open);
    }

    /** Tells whether an address may open one more connection. */
    boolean mayOpen(InetAddress address) {
        return open.get() < limits.maxConnections()
                && byNetwork.getOrDefault(network(address), 0) < limits.maxConnectionsPerAddress();
    }

    /**
     * Counts a connection.
     *
     * @return false when it is one too many, because others passed {@link #mayOpen} at the same moment
     */
    boolean opened(SocketConnection connection) {
        int all = open.incrementAndGet();
        int fromNetwork = byNetwork.merge(network(connection.client().address()), 1, Integer::sum);
        return all <= limits.maxConnections() && fromNetwork <= limits.maxConnectionsPerAddress();
    }

    /**
     * Notes that a connection stands on a grant. Closes it when the grant was revoked in the meantime, and forgets it again
     * when the client left in the meantime: its {@link #closed} may have come before this.
     */
    void authenticated(SocketConnection connection) {
        String grantId = connection.token().grantId();
        byGrant.compute(grantId, (id, connections) -> {
            Set<SocketConnection> all = connections == null ? ConcurrentHashMap.newKeySet() : connections;
            all.add(connection);
            return all;
        });
        if (connection.closed()) {
            forget(connection);
        } else if (revoked.contains(grantId)) {
            connection.close();
        }
    }

    /** Counts a connection no more; called once for each that was {@link #opened}. */
    void closed(SocketConnection connection) {
        open.decrementAndGet();
        byNetwork.computeIfPresent(
                network(connection.client().address()), (network, count) -> count == 1 ? null : count - 1);
        if (connection.token() != null) {
            forget(connection);
        }
    }

    private void forget(SocketConnection connection) {
        byGrant.computeIfPresent(connection.token().grantId(), (id, connections) -> {
            connections.remove(connection);
            return connections.isEmpty() ? null : connections;
        });
    }

    /** Comes after {@link RevokedGrants} has noted the revocation, so that no connection slips in between the two. */
    void closeRevoked(
            @Observes(during = TransactionPhase.AFTER_SUCCESS) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    GrantsRevoked event) {
        for (String grantId : event.expiryById().keySet()) {
            byGrant.getOrDefault(grantId, Set.of()).forEach(SocketConnection::revoked);
        }
    }

    /** An IPv4 address stands for itself, an IPv6 address for its /64: one household or host. */
    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
