package dev.latchkey.local.gateway;

import dev.latchkey.platform.net.Networks;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/**
 * What a service is told about the client's connection.
 *
 * <p>Whatever the client says of itself is thrown away, never added to: a service trusts these headers. Only a trusted proxy is
 * believed about who is behind it. Of any other that passes requests on, the service learns that somebody is behind it who is
 * not known, lest it takes the whole internet for the machine that the proxy runs on.
 */
final class ForwardedHeaders {
    /** By which a gateway says which request it asks about ({@code /authz/}); its secret says that it is one. */
    private static final List<String> OF_QUESTIONS =
            List.of("x-forwarded-uri", "x-forwarded-method", "x-original-url", "x-original-uri", "x-original-method");

    private static final List<String> DROPPED = List.of(
            "forwarded",
            "x-real-ip",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-server",
            "x-forwarded-ssl",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override");

    /** Sent by whoever passes on requests of others. */
    private static final List<String> OF_PROXIES =
            List.of("forwarded", "x-real-ip", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host");

    /** RFC 7239 section 6.2. */
    private static final String UNKNOWN = "unknown";

    private final Networks trustedProxies;

    ForwardedHeaders(Networks trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /**
     * Puts the truth in place of what the client sent.
     *
     * @param question whether another gateway asks about a request of its own
     */
    void replace(HttpServerRequest request, boolean question) {
        var headers = request.headers();
        var forwardedFor = forwardedFor(request);
        DROPPED.forEach(headers::remove);
        if (!question) {
            OF_QUESTIONS.forEach(headers::remove);
        }
        // The gateway has answered this one itself.
        headers.remove("expect");
        headers.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-auth-"))
                .toList()
                .forEach(headers::remove);
        headers.set("x-forwarded-for", forwardedFor);
        tell(headers, request);
    }

    private String forwardedFor(HttpServerRequest request) {
        var headers = request.headers();
        var peer = request.remoteAddress().hostAddress();
        if (OF_PROXIES.stream().noneMatch(headers::contains)) {
            return peer;
        }
        var behind = headers.getAll("x-forwarded-for");
        var believed = !behind.isEmpty() && trustedProxies.contains(Crowd.address(request.remoteAddress()));
        return (believed ? String.join(", ", behind) : UNKNOWN) + ", " + peer;
    }

    private static void tell(MultiMap headers, HttpServerRequest request) {
        headers.set("x-forwarded-proto", request.scheme());
        headers.set("x-forwarded-host", headers.get("host"));
        var named = request.authority().port();
        headers.set("x-forwarded-port", Integer.toString(named > 0 ? named : request.isSSL() ? 443 : 80));
    }
}
