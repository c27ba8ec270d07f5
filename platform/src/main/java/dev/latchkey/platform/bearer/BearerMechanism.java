package dev.latchkey.platform.bearer;

import dev.latchkey.platform.bearer.BearerVerdict.Accepted;
import dev.latchkey.platform.bearer.BearerVerdict.Refused;
import dev.latchkey.platform.bearer.BearerVerdict.Unavailable;
import dev.latchkey.platform.http.BearerToken;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.http.Unauthorized;
import io.quarkus.runtime.Startup;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future.State;

/**
 * Authenticates a request by its access token (RFC 6750). A token that is judged from memory never leaves the event loop. Made
 * when the service starts, so that one that could not judge tokens does not start.
 */
@ApplicationScoped
@Startup
class BearerMechanism implements HttpAuthenticationMechanism {

    private final BearerAuthority authority;
    private final RemoteAddress remoteAddress;
    private final Unauthorized unauthorized;

    BearerMechanism(BearerAuthority authority, RemoteAddress remoteAddress, Unauthorized unauthorized) {
        this.authority = authority;
        this.remoteAddress = remoteAddress;
        this.unauthorized = unauthorized;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        List<String> headers = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        String token = headers.size() == 1 ? BearerToken.of(headers.getFirst()) : null;
        if (token == null) {
            return Uni.createFrom().failure(AuthenticationFailedException::new);
        }
        CompletableFuture<BearerVerdict> verdict =
                authority.judge(token, remoteAddress.of(context.request())).toCompletableFuture();
        if (verdict.state() == State.SUCCESS) {
            return identity(verdict.resultNow());
        }
        Context eventLoop = context.vertx().getOrCreateContext();
        return Uni.createFrom()
                .completionStage(verdict)
                .emitOn(command -> eventLoop.runOnContext(ignored -> command.run()))
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause)
                .flatMap(BearerMechanism::identity);
    }

    private static Uni<SecurityIdentity> identity(BearerVerdict verdict) {
        return switch (verdict) {
            case Accepted accepted -> Uni.createFrom().item(identity(accepted));
            case Refused refused -> Uni.createFrom().failure(AuthenticationFailedException::new);
            case Unavailable unavailable ->
                Uni.createFrom()
                        .failure(() -> new MessageException(503, "Tokens cannot be checked. Try again in a moment."));
        };
    }

    private static SecurityIdentity identity(Accepted accepted) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(accepted.token().userId()))
                .addRoles(accepted.groups())
                .addAttribute(CurrentToken.ATTRIBUTE, accepted.token())
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
