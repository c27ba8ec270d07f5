package dev.latchkey.embedded;

import java.util.List;

/**
 * How a {@link KafkaBroker} runs.
 *
 * @param port TCP port for clients on 127.0.0.1; 0 picks a free one
 * @param detours further ports, for clients that come by another way than straight
 */
public record KafkaOptions(int port, List<Detour> detours) {

    /** Checks the port and copies the list. */
    public KafkaOptions {
        checkPort(port, 0);
        detours = List.copyOf(detours);
    }

    /**
     * On one port.
     *
     * @param port TCP port for clients on 127.0.0.1; 0 picks a free one
     */
    public KafkaOptions(int port) {
        this(port, List.of());
    }

    /** On whatever port is free. */
    public static KafkaOptions onFreePort() {
        return new KafkaOptions(0);
    }

    /**
     * A port for clients behind something that passes bytes on. A broker tells its clients where to connect, so it has to know
     * where that something listens.
     *
     * @param port TCP port on 127.0.0.1 that the broker listens on
     * @param advertised TCP port on 127.0.0.1 that its clients connect to
     */
    public record Detour(int port, int advertised) {

        /** Checks the ports. */
        public Detour {
            checkPort(port, 1);
            checkPort(advertised, 1);
        }

        /**
         * Reads {@code <port>:<advertised>}.
         *
         * @throws IllegalArgumentException when it is something else
         */
        static Detour parse(String text) {
            var ports = text.split(":", 2);
            if (ports.length != 2) {
                throw new IllegalArgumentException("A detour is <port>:<advertised port>.");
            }
            return new Detour(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        }

        @Override
        public String toString() {
            return port + ":" + advertised;
        }
    }

    private static void checkPort(int port, int least) {
        if (port < least || port > 65_535) {
            throw new IllegalArgumentException("The port must be " + least + " to 65535.");
        }
    }
}
