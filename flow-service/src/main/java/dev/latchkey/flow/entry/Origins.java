package dev.latchkey.flow.entry;

import dev.latchkey.platform.bearer.CurrentToken;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.token.AccessToken;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Says who causes what happens now: the user of the request that is being handled, or the service itself. */
@ApplicationScoped
public class Origins {

    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;
    private final RemoteAddress remoteAddress;

    Origins(SecurityIdentity identity, CurrentVertxRequest request, RemoteAddress remoteAddress) {
        this.identity = identity;
        this.request = request;
        this.remoteAddress = remoteAddress;
    }

    /** Returns who it is, through no flow. Never null. */
    public Origin current() {
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null || identity.isAnonymous()) {
            return Origin.SERVICE;
        }
        AccessToken token = CurrentToken.of(identity);
        return new Origin(
                token.userId(), token.clientId(), remoteAddress.get().address().getHostAddress(), null);
    }
}
