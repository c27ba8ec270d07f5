package dev.latchkey.auth.token;

import dev.latchkey.auth.user.Account;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the access tokens with which this service calls another one on behalf of whoever holds a grant. A socket outlives the
 * token that opened it, so that one may be worth nothing any more when the call is made.
 */
@ApplicationScoped
public class CallTokens {

    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final AccessTokens accessTokens;
    private final RefreshTokenService grants;
    private final Clock clock;

    CallTokens(AccessTokens accessTokens, RefreshTokenService grants, Clock clock) {
        this.accessTokens = accessTokens;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * Returns an access token of a grant for one call; nothing when the grant has ended. Reads the database.
     *
     * @param account whose grant it is
     */
    public Optional<String> of(String grantId, Account account) {
        Instant asOf = clock.instant();
        return QuarkusTransaction.joiningExisting()
                .call(() -> grants.findById(grantId))
                .filter(grant -> grant.userId().equals(account.id()))
                .map(grant -> accessTokens.issue(grant.withAccessTokenLifetime(LIFETIME), account, asOf));
    }
}
