package dev.latchkey.auth.authorize;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Lets apps be less careful than RFC 3986 demands: browsers send <code>{ } | " &lt; &gt; ^ `</code> and a lone percent sign in
 * a query as they stand, and the framework answers such an address with an empty 400. They mean themselves, so they are encoded
 * before it looks.
 */
@ApplicationScoped
class RawQueries {

    private static final int PRIORITY = 700;

    private static final Pattern UNENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^%!$&'()*+,;=:@/?A-Za-z0-9._~-]");

    void register(@Observes Filters filters) {
        filters.register(RawQueries::encode, PRIORITY);
    }

    private static void encode(RoutingContext context) {
        HttpServerRequest request = context.request();
        String query = request.query();
        if (query != null && AuthorizeResource.PATH.equals(request.path())) {
            String encoded = encode(query);
            if (!encoded.equals(query)) {
                context.reroute(AuthorizeResource.PATH + "?" + encoded);
                return;
            }
        }
        context.next();
    }

    /** Encodes what is not encoded. Octets beyond ASCII, which arrive as one character each, stay the octets they are. */
    static String encode(String query) {
        return UNENCODED
                .matcher(query)
                .replaceAll(raw -> String.format("%%%02X", raw.group().charAt(0) & 0xff));
    }
}
