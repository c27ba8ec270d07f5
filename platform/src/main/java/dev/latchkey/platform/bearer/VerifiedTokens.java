package dev.latchkey.platform.bearer;

import dev.latchkey.platform.bearer.BearerVerdict.Accepted;
import dev.latchkey.platform.bearer.BearerVerdict.Refused;
import dev.latchkey.platform.bearer.BearerVerdict.Unavailable;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenVerifier;
import dev.latchkey.platform.token.TokenVerdict;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Judges tokens as services other than auth-service do: by its published keys, by what was revoked, and by what the users are now. */
@Singleton
@DefaultBean
public class VerifiedTokens implements BearerAuthority {

    private static final BearerVerdict REFUSED = new Refused();
    private static final BearerVerdict UNAVAILABLE = new Unavailable();

    private final AccessTokenVerifier verifier;
    private final GrantCheck grants;
    private final HolderCheck holders;

    @Inject
    VerifiedTokens(AccessTokenVerifier verifier, Instance<GrantCheck> grants, Instance<HolderCheck> holders) {
        // Nothing is accepted without asking for revocations: a service that has nobody to ask does not start.
        this(
                verifier,
                grants.get(),
                holders.isUnsatisfied() ? (token, client) -> Optional.of(token.groups()) : holders.get());
    }

    /** @param holders says what is known now of a token's user */
    public VerifiedTokens(AccessTokenVerifier verifier, GrantCheck grants, HolderCheck holders) {
        this.verifier = verifier;
        this.grants = grants;
        this.holders = holders;
    }

    @Override
    public CompletionStage<BearerVerdict> judge(String compact, ClientAddress client) {
        AccessToken known = verifier.known(compact);
        return known != null
                ? genuine(known, compact, client)
                : verifier.verify(compact).thenCompose(verdict -> switch (verdict) {
                    case TokenVerdict.Valid valid -> genuine(valid.token(), compact, client);
                    case TokenVerdict.Refused refused -> CompletableFuture.completedFuture(REFUSED);
                    case TokenVerdict.Unavailable unavailable -> CompletableFuture.completedFuture(UNAVAILABLE);
                });
    }

    private CompletionStage<BearerVerdict> genuine(AccessToken token, String compact, ClientAddress client) {
        return grants.statusOf(token, compact).thenApply(status -> switch (status) {
            case LIVE ->
                holders.groupsOf(token, client)
                        .<BearerVerdict>map(groups -> new Accepted(token, groups))
                        .orElse(REFUSED);
            case REVOKED -> REFUSED;
            case STALE -> UNAVAILABLE;
        });
    }
}
