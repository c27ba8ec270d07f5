package dev.latchkey.local.gateway;

/**
 * Which service answers a path.
 *
 * @param pattern a decoded path; one that ends in {@code *} stands for everything that begins like it
 * @param service who answers it
 */
public record Route(String pattern, Replicas service) {
    /** A route to a port on 127.0.0.1. */
    public static Route toPort(String pattern, int port) {
        return new Route(pattern, Replicas.atPort(port));
    }

    boolean matches(String path) {
        return pattern.endsWith("*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }
}
