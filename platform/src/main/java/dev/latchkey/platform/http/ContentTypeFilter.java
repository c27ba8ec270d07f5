package dev.latchkey.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Keeps {@code Content-Type} in order both ways. One that is none (RFC 9110 section 8.3.1) counts as not sent: endpoints that
 * read JSON do not look at it, and to the others it names no form. JSON is answered as {@code application/json} alone: its
 * media type has no {@code charset} (RFC 8259 section 11).
 */
@ApplicationScoped
class ContentTypeFilter {

    private static final int PRIORITY = 600;
    private static final String HEADER = "Content-Type";
    private static final String JSON = "application/json";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+\\h*(;.*)?");

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String contentType = context.request().getHeader(HEADER);
        if (contentType != null && !MEDIA_TYPE.matcher(contentType).matches()) {
            context.request().headers().remove(HEADER);
        }
        context.addHeadersEndHandler(
                ignored -> withoutCharset(context.response().headers()));
        context.next();
    }

    private static void withoutCharset(MultiMap answer) {
        String contentType = answer.get(HEADER);
        if (contentType != null && contentType.startsWith(JSON + ";")) {
            answer.set(HEADER, JSON);
        }
    }
}
