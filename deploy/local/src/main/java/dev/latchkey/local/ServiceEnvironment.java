package dev.latchkey.local;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.Loopback;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service is told through its environment. */
final class ServiceEnvironment {
    private static final String OWN_ADDRESSES = "LATCHKEY_FLOW_OUTBOUND_OWN_ADDRESSES";
    private static final List<String> GATEWAY = List.of("127.0.0.1/32", "::1/128");

    private final Map<String, String> common = new HashMap<>();

    /**
     * @param settings the user's own environment wins over everything but the wiring
     * @param kafka bootstrap servers
     * @param servicesSecret by which the services know each other
     * @param keyEncryptionKey of auth-service, Base64 of 32 bytes
     * @param flowKey with which flow-service encrypts, Base64 of 32 bytes
     * @param gatewaySecret by which signing-service knows the gateway
     * @param urls where the services reach each other, by name
     */
    ServiceEnvironment(
            LaunchSettings settings,
            String kafka,
            String servicesSecret,
            String keyEncryptionKey,
            String flowKey,
            String gatewaySecret,
            Map<String, String> urls) {
        common.put("LATCHKEY_AUTH_ISSUER", settings.publicUrl());
        common.put("LATCHKEY_HTTP_TRUSTED_PROXIES", trustedProxies(settings));
        common.put("LATCHKEY_SERVICES_SECRET", servicesSecret);
        common.put("LATCHKEY_AUTH_KEY_ENCRYPTION_KEY", keyEncryptionKey);
        common.put("LATCHKEY_FLOW_KEYS", flowKey);
        // For this run: a restart of the platform ends every link.
        common.put("LATCHKEY_SIGNING_MASTER_SECRET", Home.randomSecret());
        common.put("LATCHKEY_SIGNING_GATEWAY_SECRET", gatewaySecret);
        // Apps under development live on this machine, where documents are not on port 443.
        common.put("LATCHKEY_AUTH_CLIENT_FETCH_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
        common.put("LATCHKEY_AUTH_CLIENT_FETCH_ALLOWED_PORTS", "80,443,1024-65535");
        // What people connect here lives on this machine and in their network.
        common.put(
                "LATCHKEY_FLOW_OUTBOUND_ALLOWED_NETWORKS",
                "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7");
        common.put(
                "LATCHKEY_FLOW_CONNECTORS",
                settings.home().resolve(Home.CONNECTORS).toString());
        common.keySet().removeAll(settings.environment().keySet());
        common.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
        urls.forEach((name, url) ->
                common.put("LATCHKEY_SERVICES_" + name.replace("-service", "").toUpperCase(Locale.ROOT) + "_URL", url));
        common.computeIfAbsent(OWN_ADDRESSES, settings.environment()::get);
    }

    /**
     * Keeps connection tests away from what the platform itself listens on.
     *
     * @param addresses as {@code host:port}; what the user's environment names is kept away too
     */
    void neverConnectTo(List<String> addresses) {
        common.merge(OWN_ADDRESSES, String.join(",", addresses), (theirs, ours) -> theirs + "," + ours);
    }

    private static String trustedProxies(LaunchSettings settings) {
        return Stream.concat(GATEWAY.stream(), settings.trustedProxies().stream())
                .collect(Collectors.joining(","));
    }

    /**
     * The variables of one service.
     *
     * @param port for requests
     * @param managementPort for health and metrics
     * @param database its own, or null
     */
    Map<String, String> of(int port, int managementPort, Database database) {
        var variables = new HashMap<>(common);
        variables.put("QUARKUS_HTTP_HOST", Loopback.HOST);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_MANAGEMENT_HOST", Loopback.HOST);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        if (database != null) {
            variables.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
            variables.put("QUARKUS_DATASOURCE_USERNAME", database.username());
            variables.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        }
        return Map.copyOf(variables);
    }
}
