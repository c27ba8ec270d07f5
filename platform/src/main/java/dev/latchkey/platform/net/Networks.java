package dev.latchkey.platform.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/** An immutable list of networks in CIDR notation (RFC 4632, RFC 4291 section 2.3). */
public final class Networks {

    private static final Networks NONE = new Networks(List.of());
    private static final IPAddressNetwork.IPAddressGenerator FROM_BYTES = new IPAddressNetwork.IPAddressGenerator();

    private final List<IPAddress> blocks;

    private Networks(List<IPAddress> blocks) {
        this.blocks = blocks;
    }

    /** @return the list that contains nothing */
    public static Networks none() {
        return NONE;
    }

    /**
     * Reads a list such as {@code 10.0.0.0/8}, {@code fd00::/8}, {@code 127.0.0.1}. Blank items are skipped.
     *
     * @param cidrs the networks, not null; an address without prefix is that one address
     * @return the parsed list
     * @throws IllegalArgumentException if an item is no network, or has bits set behind its prefix (a typing error that would
     *     otherwise silently widen the list)
     */
    public static Networks parse(Collection<String> cidrs) {
        List<IPAddress> blocks = cidrs.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Networks::block)
                .toList();
        return blocks.isEmpty() ? NONE : new Networks(blocks);
    }

    /** As {@link #parse(Collection)}. */
    public static Networks of(String... cidrs) {
        return parse(List.of(cidrs));
    }

    /**
     * @param address the address to look for, not null; IPv4-mapped IPv6 counts as the IPv4 address inside, a zone is ignored
     * @return whether a network of the list contains it
     */
    public boolean contains(InetAddress address) {
        if (blocks.isEmpty()) {
            return false;
        }
        IPAddress wanted = toAddress(address);
        return blocks.stream().anyMatch(block -> block.contains(wanted));
    }

    /** @return whether the list contains nothing */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    @Override
    public String toString() {
        return blocks.toString();
    }

    static IPAddress toAddress(InetAddress address) {
        return IpLiterals.unmapped(FROM_BYTES.from(address.getAddress()));
    }

    private static IPAddress block(String text) {
        IPAddress parsed = IpLiterals.parsePrefix(text)
                .orElseThrow(() -> new IllegalArgumentException("Not a network in CIDR notation: " + text));
        Integer prefix = parsed.getNetworkPrefixLength();
        if (prefix == null) {
            return IpLiterals.unmapped(parsed);
        }
        IPAddress whole = parsed.toPrefixBlock(prefix);
        if (!whole.getLower().withoutPrefixLength().equals(parsed.getLower().withoutPrefixLength())) {
            throw new IllegalArgumentException(
                    "Network with bits set behind its prefix: " + text + " (did you mean " + whole + "?)");
        }
        return whole;
    }
}
