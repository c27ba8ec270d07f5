package dev.latchkey.signing.caller;

import dev.latchkey.platform.bearer.GrantStatus;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.revocation.RevokedGrants;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenVerifier;
import dev.latchkey.platform.token.TokenVerdict;
import dev.latchkey.platform.user.ContentUser;
import dev.latchkey.platform.user.KnownUser;
import dev.latchkey.platform.user.Users;
import dev.latchkey.signing.caller.CallerVerdict.Live;
import dev.latchkey.signing.caller.CallerVerdict.Refused;
import dev.latchkey.signing.caller.CallerVerdict.Unknown;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Judges credentials by the published keys, by what was revoked, and by what the users are now. A user that is not known here is
 * one who was made a moment ago, because the grants of one who is deleted are revoked: such a user is served, by the token's word.
 */
@ApplicationScoped
class LiveCallers implements Callers {

    private static final KnownUser CONTENT_USER =
            new KnownUser(ContentUser.ID, ContentUser.NAME, Set.copyOf(ContentUser.GROUPS), true, false);

    private final AccessTokenVerifier verifier;
    private final RevokedGrants revoked;
    private final Users users;

    LiveCallers(AccessTokenVerifier verifier, RevokedGrants revoked, Users users) {
        this.verifier = verifier;
        this.revoked = revoked;
        this.users = users;
    }

    @Override
    public CompletionStage<CallerVerdict> bearer(String compact, Supplier<ClientAddress> client) {
        AccessToken known = verifier.known(compact);
        return known != null
                ? holder(known, client)
                : verifier.verify(compact).thenCompose(verdict -> switch (verdict) {
                    case TokenVerdict.Valid valid -> holder(valid.token(), client);
                    case TokenVerdict.Refused refused -> CompletableFuture.completedFuture(Refused.INVALID);
                    case TokenVerdict.Unavailable unavailable -> CompletableFuture.completedFuture(Unknown.UNAVAILABLE);
                });
    }

    private CompletionStage<CallerVerdict> holder(AccessToken token, Supplier<ClientAddress> client) {
        return standing(
                token.grantId(),
                () -> judge(token.userId(), token.groups(), token.clientId(), token.grantId(), client));
    }

    @Override
    public CompletionStage<CallerVerdict> linkOwner(String userId, String grantId, Supplier<ClientAddress> client) {
        return standing(grantId, () -> judge(userId, List.of(), null, grantId, client));
    }

    private CompletionStage<CallerVerdict> standing(String grantId, Supplier<CallerVerdict> whenLive) {
        GrantStatus known = revoked.status(grantId);
        return known == GrantStatus.STALE
                ? revoked.find(grantId).thenApply(asked -> verdict(asked, whenLive))
                : CompletableFuture.completedFuture(verdict(known, whenLive));
    }

    private static CallerVerdict verdict(GrantStatus status, Supplier<CallerVerdict> whenLive) {
        return switch (status) {
            case LIVE -> whenLive.get();
            case REVOKED -> Refused.REVOKED;
            case STALE -> Unknown.UNAVAILABLE;
        };
    }

    /** @param groups by the credential's word, for a user who is not known here */
    private CallerVerdict judge(
            String userId, Collection<String> groups, String clientId, String grantId, Supplier<ClientAddress> client) {
        Optional<KnownUser> found = userId.equals(ContentUser.ID) ? Optional.of(CONTENT_USER) : users.find(userId);
        if (found.isEmpty()) {
            // Whoever was just made is not known yet; before everybody was read, nobody can tell who somebody is now.
            return users.readToItsEnd()
                    ? new Live(new Caller(userId, null, sorted(groups), clientId, grantId))
                    : Unknown.UNAVAILABLE;
        }
        KnownUser user = found.get();
        if (!user.active()) {
            return Refused.USER_INACTIVE;
        }
        if (user.localOnly() && !client.get().local()) {
            return Refused.USER_NOT_LOCAL;
        }
        return new Live(new Caller(userId, user.name(), sorted(user.groups()), clientId, grantId));
    }

    private static List<String> sorted(Collection<String> groups) {
        return groups.size() < 2
                ? List.copyOf(groups)
                : groups.stream().sorted().toList();
    }
}
