package dev.latchkey.platform.net;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;

/**
 * What counts as one client when something is shared out among strangers: an IPv4 address, or the /64 of an IPv6 address, which
 * is what one household or host gets (RFC 6177, RFC 8981 section 3.8).
 *
 * @param text the network as text, at most 43 characters
 * @param local whether it belongs to the local network, as in {@link ClientAddresses#isLocal}; everybody may share such a
 *     network, when they come through a proxy that is not listed as trusted
 */
public record ClientNetwork(String text, boolean local) {

    private static final int ONE_HOUSEHOLD = 64;

    /** @return the network of an address, not null; IPv4-mapped IPv6 is the IPv4 address inside, a zone is ignored */
    public static ClientNetwork of(InetAddress address) {
        IPAddress plain = Networks.toAddress(address);
        IPAddress network = plain.isIPv6() ? plain.toPrefixBlock(ONE_HOUSEHOLD) : plain;
        return new ClientNetwork(network.toCanonicalString(), ClientAddresses.isLocal(address));
    }

    @Override
    public String toString() {
        return text;
    }
}
