package dev.latchkey.auth.http;

import dev.latchkey.auth.AuthConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cross-origin resource sharing ({@code spec/auth.md} 1.1 and 1.5): a page of any origin may call the token endpoints, where
 * the token is the authority; the login flow only those the deployment lists. Credentials are never allowed, so cookies give
 * no page any power.
 */
@ApplicationScoped
class CrossOriginFilter {

    private static final int PRIORITY = 500;

    private static final Set<String> ANY_ORIGIN = Set.of(
            "/auth/token",
            "/auth/revoke",
            "/.well-known/oauth-authorization-server",
            "/.well-known/oauth-protected-resource",
            "/.well-known/jwks.json");

    /** For the person in front of them only, whatever the deployment lists. */
    private static final Set<String> PAGES = Set.of("/auth/authorize", "/auth/change-password");

    private static final Set<String> REQUEST_HEADERS =
            caseInsensitive("Origin", "Accept", "X-Requested-With", "Content-Type", "Authorization");

    private final Set<String> allowedOrigins;

    CrossOriginFilter(AuthConfig config) {
        allowedOrigins = Set.copyOf(config.allowedOrigins());
    }

    void register(@Observes Filters filters) {
        filters.register(this::share, PRIORITY);
    }

    private void share(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean preflight =
                request.method() == HttpMethod.OPTIONS && request.getHeader("Access-Control-Request-Method") != null;
        String origin = request.getHeader("Origin");
        if (origin == null
                || PAGES.contains(request.path())
                || !(ANY_ORIGIN.contains(request.path()) || allowedOrigins.contains(origin))) {
            if (preflight) {
                context.response()
                        .setStatusCode(403)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"message\":\"CORS preflight request failed: the origin is not allowed\"}");
            } else {
                context.next();
            }
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Vary", "Origin");
        if (preflight) {
            answerPreflight(request, response);
        } else {
            context.next();
        }
    }

    private static void answerPreflight(HttpServerRequest request, HttpServerResponse response) {
        String requested = request.getHeader("Access-Control-Request-Headers");
        if (requested != null) {
            Set<String> granted = new TreeSet<>();
            for (String header : requested.split(",", 32)) {
                if (REQUEST_HEADERS.contains(header.strip())) {
                    granted.add(header.strip().toUpperCase(Locale.ROOT));
                }
            }
            response.putHeader("Access-Control-Allow-Headers", String.join(",", granted));
        }
        String method = request.getHeader("Access-Control-Request-Method");
        if (Set.of("GET", "POST", "DELETE").contains(method)) {
            response.putHeader("Access-Control-Allow-Methods", method);
        }
        response.putHeader("Access-Control-Max-Age", "600").setStatusCode(200).end();
    }

    private static Set<String> caseInsensitive(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }
}
