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

    /** Before anything answers. */
    private static final int PRIORITY = 600;

    void register(@Observes Filters filters) {
        filters.register(PageHeaders::add, PRIORITY);
    }

    private static void add(RoutingContext context) {
        // As the framework matches it: without parameters, double slashes and needless encoding.
        String path = context.normalizedPath().split(";", 2)[0];
        boolean page =
                path.equals("/") || isAt(AuthorizeResource.PATH, path) || isAt(ChangePasswordResource.PATH, path);
        if (page || path.startsWith(Assets.PATH + "/")) {
            context.addHeadersEndHandler(end -> complete(context.response().headers(), page));
        }
        context.next();
    }

    private static boolean isAt(String resource, String path) {
        return path.startsWith(resource)
                && (path.length() == resource.length() || path.charAt(resource.length()) == '/');
    }

    /** Replaces what every answer has. Only the content policy may be there already, from a page that needs its own. */
    private static void complete(MultiMap headers, boolean page) {
        if (!headers.contains(CONTENT_POLICY)) {
            headers.set(CONTENT_POLICY, ContentPolicy.ours());
        }
        headers.set("X-Frame-Options", "DENY");
        if (page) {
            headers.set("Cache-Control", "no-store");
            headers.set("Vary", "Accept-Language");
        }
    }
}
