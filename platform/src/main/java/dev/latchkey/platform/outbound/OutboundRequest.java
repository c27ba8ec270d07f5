package dev.latchkey.platform.outbound;

import java.time.Duration;
import java.util.Map;

/**
 * One request to make.
 *
 * @param method the HTTP method in upper case
 * @param url the address, as somebody gave it; it may be anything
 * @param headers headers to send; {@code Host} and what frames the message are not the caller's
 * @param body what to send, null for nothing
 * @param timeout the time for everything: name, connection, TLS, headers, body
 * @param maxBytes how many bytes of the decoded body to keep; reading stops there
 * @param followSameOrigin whether up to three redirects within the origin are followed (GET and HEAD only)
 * @param verifyTls whether the server's certificate must be one for its name from an authority that Java trusts; without that,
 *     anybody on the way can read the request
 */
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        String body,
        Duration timeout,
        int maxBytes,
        boolean followSameOrigin,
        boolean verifyTls) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
        if (timeout.toMillis() < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("timeout and maxBytes must be positive");
        }
    }

    /** A GET without a body that follows no redirect. */
    public static OutboundRequest get(String url, Map<String, String> headers, Duration timeout, int maxBytes) {
        return new OutboundRequest("GET", url, headers, null, timeout, maxBytes, false, true);
    }

    /** @return the same request, following redirects within its origin */
    public OutboundRequest followingSameOrigin() {
        return new OutboundRequest(method, url, headers, body, timeout, maxBytes, true, verifyTls);
    }

    /** @return the same request to a server that may show any certificate */
    public OutboundRequest withoutTlsVerification() {
        return new OutboundRequest(method, url, headers, body, timeout, maxBytes, followSameOrigin, false);
    }
}
