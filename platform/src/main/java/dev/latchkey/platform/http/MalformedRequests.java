package dev.latchkey.platform.http;

import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers requests that fail before any route, as those without a valid {@code Host} do (RFC 9112 section 3.2): in the shape of
 * every other error, and without an error in the log that a stranger could fill.
 */
@ApplicationScoped
class MalformedRequests {

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (context.statusCode() != 400 || !(context.failure() instanceof VertxException)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "SAMEORIGIN")
                .end("{\"message\":\"Bad Request\"}");
    }
}
