package dev.latchkey.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/**
 * Hands failures of authentication on to {@link ErrorMappers}. The framework does so too, but to be ready for a failure it
 * prepares at every request what the metrics would call it, at a cost that shows.
 */
@ApplicationScoped
class AuthenticationFailures {

    /** That of the framework's authentication: filters of one priority run in the order of registration, ours come later. */
    private static final int PRIORITY = 200;

    private static final BiConsumer<RoutingContext, Throwable> HAND_ON = AuthenticationFailures::handOn;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, HAND_ON);
                    context.next();
                },
                PRIORITY);
    }

    private static void handOn(RoutingContext context, Throwable failure) {
        if (!context.failed()) {
            context.fail(failure);
        }
    }
}
