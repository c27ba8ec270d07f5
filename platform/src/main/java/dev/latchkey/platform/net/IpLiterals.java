package dev.latchkey.platform.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads IP addresses in exactly the textual forms everybody agrees on: the dotted quad without leading zeros and RFC 4291
 * section 2.2 IPv6. The historic {@code inet_aton} spellings ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}, octal),
 * ranges, masks and zones are not addresses here, because two parsers that read them differently make a hole.
 */
public final class IpLiterals {

    private static final int LONGEST = 64;

    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:^|\\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?$");

    private static final Pattern PADDED_PREFIX = Pattern.compile("/0[0-9]");

    private static final IPAddressStringParameters ADDRESS = strict(false);
    private static final IPAddressStringParameters ADDRESS_OR_PREFIX = strict(true);

    private IpLiterals() {}

    /**
     * Reads one address.
     *
     * @param text an address without brackets, port, prefix or zone; null gives empty
     * @return the address (IPv4-mapped IPv6 comes back as IPv4), or empty when the text is anything else
     */
    public static Optional<InetAddress> parse(String text) {
        return parse(text, ADDRESS).map(IpLiterals::unmapped).map(IPAddress::toInetAddress);
    }

    /**
     * Says whether a host must be an IPv4 address because its last label is a number (WHATWG URL, "ends in a number checker").
     *
     * @param host a host as written, not null
     * @return true for {@code 127.1}, {@code 2130706433}, {@code 0x7f.0.0.1}, {@code 1.2.3.4.}, {@code 1.2.3.4}
     */
    public static boolean endsInNumber(String host) {
        return ENDS_IN_NUMBER.matcher(host).find();
    }

    static Optional<IPAddress> parsePrefix(String text) {
        return PADDED_PREFIX.matcher(text).find() ? Optional.empty() : parse(text, ADDRESS_OR_PREFIX);
    }

    /** IPv4-mapped IPv6 ({@code ::ffff:a.b.c.d}) is the IPv4 address it stands for, RFC 4291 section 2.5.5.2. */
    static IPAddress unmapped(IPAddress address) {
        return address instanceof IPv6Address six && six.isIPv4Mapped() && !six.isMultiple()
                ? six.getEmbeddedIPv4Address()
                : address;
    }

    private static Optional<IPAddress> parse(String text, IPAddressStringParameters how) {
        if (text == null
                || text.isEmpty()
                || text.length() > LONGEST
                || !text.chars().allMatch(IpLiterals::usual)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new IPAddressString(text, how).toAddress());
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    private static boolean usual(int c) {
        return Character.digit(c, 16) >= 0 && c < 128 || c == '.' || c == ':' || c == '/';
    }

    private static IPAddressStringParameters strict(boolean withPrefix) {
        return new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefixOnly(false)
                .allowPrefix(withPrefix)
                .allow_inet_aton(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(RangeParameters.NO_RANGE)
                .getIPv4AddressParametersBuilder()
                .allowLeadingZeros(false)
                .allowUnlimitedLeadingZeros(false)
                .allowPrefixesBeyondAddressSize(false)
                .allowPrefixLengthLeadingZeros(true) // else /0 is refused; the pattern keeps /08 out
                .allowBinary(false)
                .getParentBuilder()
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowEmptyZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .allowPrefixesBeyondAddressSize(false)
                .allowPrefixLengthLeadingZeros(true) // else /0 is refused; the pattern keeps /08 out
                .allow_mixed_inet_aton(false)
                .getParentBuilder()
                .toParams();
    }
}
