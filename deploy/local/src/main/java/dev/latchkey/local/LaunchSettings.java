package dev.latchkey.local;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.local.supervision.StartException;
import dev.latchkey.platform.net.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the person who starts the platform may choose.
 *
 * @param host address the gateway listens on
 * @param port TCP port of the gateway
 * @param home where all state lives
 * @param publicUrl how clients reach the gateway, without a final slash
 * @param trustedProxies networks of reverse proxies before the gateway, which are believed about the client's address
 * @param replicas how many of each service run
 * @param javaOptions for the service JVMs
 * @param environment what the launcher itself was started with; the services get it too
 */
record LaunchSettings(
        String host,
        int port,
        Path home,
        String publicUrl,
        List<String> trustedProxies,
        int replicas,
        List<String> javaOptions,
        Map<String, String> environment) {
    private static final String DEFAULT_PORT = "8123";
    private static final int MOST_REPLICAS = 4;
    private static final String DEFAULT_JAVA_OPTIONS = "-Xms64m -Xmx256m";

    /** Leaves the environment out: it may carry secrets. */
    @Override
    public String toString() {
        return "LaunchSettings[" + host + ":" + port + ", " + home + "]";
    }

    /**
     * Reads {@code LATCHKEY_HOST}, {@code LATCHKEY_PORT} (0 picks a free one), {@code LATCHKEY_HOME},
     * {@code LATCHKEY_PUBLIC_URL}, {@code LATCHKEY_TRUSTED_PROXIES}, {@code LATCHKEY_REPLICAS} and {@code LATCHKEY_JAVA_OPTS}.
     *
     * @param environment variables by name
     * @param checkout the default home is {@code .latchkey} in here
     * @throws StartException when a value cannot be used
     */
    static LaunchSettings from(Map<String, String> environment, Path checkout) {
        var host = value(environment, "LATCHKEY_HOST", Loopback.HOST);
        var port = port(value(environment, "LATCHKEY_PORT", DEFAULT_PORT));
        var home = Path.of(value(
                environment, "LATCHKEY_HOME", checkout.resolve(".latchkey").toString()));
        var publicUrl = value(environment, "LATCHKEY_PUBLIC_URL", "http://" + Loopback.HOST + ":" + port);
        var options =
                value(environment, "LATCHKEY_JAVA_OPTS", DEFAULT_JAVA_OPTIONS).strip();
        return new LaunchSettings(
                host,
                port,
                home.toAbsolutePath().normalize(),
                publicUrl.replaceAll("/+$", ""),
                networks(value(environment, "LATCHKEY_TRUSTED_PROXIES", "")),
                replicas(value(environment, "LATCHKEY_REPLICAS", "1")),
                List.of(options.split("\\s+")),
                Map.copyOf(environment));
    }

    private static List<String> networks(String text) {
        try {
            var networks = Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(network -> !network.isEmpty())
                    .toList();
            Networks.parse(networks);
            return networks;
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "LATCHKEY_TRUSTED_PROXIES must be addresses and networks separated by commas, for example"
                            + " 127.0.0.1,10.0.0.0/24; it is \"" + text + "\".",
                    e);
        }
    }

    private static int replicas(String text) {
        if (!text.matches("[1-9]") || Integer.parseInt(text) > MOST_REPLICAS) {
            throw new StartException("LATCHKEY_REPLICAS must be a number from 1 to " + MOST_REPLICAS
                    + ": how many of each service run; it is \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new StartException(
                    "LATCHKEY_PORT must be a number from 1 to 65535, or 0 for any free port; it is \"" + text + "\".");
        }
        var port = Integer.parseInt(text);
        return port == 0 ? Loopback.freePort() : port;
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
