package dev.latchkey.auth.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/** Reads what browsers say about which page a request comes from. Clients that are no browsers say nothing. */
public final class ForeignPages {

    private static final String SAME_ORIGIN = "same-origin";
    private static final String OPAQUE = "null";

    private ForeignPages() {}

    /**
     * Tells whether the browser says that somebody else's page sent a request. Our pages send no referrer, so their {@code
     * Origin} is {@code null} (Fetch, section 3.1); {@code Sec-Fetch-Site} tells them from a stranger's, and where neither is
     * sent or helps, a cookie has to decide.
     *
     * @param site null when not sent, as over plain http
     * @param origin null when not sent
     * @param host null when not sent
     */
    public static boolean isForeign(String site, String origin, String host) {
        // "none" is the person, for example reloading.
        if (site != null && !site.equals(SAME_ORIGIN) && !site.equals("none")) {
            return true;
        }
        if (origin == null || origin.equals(OPAQUE)) {
            return false;
        }
        int authority = origin.indexOf("://");
        return authority < 0 || !origin.substring(authority + 3).equalsIgnoreCase(host);
    }

    /**
     * Tells whether somebody else's page may have sent a request that no cookie protects: as {@link #isForeign}, and an opaque
     * origin, such as that of a sandboxed frame, needs the browser's word that it is ours.
     */
    public static boolean mayBeForeign(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return isForeign(site, origin, Objects.toString(request.authority(), null))
                || OPAQUE.equals(origin) && !SAME_ORIGIN.equals(site);
    }
}
