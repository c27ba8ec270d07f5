package dev.latchkey.auth.authorize;

import dev.latchkey.platform.net.WebAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds the content security policy of the pages (CSP level 3): no script, no frame, our own style and pictures only. */
final class ContentPolicy {

    private static final String BASE = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; "
            + "base-uri 'none'; form-action 'self'";

    /** What CSP can name as a host; it has no IPv6 addresses, no trailing dots and of IPv4 only loopback. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    private static final Pattern DOTTED_QUAD = Pattern.compile("[0-9.]+");

    private ContentPolicy() {}

    /** Returns the policy of a page whose forms only lead back here. */
    static String ours() {
        return BASE;
    }

    /**
     * Returns the policy of the page whose form ends in a redirect to an app. Browsers apply {@code form-action} to every
     * redirect that follows a form, the app's own ones included, so the policy names the target and lets what comes after it
     * be anywhere on https. The page has nothing to type in and nothing worth sending elsewhere.
     */
    static String leadingTo(String redirectUri) {
        String target = source(redirectUri);
        return BASE + " " + target + (target.equals("https:") ? "" : " https:");
    }

    /** The narrowest source expression that matches an address: its origin, or its scheme where CSP cannot say the host. */
    static String source(String redirectUri) {
        Optional<WebAddress> web = WebAddress.parse(redirectUri);
        if (web.isEmpty()) {
            return redirectUri.substring(0, redirectUri.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        }
        WebAddress address = web.get();
        boolean sayable = HOST.matcher(address.host()).matches()
                && (!DOTTED_QUAD.matcher(address.host()).matches()
                        || address.host().equals("127.0.0.1"));
        if (!sayable) {
            return address.scheme() + ":";
        }
        boolean standardPort = address.port() == (address.isHttps() ? 443 : 80);
        return address.scheme() + "://" + address.host() + (standardPort ? "" : ":" + address.port());
    }
}
