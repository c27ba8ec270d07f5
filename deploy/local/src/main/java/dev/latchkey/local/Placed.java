package dev.latchkey.local;

import dev.latchkey.embedded.Loopback;

/**
 * A service, or one of several replicas of it, and where it listens on 127.0.0.1.
 *
 * @param name what it is called in messages, pid files and log files: the service's name, from the second replica on with its
 *     number
 * @param definition of the service
 * @param port for requests
 * @param managementPort for health and metrics
 */
record Placed(String name, ServiceDefinition definition, int port, int managementPort) {
    /** Where it is reached. */
    String url() {
        return url(port);
    }

    /** Where it says how it is. */
    String managementUrl() {
        return url(managementPort);
    }

    private static String url(int port) {
        return "http://" + Loopback.HOST + ":" + port;
    }
}
