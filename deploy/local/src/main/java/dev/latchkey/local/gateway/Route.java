package dev.latchkey.local.gateway;

import io.vertx.core.net.SocketAddress;

/**
 * Which service answers a path.
 *
 * @param pattern a decoded path; one that ends in {@code *} stands for everything that begins like it
 * @param service where the service listens
 */
public record Route(String pattern, SocketAddress service) {
    /** A route to a port on 127.0.0.1. */
    public static Route toPort(String pattern, int port) {
        return new Route(pattern, SocketAddress.inetSocketAddress(port, "127.0.0.1"));
    }

    boolean matches(String path) {
        return pattern.endsWith("*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }
}
