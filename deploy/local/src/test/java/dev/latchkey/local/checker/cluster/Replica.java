package dev.latchkey.local.checker.cluster;

/**
 * One process of a service.
 *
 * @param service {@code auth}, {@code flow} or {@code signing}
 * @param number from 1
 * @param port for requests
 * @param managementPort for health
 */
public record Replica(String service, int number, int port, int managementPort) {

    /** What it is called, as {@code auth-1}. */
    public String name() {
        return service + "-" + number;
    }

    /** Where clients reach it, without a final slash. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }
}
