package dev.latchkey.auth.authorize;

import dev.latchkey.auth.http.ForeignPages;
import dev.latchkey.auth.metadata.PublicAddresses;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.net.ClientAddress;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;

/**
 * What a request says about the browser that sent it.
 *
 * @param language what its reader reads
 * @param publicAddress the address under which it reaches us; the issuer when it names no address that we know
 * @param client where it is
 * @param provablyOurs whether the browser itself vouches that a page of ours sent the request
 * @param foreign whether the browser says that somebody else's page sent the request
 */
record Visit(
        Language language,
        String publicAddress,
        ClientAddress client,
        boolean provablyOurs,
        boolean foreign,
        HttpServerRequest request) {

    static Visit of(HttpServerRequest request, PublicAddresses addresses, RemoteAddress remoteAddress) {
        String host = request.getHeader("Host");
        String site = request.getHeader("Sec-Fetch-Site");
        return new Visit(
                Language.preferred(request.getHeader("Accept-Language")),
                addresses.forRequest(host),
                remoteAddress.of(request),
                "same-origin".equals(site),
                ForeignPages.isForeign(site, request.getHeader("Origin"), host),
                request);
    }

    /** Tells whether cookies are to be kept to https. */
    boolean secure() {
        return publicAddress.startsWith("https:");
    }

    /** Tells whether the browser is in the local network. */
    boolean local() {
        return client.local();
    }

    /** Returns what the browser presents for a flow; null when it presents nothing. */
    String flowSecret(String flowId) {
        Cookie cookie =
                FlowCookie.name(flowId, secure()).map(request::getCookie).orElse(null);
        return cookie == null ? null : cookie.getValue();
    }
}
