package dev.latchkey.flow.connector.check;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** Where connection tests may go (decision F13). */
@ConfigMapping(prefix = "latchkey.flow.outbound")
public interface OutboundConfig {

    /**
     * Special-use networks (CIDR) that connection tests may reach, for example {@code 192.168.0.0/16}. None by default: only public
     * addresses. Link-local, cloud metadata and multicast addresses stay out whatever is listed.
     */
    Optional<List<String>> allowedNetworks();

    /** Ports that connection tests may reach: numbers and ranges, for example {@code 80,443,1024-65535}. */
    @WithDefault("80,443,1024-65535")
    String allowedPorts();

    /**
     * What only the platform listens on, as {@code host:port}: its services and their management ports, databases and brokers.
     * Connection tests never go there, under whatever name or address. List it wherever {@code allowed-networks} covers it.
     */
    Optional<List<String>> ownAddresses();

    /** How many connection tests may be under way at once. */
    @WithDefault("128")
    @Min(1)
    int maxConcurrent();

    /** How many connection tests of one host may be under way at once. */
    @WithDefault("32")
    @Min(1)
    int maxConcurrentPerHost();

    /** How many bytes of an answer are read, decoded. */
    @WithDefault("262144")
    @Min(1024)
    @Max(4_194_304)
    int maxBytes();
}
