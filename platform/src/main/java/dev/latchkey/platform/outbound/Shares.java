package dev.latchkey.platform.outbound;

import dev.latchkey.platform.limit.ConcurrencyBudget;
import dev.latchkey.platform.net.ClientNetwork;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Shares the requests that may be under way out among clients and hosts. */
final class Shares {

    private final OutboundPolicy.Limits limits;
    private final ConcurrencyBudget<ClientNetwork> networks = new ConcurrencyBudget<>();
    private final ConcurrencyBudget<String> hosts = new ConcurrencyBudget<>();

    Shares(OutboundPolicy.Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes a share for a request.
     *
     * @param host where it goes
     * @param requester null when it is made for no client
     * @param holders how many must call {@link Share#letGo} before it is free again
     * @return nothing when there is none left
     */
    Optional<Share> take(String host, OnBehalfOf requester, int holders) {
        int all = requester == null || requester.essential() ? limits.inAll() : Math.max(1, limits.inAll() / 2);
        if (!hosts.tryTake(host, limits.perHost(), all)) {
            return Optional.empty();
        }
        if (requester != null && !networks.tryTake(requester.network(), mostOf(requester.network()), limits.inAll())) {
            hosts.giveBack(host);
            return Optional.empty();
        }
        return Optional.of(new Share(host, requester, holders));
    }

    private int mostOf(ClientNetwork network) {
        return network.local() ? Math.max(limits.perNetwork(), limits.inAll() / 2) : limits.perNetwork();
    }

    /** What one request takes up. */
    final class Share {

        private final String host;
        private final OnBehalfOf requester;
        private final AtomicInteger holders;

        private Share(String host, OnBehalfOf requester, int holders) {
            this.host = host;
            this.requester = requester;
            this.holders = new AtomicInteger(holders);
        }

        /** One holder less; the last one frees the share. */
        void letGo() {
            if (holders.decrementAndGet() == 0) {
                hosts.giveBack(host);
                if (requester != null) {
                    networks.giveBack(requester.network());
                }
            }
        }
    }
}
