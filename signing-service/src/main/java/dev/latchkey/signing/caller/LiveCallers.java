package dev.latchkey.signing.caller;

import dev.latchkey.platform.bearer.GrantCheck;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenVerifier;
import dev.latchkey.platform.token.TokenVerdict;
import dev.latchkey.signing.caller.CallerVerdict.Live;
import dev.latchkey.signing.caller.CallerVerdict.Refused;
import dev.latchkey.signing.caller.CallerVerdict.Unknown;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Judges credentials by the published keys, by what was revoked, and by what the users are now. */
@ApplicationScoped
class LiveCallers implements Callers {

    private final AccessTokenVerifier verifier;
    private final GrantCheck grants;

    LiveCallers(AccessTokenVerifier verifier, GrantCheck grants) {
        this.verifier = verifier;
        this.grants = grants;
    }

    @Override
    public CompletionStage<CallerVerdict> bearer(String compact) {
        AccessToken known = verifier.known(compact);
        return known != null
                ? standing(known, compact)
                : verifier.verify(compact).thenCompose(verdict -> switch (verdict) {
                    case TokenVerdict.Valid valid -> standing(valid.token(), compact);
                    case TokenVerdict.Refused refused -> done(Refused.INVALID);
                    case TokenVerdict.Unavailable unavailable -> done(Unknown.UNAVAILABLE);
                });
    }

    @Override
    public CompletionStage<CallerVerdict> linkOwner(String userId, String grantId, long issuedAt) {
        Instant issued = Instant.ofEpochSecond(issuedAt);
        return standing(new AccessToken(grantId, userId, grantId, "-", Set.of(), issued, issued), null);
    }

    private CompletionStage<CallerVerdict> standing(AccessToken token, String compact) {
        return grants.isLive(token, compact)
                .thenApply(live -> Boolean.TRUE.equals(live)
                        ? new Live(new Caller(
                                token.userId(),
                                null,
                                token.groups().stream().sorted().toList(),
                                token.clientId(),
                                token.grantId()))
                        : Refused.REVOKED);
    }

    private static CompletionStage<CallerVerdict> done(CallerVerdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
