package dev.latchkey.platform.outbound;

import dev.latchkey.platform.net.Networks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an IP address is good for, after the IANA special-purpose registries (RFC 6890 and its updates), clouds' metadata
 * services, and the ways of writing an IPv4 address inside an IPv6 one.
 */
enum AddressKind {
    /** Globally reachable unicast. */
    PUBLIC,
    /** Special use: reachable only if the deployment lists it. */
    SPECIAL,
    /** Never reachable, whatever the deployment lists: metadata services, link-local, multicast, unspecified, broadcast. */
    FORBIDDEN;

    private static final Networks NEVER = Networks.of(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "255.255.255.255",
            "100.100.100.200", // metadata at Alibaba Cloud
            "168.63.129.16", // platform address at Azure
            "192.0.0.192", // metadata at Oracle Cloud
            "::",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::/32", // metadata at AWS
            "fd20:ce::/32"); // metadata at Google Cloud

    private static final Networks SPECIAL_V4 = Networks.of(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4");

    private static final Networks GLOBAL_V6 = Networks.of("2000::/3");
    private static final Networks SPECIAL_V6 =
            Networks.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48");

    private static final Networks IPV4_COMPATIBLE = Networks.of("::/96");
    private static final Networks NAT64 = Networks.of("64:ff9b::/96");
    private static final Networks NAT64_LOCAL = Networks.of("64:ff9b:1::/48");
    private static final Networks TRANSLATED = Networks.of("::ffff:0:0:0/96");
    private static final Networks SIX_TO_FOUR = Networks.of("2002::/16");
    private static final Networks TEREDO = Networks.of("2001::/32");

    /** @return the kind of an address, not null; IPv4-mapped IPv6 is the IPv4 address inside */
    static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NEVER.contains(address)) {
            return FORBIDDEN;
        }
        if (bytes.length == 4) {
            return SPECIAL_V4.contains(address) ? SPECIAL : PUBLIC;
        }
        Optional<AddressKind> inside = embedded(address, bytes).map(AddressKind::of);
        if (inside.filter(FORBIDDEN::equals).isPresent()) {
            return FORBIDDEN;
        }
        if (NAT64.contains(address)) {
            return inside.orElse(SPECIAL);
        }
        if (isMapped(bytes)) {
            return inside.orElse(SPECIAL);
        }
        return GLOBAL_V6.contains(address) && !SPECIAL_V6.contains(address) && !isIsatap(bytes) ? PUBLIC : SPECIAL;
    }

    private static Optional<InetAddress> embedded(InetAddress address, byte[] bytes) {
        if (address.isLoopbackAddress()) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(v4(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            return Optional.of(v4(bytes, 12, 0xff));
        }
        boolean atTheEnd = isMapped(bytes)
                || isIsatap(bytes)
                || IPV4_COMPATIBLE.contains(address)
                || NAT64.contains(address)
                || NAT64_LOCAL.contains(address)
                || TRANSLATED.contains(address);
        return atTheEnd ? Optional.of(v4(bytes, 12, 0)) : Optional.empty();
    }

    private static boolean isMapped(byte[] b) {
        return Arrays.equals(b, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12);
    }

    /** RFC 5214 section 6.1. */
    private static boolean isIsatap(byte[] b) {
        return (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == (byte) 0xfe;
    }

    private static InetAddress v4(byte[] bytes, int at, int mask) {
        byte[] four = new byte[4];
        for (int i = 0; i < 4; i++) {
            four[i] = (byte) (bytes[at + i] ^ mask);
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
