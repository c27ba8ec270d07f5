package dev.latchkey.platform.net;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute {@code http} or {@code https} address, split as in RFC 3986 appendix B and held to a strict authority: a DNS name
 * of ASCII letters, digits, hyphens and underscores, a dotted quad or a bracketed IPv6 address; no user information.
 * Nothing is normalised except the case of scheme and host, and no two parsers can read it differently: raw control characters,
 * spaces, backslashes and anything beyond ASCII (RFC 3986 has none of them) make it no address at all.
 *
 * @param scheme {@code http} or {@code https}, lower case
 * @param host the host in lower case, IPv6 in brackets, a trailing dot kept
 * @param portText what follows the host: empty, {@code :} or {@code :} and digits, exactly as written
 * @param port the port to connect to, 0–65535; the scheme's default when none is written
 * @param path the path as written, empty or starting with {@code /}
 * @param query the query as written with its {@code ?}, or empty
 * @param fragment the fragment as written with its {@code #}, or empty
 */
public record WebAddress(
        String scheme, String host, String portText, int port, String path, String query, String fragment) {

    /** The longest address that is read, in characters. */
    public static final int LONGEST = 2048;

    private static final Pattern PARTS =
            Pattern.compile("(?i)(https?)://([^/?#]*)((?:/[^?#]*)?)((?:\\?[^#]*)?)((?:#.*)?)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]@]*]|[^\\[\\]@:]+)((?::[0-9]{0,8})?)");
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,254}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|[/\\\\])\\.{1,2}(?:[/\\\\;]|$)");

    /**
     * Reads an address; never throws.
     *
     * @param text the address, may be null
     * @return its parts, or empty when it is not an address as described above
     */
    public static Optional<WebAddress> parse(String text) {
        if (text == null || text.length() > LONGEST || !text.chars().allMatch(WebAddress::printable)) {
            return Optional.empty();
        }
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2).toLowerCase(Locale.ROOT));
        if (!authority.matches() || !isHost(authority.group(1))) {
            return Optional.empty();
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String portText = authority.group(2);
        int port = portText.length() > 1 ? Integer.parseInt(portText.substring(1)) : scheme.equals("https") ? 443 : 80;
        return port > 65535
                ? Optional.empty()
                : Optional.of(new WebAddress(
                        scheme, authority.group(1), portText, port, parts.group(3), parts.group(4), parts.group(5)));
    }

    /** @return whether the scheme is https */
    public boolean isHttps() {
        return scheme.equals("https");
    }

    /** @return host and port as written, the host in lower case; {@code ex.com} and {@code ex.com:80} differ */
    public String authority() {
        return host + portText;
    }

    /**
     * @param other another address, not null
     * @return whether scheme, host and port are textually the same, so {@code :80} is not the default port left out
     */
    public boolean sameOrigin(WebAddress other) {
        return scheme.equals(other.scheme) && authority().equals(other.authority());
    }

    /** @return the address when the host is an IP literal, else empty */
    public Optional<InetAddress> literal() {
        return literal(host);
    }

    /** @return the host as a resolver and a certificate know it: without brackets and without the root's dot */
    public String connectHost() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** @return whether the path has a {@code .} or {@code ..} segment as written, {@code ..;x} included */
    public boolean hasDotSegments() {
        return DOT_SEGMENT.matcher(path).find();
    }

    /** @return whether some server could see a dot segment, a second slash or a NUL in the path once it is decoded */
    public boolean hasEncodedDotSegments() {
        String decoded =
                path.replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "/");
        return DOT_SEGMENT.matcher(decoded).find() || decoded.contains("%00");
    }

    private static boolean printable(int c) {
        return c > ' ' && c < 0x7f && c != '\\';
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return literal(host).isPresent();
        }
        return NAME.matcher(host).matches()
                && (!IpLiterals.endsInNumber(host) || IpLiterals.parse(host).isPresent());
    }

    private static Optional<InetAddress> literal(String host) {
        boolean six = host.startsWith("[");
        String bare = six ? host.substring(1, host.length() - 1) : host;
        return bare.contains(":") == six ? IpLiterals.parse(bare) : Optional.empty();
    }
}
