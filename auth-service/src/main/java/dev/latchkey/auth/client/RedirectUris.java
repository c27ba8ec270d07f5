package dev.latchkey.auth.client;

import dev.latchkey.platform.net.WebAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an app may have people sent back to (auth.md 2.2, decisions A6 and A9, RFC 8252). Pure; never throws. */
final class RedirectUris {

    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.+)");

    private static final Pattern LOOPBACK =
            Pattern.compile("http://(127\\.0\\.0\\.1|\\[::1]|localhost)(?::[0-9]{1,5})?((?:[/?].*)?)");

    /** Schemes that run code, read files, or leave the browser for something that is no app; not even when published. */
    private static final Set<String> NEVER = Set.of(
            "javascript",
            "data",
            "vbscript",
            "livescript",
            "mocha",
            "file",
            "filesystem",
            "about",
            "blob",
            "ws",
            "wss",
            "ftp",
            "ftps",
            "sftp",
            "ssh",
            "telnet",
            "gopher",
            "ldap",
            "ldaps",
            "jar",
            "view-source",
            "resource",
            "chrome",
            "edge",
            "intent",
            "content",
            "mailto",
            "tel",
            "sms",
            "cid",
            "mid",
            "urn",
            "ms-settings",
            "search-ms",
            "mhtml");

    private static final String ANDROID = "https://home-assistant.io/android";
    private static final String IOS = "https://home-assistant.io/iOS";

    /** The reference's two companion apps, which publish nothing (auth.md 2.2.3). Exact strings. */
    private static final Map<String, Set<String>> BUILT_IN = Map.of(
            IOS,
            Set.of("homeassistant://auth-callback"),
            ANDROID,
            Set.of(
                    "homeassistant://auth-callback",
                    "https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android",
                    "https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android"));

    private RedirectUris() {}

    /**
     * What is wrong with the text itself, whoever the client is.
     *
     * @param uri what the client sent, may be null
     * @return a stable code, or empty when nothing is
     */
    static Optional<String> problem(String uri) {
        if (uri == null || uri.isEmpty()) {
            return Optional.of("missing");
        }
        if (uri.length() > WebAddress.LONGEST) {
            return Optional.of("too_long");
        }
        if (!uri.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
            return Optional.of("illegal_character");
        }
        Matcher parts = ABSOLUTE.matcher(uri);
        if (!parts.matches()) {
            return Optional.of("not_absolute");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (NEVER.contains(scheme)) {
            return Optional.of("scheme_not_allowed");
        }
        boolean web = scheme.equals("http") || scheme.equals("https");
        return !web || web(uri).isPresent() ? Optional.empty() : Optional.of("malformed");
    }

    /** Whether scheme, host and port are textually those of the client id; path, query and fragment are the app's affair. */
    static boolean sameOrigin(ClientId client, String uri) {
        return web(uri).filter(client.address()::sameOrigin).isPresent();
    }

    /** Whether the pair is one of the companion apps everybody knows. */
    static boolean builtIn(ClientId client, String uri) {
        return BUILT_IN.getOrDefault(client.value(), Set.of()).contains(uri);
    }

    /**
     * Whether the app publishes the URI: the exact string, or for loopback URIs in a metadata document the same URI on any port
     * (RFC 8252 section 7.3; {@code localhost} only matches {@code localhost}).
     */
    static boolean published(ClientApp app, String uri) {
        List<String> published = app.redirectUris();
        return published.contains(uri)
                || app.fromMetadataDocument() && published.stream().anyMatch(one -> sameButForLoopbackPort(one, uri));
    }

    private static boolean sameButForLoopbackPort(String published, String uri) {
        Matcher one = LOOPBACK.matcher(published);
        Matcher other = LOOPBACK.matcher(uri);
        return one.matches()
                && other.matches()
                && one.group(1).equals(other.group(1))
                && one.group(2).equals(other.group(2));
    }

    private static Optional<WebAddress> web(String uri) {
        return WebAddress.parse(uri).filter(address -> !address.hasDotSegments() && !address.hasEncodedDotSegments());
    }
}
