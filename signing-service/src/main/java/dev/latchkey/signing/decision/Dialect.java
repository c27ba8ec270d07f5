package dev.latchkey.signing.decision;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** How a gateway says which request it asks about, and which answers it understands. Reads no header but its own. */
enum Dialect {
    /** nginx {@code auth_request}, and ingress-nginx {@code auth-url}. */
    AUTH_REQUEST("auth-request", "/authz/auth-request") {
        @Override
        Original original(HttpServerRequest request) {
            List<String> uris = request.headers().getAll("X-Original-URI");
            List<String> urls = request.headers().getAll("X-Original-URL");
            String uri = only(uris);
            String ofUrl = targetOf(only(urls));
            // Each gateway sets one of them. Another one, or another value, came from the client.
            boolean contradiction =
                    uris.size() > 1 || urls.size() > 1 || !urls.isEmpty() && !uris.isEmpty() && !uri.equals(ofUrl);
            return Original.of(
                    only(request.headers().getAll("X-Original-Method")),
                    contradiction ? null : uri != null ? uri : ofUrl);
        }
    },
    /** Traefik {@code ForwardAuth} and Caddy {@code forward_auth}. */
    FORWARD_AUTH("forward-auth", "/authz/forward-auth") {
        @Override
        Original original(HttpServerRequest request) {
            return Original.of(
                    only(request.headers().getAll("X-Forwarded-Method")),
                    only(request.headers().getAll("X-Forwarded-Uri")));
        }
    },
    /** Envoy {@code ext_authz} over HTTP, and the Gateway API: the request line is the original one behind a prefix. */
    EXT_AUTHZ("ext-authz", "/authz/ext-authz") {
        @Override
        Original original(HttpServerRequest request) {
            return Original.of(request.method().name(), request.uri().substring(path().length()));
        }
    };

    private final String code;
    private final String path;

    Dialect(String code, String path) {
        this.code = code;
        this.path = path;
    }

    /** Reads which request the gateway asks about. */
    abstract Original original(HttpServerRequest request);

    /** Returns the stable code, for example {@code forward-auth}. */
    String code() {
        return code;
    }

    /** Returns where it is spoken. */
    String path() {
        return path;
    }

    /**
     * Returns the dialect that a request speaks by where it goes; null for none. A query at the endpoints that take the original
     * request from headers means nothing.
     *
     * @param uri as it came, never decoded
     */
    static Dialect of(String uri) {
        if (uri.startsWith(EXT_AUTHZ.path)) {
            return EXT_AUTHZ;
        }
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return path.equals(AUTH_REQUEST.path) ? AUTH_REQUEST : path.equals(FORWARD_AUTH.path) ? FORWARD_AUTH : null;
    }

    private static String only(List<String> values) {
        return values.size() == 1 ? values.getFirst() : null;
    }

    /** Returns path and query of {@code scheme://host/path?query}; null when it is something else. */
    private static String targetOf(String url) {
        int host = url == null ? -1 : url.indexOf("://");
        int path = host < 0 ? -1 : url.indexOf('/', host + 3);
        return path < 0 ? null : url.substring(path);
    }
}
