package dev.latchkey.local;

import dev.latchkey.embedded.Database;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the launcher is made of, for tests that put a platform of another shape together. */
public final class LauncherParts {
    private final LaunchSettings settings;
    private final Map<String, String> secrets = new HashMap<>();

    /**
     * @param home where connectors are described
     * @param port of the gateway that clients would come by; nothing listens there
     */
    public LauncherParts(Path home, int port) {
        this.settings = LaunchSettings.from(
                Map.of("LATCHKEY_HOME", home.toString(), "LATCHKEY_PORT", Integer.toString(port)), LocalRun.CHECKOUT);
    }

    /** How the outside reaches the platform, by its own word; without a final slash. */
    public String publicUrl() {
        return settings.publicUrl();
    }

    /** By which signing-service knows its gateway. */
    public String gatewaySecret() {
        return secret("gateway");
    }

    /** Where the packaged services are. */
    public static Path checkout() {
        return LocalRun.CHECKOUT;
    }

    /**
     * What one process of a service is told.
     *
     * @param kafka its own way to Kafka, as host and port
     * @param urls its own ways to the services, by name
     * @param never what nobody may connect to, as host and port
     * @param port for requests
     * @param managementPort for health
     * @param database its own way to it, or null
     */
    public Map<String, String> environment(
            String kafka,
            Map<String, String> urls,
            List<String> never,
            int port,
            int managementPort,
            Database database) {
        var environment = new ServiceEnvironment(
                settings, kafka, secret("services"), secret("key"), secret("flow-key"), gatewaySecret(), urls);
        environment.neverConnectTo(never);
        var variables = new HashMap<>(environment.of(port, managementPort, database));
        // Replicas have it in common; the launcher's starts of one replica do not need to.
        variables.put("LATCHKEY_SIGNING_MASTER_SECRET", secret("signing"));
        return variables;
    }

    /** A secret that is the same for all processes. */
    public synchronized String secret(String name) {
        return secrets.computeIfAbsent(name, any -> Home.randomSecret());
    }

    /** The command of a child JVM like the launcher's. */
    public static List<String> java(List<String> options, List<String> program) {
        return Jvm.command(options, program);
    }

    /** Whether a service says that it is ready. */
    public static boolean isReady(int managementPort) {
        return Health.isReady(managementPort);
    }
}
