package dev.latchkey.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Answers 405 with {@code Allow} (RFC 9110 section 15.5.6) where there is a resource, but not for this method. A resource for
 * GET does not answer HEAD ({@code spec/auth.md} 1.0).
 */
@ApplicationScoped
class MethodFilter {

    /** After cross-origin rules, so that a page may read this answer too. */
    private static final int PRIORITY = 400;

    private final AllowedMethods allowed;

    MethodFilter(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        HttpMethod method = context.request().method();
        Set<String> methods = allowed.at(context.request().path());
        if (methods.isEmpty() || methods.contains(method.name()) || method == HttpMethod.OPTIONS) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(405)
                .putHeader("Allow", String.join(", ", methods))
                .putHeader("Content-Type", "application/json")
                .end("{\"message\":\"Method Not Allowed\"}");
    }
}
