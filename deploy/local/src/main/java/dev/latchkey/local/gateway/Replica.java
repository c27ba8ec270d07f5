package dev.latchkey.local.gateway;

import io.vertx.core.net.SocketAddress;

/** One running copy of a service. */
final class Replica {
    private final SocketAddress address;
    private final SocketAddress management;
    private volatile boolean ready;

    private Replica(SocketAddress address, SocketAddress management) {
        this.address = address;
        this.management = management;
    }

    /** One on 127.0.0.1 that is not known to be ready. */
    static Replica at(int port, int managementPort) {
        return new Replica(loopback(port), loopback(managementPort));
    }

    private static SocketAddress loopback(int port) {
        return SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    /** Where it answers requests. */
    SocketAddress address() {
        return address;
    }

    /** Where it says whether it is ready. */
    SocketAddress management() {
        return management;
    }

    boolean ready() {
        return ready;
    }

    void ready(boolean now) {
        ready = now;
    }
}
