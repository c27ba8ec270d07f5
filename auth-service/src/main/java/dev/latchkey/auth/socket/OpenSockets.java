package dev.latchkey.auth.socket;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.Authenticator;
import dev.latchkey.auth.token.GrantsRevoked;
import dev.latchkey.auth.token.RevokedGrants;
import dev.latchkey.platform.limit.ConcurrencyBudget;
import dev.latchkey.platform.net.ClientNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The open connections of this replica: counted for each address, and closed when the grant they stand on is revoked. */
@ApplicationScoped
class OpenSockets {

    private static final Logger LOG = Logger.getLogger(OpenSockets.class);

    private final ConcurrencyBudget<ClientNetwork> open = new ConcurrencyBudget<>();
    private final ConcurrencyBudget<ClientNetwork> unauthenticated = new ConcurrencyBudget<>();
    private final Set<SocketConnection> counted = ConcurrentHashMap.newKeySet();
    private final Set<SocketConnection> countedAsUnauthenticated = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<SocketConnection>> byGrant = new ConcurrentHashMap<>();
    private final RevokedGrants revoked;
    private final Authenticator authenticator;
    private final AuthConfig.Socket limits;
    private final MeterRegistry metrics;

    /** Whether this replica heard of no revocations when it was last looked at. */
    private boolean deaf;

    OpenSockets(RevokedGrants revoked, Authenticator authenticator, AuthConfig config, MeterRegistry metrics) {
        this.revoked = revoked;
        this.authenticator = authenticator;
        this.limits = config.socket();
        this.metrics = metrics;
    }

    /** At the start, so that the series is there before the first connection. */
    void measure(@Observes StartupEvent start) {
        metrics.gauge("latchkey.auth.sockets.open", open, ConcurrencyBudget::inUse);
    }

    /** Tells whether an address may open one more connection. */
    boolean mayOpen(InetAddress address) {
        ClientNetwork network = ClientNetwork.of(address);
        return open.hasRoom(network, limits.maxConnectionsPerAddress(), limits.maxConnections())
                && unauthenticated.hasRoom(
                        network, mostUnauthenticated(network), limits.maxUnauthenticatedConnections());
    }

    /**
     * Counts a connection.
     *
     * @return false when it is one too many, because others passed {@link #mayOpen} at the same moment
     */
    boolean opened(SocketConnection connection) {
        ClientNetwork network = ClientNetwork.of(connection.client().address());
        if (!open.tryTake(network, limits.maxConnectionsPerAddress(), limits.maxConnections())) {
            return false;
        }
        counted.add(connection);
        if (!unauthenticated.tryTake(network, mostUnauthenticated(network), limits.maxUnauthenticatedConnections())) {
            return false;
        }
        countedAsUnauthenticated.add(connection);
        return true;
    }

    private int mostUnauthenticated(ClientNetwork network) {
        return network.local() ? limits.maxConnectionsPerAddress() : limits.maxUnauthenticatedConnectionsPerAddress();
    }

    /**
     * Notes that a connection stands on a grant. Closes it when the grant was revoked in the meantime, and forgets it again
     * when the client left in the meantime: its {@link #closed} may have come before this.
     */
    void authenticated(SocketConnection connection) {
        uncount(connection, countedAsUnauthenticated, unauthenticated);
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

    /** Counts a connection no more. */
    void closed(SocketConnection connection) {
        uncount(connection, countedAsUnauthenticated, unauthenticated);
        uncount(connection, counted, open);
        if (connection.token() != null) {
            forget(connection);
        }
    }

    private static void uncount(
            SocketConnection connection, Set<SocketConnection> among, ConcurrencyBudget<ClientNetwork> budget) {
        if (among.remove(connection)) {
            budget.giveBack(ClientNetwork.of(connection.client().address()));
        }
    }

    private void forget(SocketConnection connection) {
        byGrant.computeIfPresent(connection.token().grantId(), (id, connections) -> {
            connections.remove(connection);
            return connections.isEmpty() ? null : connections;
        });
    }

    /**
     * Turns every client away when this replica has heard nothing of revocations for a while, neither by Kafka nor from the database:
     * it cannot tell on which of the connections nobody may be any more. Clients come back, to another replica where there is one.
     * Seen twice, because a process that was only frozen hears again at once.
     */
    @Scheduled(every = "PT1S", delayed = "PT1S", concurrentExecution = ConcurrentExecution.SKIP)
    void turnAwayWhenDeaf() {
        boolean deafBefore = deaf;
        deaf = !authenticator.hearsOfRevocations();
        if (deaf && deafBefore && !byGrant.isEmpty()) {
            LOG.warnf("Nothing is heard of revocations: %d connections are turned away", counted.size());
            byGrant.values().forEach(connections -> connections.forEach(SocketConnection::turnAway));
        }
    }

    /** Comes after {@link RevokedGrants} has noted the revocation, so that no connection slips in between the two. */
    void closeRevoked(
            @Observes(during = TransactionPhase.AFTER_SUCCESS) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    GrantsRevoked event) {
        for (String grantId : event.expiryById().keySet()) {
            byGrant.getOrDefault(grantId, Set.of()).forEach(SocketConnection::revoked);
        }
    }
}
