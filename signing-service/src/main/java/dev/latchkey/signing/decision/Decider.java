package dev.latchkey.signing.decision;

import dev.latchkey.platform.http.BearerToken;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.signing.caller.CallerVerdict;
import dev.latchkey.signing.caller.Callers;
import dev.latchkey.signing.decision.Decision.Allowed;
import dev.latchkey.signing.decision.Decision.Credential;
import dev.latchkey.signing.decision.Decision.Denied;
import dev.latchkey.signing.link.LinkClaims;
import dev.latchkey.signing.link.LinkVerdict;
import dev.latchkey.signing.link.Links;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Decides: a live access token lets any method pass, a link of a live grant GET and HEAD, everything else is denied. A request
 * with a token that is worth nothing still passes by a good link, as clients of old expect ({@code spec/auth.md} 4.2).
 */
@ApplicationScoped
class Decider {

    private final Callers callers;
    private final Links links;

    Decider(Callers callers, Links links) {
        this.callers = callers;
        this.links = links;
    }

    /**
     * Decides about a request.
     *
     * @param authorization every {@code Authorization} header; more than one is none
     * @param client where the original request comes from
     * @return complete when memory was enough; never fails
     */
    CompletionStage<Decision> decide(Original original, List<String> authorization, Supplier<ClientAddress> client) {
        return switch (original) {
            case Original.Unreadable unreadable -> done(new Denied(unreadable.reason(), Credential.NONE));
            case Original.Read read -> decide(read, authorization, client);
        };
    }

    private CompletionStage<Decision> decide(
            Original.Read original, List<String> authorization, Supplier<ClientAddress> client) {
        if (authorization.isEmpty()) {
            return byLink(original, new Denied(Reason.NO_CREDENTIAL, Credential.NONE), client);
        }
        String token = authorization.size() == 1 ? BearerToken.of(authorization.getFirst()) : null;
        if (token == null) {
            return byLink(original, new Denied(Reason.TOKEN_INVALID, Credential.TOKEN), client);
        }
        return callers.bearer(token, client)
                .thenCompose(verdict -> switch (decision(verdict, Reason.BEARER, Credential.TOKEN)) {
                    case Allowed allowed -> done(allowed);
                    case Denied denied -> byLink(original, denied, client);
                });
    }

    /** @param otherwise the decision about a request without a link */
    private CompletionStage<Decision> byLink(Original.Read original, Denied otherwise, Supplier<ClientAddress> client) {
        return switch (links.verify(original.method(), original.target())) {
            case LinkVerdict.Unsigned unsigned -> done(otherwise);
            case LinkVerdict.Refused refused -> done(new Denied(Reason.of(refused.reason()), Credential.LINK));
            case LinkVerdict.Valid valid -> byOwner(valid.claims(), client);
        };
    }

    private CompletionStage<Decision> byOwner(LinkClaims link, Supplier<ClientAddress> client) {
        return callers.linkOwner(link.userId(), link.grantId(), client)
                .thenApply(verdict -> decision(verdict, Reason.SIGNED_PATH, Credential.LINK));
    }

    private static Decision decision(CallerVerdict verdict, Reason whenLive, Credential credential) {
        return switch (verdict) {
            case CallerVerdict.Live live -> new Allowed(live.caller(), whenLive);
            case CallerVerdict.Refused refused -> new Denied(Reason.of(refused), credential);
            case CallerVerdict.Unknown unknown -> new Denied(Reason.UNAVAILABLE, credential);
        };
    }

    private static CompletionStage<Decision> done(Decision decision) {
        return CompletableFuture.completedFuture(decision);
    }
}
