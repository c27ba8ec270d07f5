package dev.latchkey.auth.authorize;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Puts on everything that is answered under the addresses of the pages, refusals of the framework included, what keeps it out
 * of frames, caches and referrers.
 */
@ApplicationScoped
class PageHeaders {

    static final String CONTENT_POLICY = "Content-Security-Policy";

    /** Lower than that of the headers every answer has, so that these replace them. */
    private static final int PRIORITY = 10;

    void register(@Observes Filters filters) {
        filters.register(PageHeaders::add, PRIORITY);
    }

    private static void add(RoutingContext context) {
        String path = context.request().path();
        boolean page = path.equals("/")
                || path.equals(AuthorizeResource.PATH)
                || path.startsWith(AuthorizeResource.PATH + "/");
        if (page || path.startsWith(Assets.PATH + "/")) {
            MultiMap headers = context.response().headers();
            headers.set(CONTENT_POLICY, ContentPolicy.ours());
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
            if (page) {
                headers.set("Cache-Control", "no-store");
                headers.set("Vary", "Accept-Language");
            }
        }
        context.next();
    }
}
