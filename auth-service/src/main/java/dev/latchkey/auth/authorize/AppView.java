package dev.latchkey.auth.authorize;

import dev.latchkey.auth.client.ClientVerdict.Allowed;
import dev.latchkey.platform.net.WebAddress;
import java.util.Optional;

/**
 * What a page shows of an app. Only the host is a fact; internationalized hosts stay in their ASCII form, in which no two look
 * alike.
 *
 * @param host host and port of the client id
 * @param clientId the client id, an http or https address
 * @param name what the app calls itself; null when it is not known
 * @param elsewhere where the person is sent if that is not the app's own origin, without path and query; else null
 */
record AppView(String host, String clientId, String name, String elsewhere) {

    static AppView of(Allowed verdict, Optional<String> name, String redirectUri) {
        return new AppView(
                verdict.host(),
                verdict.app().clientId(),
                name.orElse(null),
                verdict.sameOrigin() ? null : target(redirectUri));
    }

    /** Returns scheme, host and port of a web address; of any other address all but its query. */
    static String target(String redirectUri) {
        return WebAddress.parse(redirectUri)
                .map(address -> address.scheme() + "://" + address.authority())
                .orElseGet(() -> redirectUri.split("[?#]", 2)[0]);
    }
}
