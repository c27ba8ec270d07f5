package dev.latchkey.auth.bearer;

import dev.latchkey.auth.token.Authenticator;
import dev.latchkey.auth.token.Verdict;
import dev.latchkey.platform.http.BearerToken;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.http.Unauthorized;
import dev.latchkey.platform.net.ClientAddress;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Authenticates a request by its access token (RFC 6750). A token seen before is judged from memory on the event loop; a new
 * one moves to a virtual thread.
 */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {

    private final Authenticator authenticator;
    private final RemoteAddress remoteAddress;
    private final Unauthorized unauthorized;
    private final ExecutorService virtualThreads;

    BearerMechanism(
            Authenticator authenticator,
            RemoteAddress remoteAddress,
            Unauthorized unauthorized,
            @VirtualThreads ExecutorService virtualThreads) {
        this.authenticator = authenticator;
        this.remoteAddress = remoteAddress;
        this.unauthorized = unauthorized;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        List<String> headers = context.request().headers().getAll("Authorization");
        if (headers.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        String token = headers.size() == 1 ? BearerToken.of(headers.getFirst()) : null;
        if (token == null) {
            return Uni.createFrom().failure(AuthenticationFailedException::new);
        }
        ClientAddress client = remoteAddress.of(context.request());
        Verdict known = authenticator.authenticateFromMemory(token, client);
        if (known != null) {
            return identity(known);
        }
        Context eventLoop = context.vertx().getOrCreateContext();
        return Uni.createFrom()
                .item(() -> authenticator.authenticate(token, client))
                .runSubscriptionOn(virtualThreads)
                .emitOn(command -> eventLoop.runOnContext(ignored -> command.run()))
                .flatMap(BearerMechanism::identity);
    }

    private static Uni<SecurityIdentity> identity(Verdict verdict) {
        return verdict instanceof Verdict.Valid valid
                ? Uni.createFrom().item(identity(valid))
                : Uni.createFrom().failure(AuthenticationFailedException::new);
    }

    private static SecurityIdentity identity(Verdict.Valid caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.account().id()))
                .addRoles(caller.account().groups())
                .addAttribute(BearerCaller.ATTRIBUTE, caller)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", unauthorized.challenge()));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
