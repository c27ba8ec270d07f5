package dev.latchkey.embedded;

/**
 * How a {@link KafkaBroker} runs.
 *
 * @param port for clients, on 127.0.0.1; 0 picks a free one
 */
public record KafkaOptions(int port) {
    /** Checks the value. */
    public KafkaOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port must be 0 to 65535.");
        }
    }

    /** On whatever port is free. */
    public static KafkaOptions onFreePort() {
        return new KafkaOptions(0);
    }
}
