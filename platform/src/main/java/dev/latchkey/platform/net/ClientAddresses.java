package dev.latchkey.platform.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address a request came from when it passed through reverse proxies.
 *
 * <p>The client is the peer of the connection, unless that peer is a trusted proxy. A trusted proxy appends the peer it saw to
 * {@code X-Forwarded-For}, so the header is read from the right, and reading stops at the first address that is not a trusted
 * proxy: whatever stands left of it was written by a stranger.
 */
public final class ClientAddresses {

    private static final Networks LOCAL = Networks.of(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "::1",
            "fe80::/10",
            "fd00::/8");

    /** More hops than any real deployment has; what stands further left is not read. */
    private static final int MOST_HOPS = 32;

    private final Networks trustedProxies;

    /** @param trustedProxies the reverse proxies whose {@code X-Forwarded-For} is believed, not null */
    public ClientAddresses(Networks trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /**
     * Finds the client. Whoever is known to stand for somebody else is not taken to be in the local network, wherever he is
     * himself: a reverse proxy that nobody listed would otherwise bring the whole internet in.
     *
     * @param peer the address at the other end of the connection, not null
     * @param forwardedFor the values of all {@code X-Forwarded-For} header lines in the order received, not null, may be empty
     * @param forwarded whether there is a {@code Forwarded} header (RFC 7239), which is not read
     * @return the client's address: the peer when it is not trusted or the header is absent. When an entry cannot be read, the
     *     proxy that vouched for it, so that nonsense never becomes somebody else's address
     */
    public ClientAddress clientOf(InetAddress peer, List<String> forwardedFor, boolean forwarded) {
        InetAddress client = peer;
        if (forwarded && (forwardedFor.isEmpty() || !trustedProxies.contains(peer))) {
            return new ClientAddress(client, false);
        }
        for (String entry : fromTheRight(forwardedFor)) {
            Optional<InetAddress> previous = trustedProxies.contains(client) ? read(entry) : Optional.empty();
            if (previous.isEmpty()) {
                return new ClientAddress(client, false);
            }
            client = previous.get();
        }
        return new ClientAddress(client, isLocal(client));
    }

    /**
     * Says whether an address belongs to the local network: loopback, private (RFC 1918), link-local or unique local
     * (RFC 4193, the assigned half fd00::/8), also as IPv4-mapped IPv6.
     *
     * @param address the address, not null
     * @return false for public addresses, and for shared (100.64.0.0/10), documentation, multicast and unspecified ones
     */
    public static boolean isLocal(InetAddress address) {
        return LOCAL.contains(address);
    }

    private static List<String> fromTheRight(List<String> headerLines) {
        List<String> entries = new ArrayList<>();
        for (int line = headerLines.size() - 1; line >= 0 && entries.size() < MOST_HOPS; line--) {
            List<String> ofLine = Arrays.asList(headerLines.get(line).split(",", -1));
            Collections.reverse(ofLine);
            entries.addAll(ofLine);
        }
        return entries.subList(0, Math.min(entries.size(), MOST_HOPS));
    }

    /** An entry is an address; some proxies write {@code address:port} or {@code [address]:port} (RFC 7239 section 6). */
    private static Optional<InetAddress> read(String entry) {
        String text = entry.strip();
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean clean = end > 0 && (end == text.length() - 1 || isPort(text.substring(end + 1)));
            return clean && text.indexOf(':') < end ? IpLiterals.parse(text.substring(1, end)) : Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon > 0 && colon == text.lastIndexOf(':')) {
            return isPort(text.substring(colon)) ? IpLiterals.parse(text.substring(0, colon)) : Optional.empty();
        }
        return IpLiterals.parse(text);
    }

    private static boolean isPort(String text) {
        return text.matches(":[0-9]{1,5}");
    }
}
