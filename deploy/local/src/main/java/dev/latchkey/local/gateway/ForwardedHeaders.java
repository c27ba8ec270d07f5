package dev.latchkey.local.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/**
 * What a service is told about the client's connection.
 *
 * <p>Whatever the client says of itself is thrown away, never added to: a service trusts these headers.
 */
final class ForwardedHeaders {
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
            "x-forwarded-uri",
            "x-forwarded-method",
            "x-original-url",
            "x-original-uri",
            "x-rewrite-url");

    private ForwardedHeaders() {}

    /** Puts the truth in place of what the client sent. */
    static void replace(HttpServerRequest request) {
        var headers = request.headers();
        DROPPED.forEach(headers::remove);
        // The gateway has answered this one itself.
        headers.remove("expect");
        headers.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-auth-"))
                .toList()
                .forEach(headers::remove);
        tell(headers, request);
    }

    private static void tell(MultiMap headers, HttpServerRequest request) {
        headers.set("x-forwarded-for", request.remoteAddress().hostAddress());
        headers.set("x-forwarded-proto", request.scheme());
        headers.set("x-forwarded-host", headers.get("host"));
        var named = request.authority().port();
        headers.set("x-forwarded-port", Integer.toString(named > 0 ? named : request.isSSL() ? 443 : 80));
    }
}
