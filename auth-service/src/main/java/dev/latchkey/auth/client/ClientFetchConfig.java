package dev.latchkey.auth.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the pages of apps are fetched (decision A9). */
@ConfigMapping(prefix = "latchkey.auth.client-fetch")
public interface ClientFetchConfig {

    /**
     * Special-use networks (CIDR) that apps may live in, for example {@code 192.168.0.0/16}. None by default: apps must have
     * public addresses. Link-local, cloud metadata and multicast addresses stay out whatever is listed.
     */
    Optional<List<String>> allowedNetworks();

    /** Ports that may be connected to: numbers and ranges, for example {@code 80,443,1024-65535}. */
    @WithDefault("80,443")
    String allowedPorts();

    /** The time for one fetch in all: name, connection, TLS and page. */
    @WithDefault("5s")
    Duration timeout();

    /** How many bytes of a page are read, decoded. */
    @WithDefault("10240")
    @Min(1024)
    @Max(1_048_576)
    int maxBytes();

    /** How long a good answer is believed; failures are never remembered. */
    @WithDefault("5m")
    Duration cacheTtl();

    /** How many apps are remembered. */
    @WithDefault("1000")
    @Min(1)
    int cacheSize();

    /** How many fetches may be under way at once; one more is refused at once. Half are kept for sign-ins that need one. */
    @WithDefault("32")
    @Min(1)
    int maxConcurrent();

    /**
     * How many fetches may be under way at once for one client address (IPv4 address, IPv6 /64). Clients in the local network,
     * among which is everybody behind a proxy that is not in {@code latchkey.http.trusted-proxies}, may have half of all.
     */
    @WithDefault("4")
    @Min(1)
    int maxConcurrentPerAddress();

    /**
     * How many fetches from one host may be under way at once. Keep it above the number for one client address, so that no one
     * client can keep others from an app.
     */
    @WithDefault("8")
    @Min(1)
    int maxConcurrentPerHost();
}
