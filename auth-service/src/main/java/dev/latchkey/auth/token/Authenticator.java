package dev.latchkey.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.Verdict.Refused;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.TokenDigest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides who presents an access token. The signature of a token is verified once; revocation, expiry and the user's state
 * are judged at every call: from memory, and by the database when this replica may have missed a revocation.
 */
@ApplicationScoped
public class Authenticator {

    private final AccessTokens accessTokens;
    private final RefreshTokenRepository refreshTokens;
    private final RevokedGrants revoked;
    private final RevocationNews news;
    private final Accounts accounts;
    private final LastUse lastUse;
    private final Clock clock;
    private final Cache<TokenDigest, AccessToken> verified;

    Authenticator(
            AccessTokens accessTokens,
            RefreshTokenRepository refreshTokens,
            RevokedGrants revoked,
            RevocationNews news,
            Accounts accounts,
            LastUse lastUse,
            AuthConfig config,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.revoked = revoked;
        this.news = news;
        this.accounts = accounts;
        this.lastUse = lastUse;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(config.verifiedTokenCache())
                .expireAfterAccess(Duration.ofHours(1))
                .build();
    }

    /**
     * Decides from memory alone. Never blocks, so that an event loop may call it.
     *
     * @return null when memory does not suffice and {@link #authenticate} has to be asked
     */
    public Verdict authenticateFromMemory(String token, ClientAddress client) {
        AccessToken known = verified.getIfPresent(TokenDigest.of(token));
        if (known == null || !news.recent()) {
            return null;
        }
        Account account = accounts.inMemory(known.userId());
        return account == null ? null : judge(known, account, client);
    }

    /** Decides who presents a token. Blocks on a signature and the database when it is new. */
    public Verdict authenticate(String token, ClientAddress client) {
        if (token.length() > AccessToken.MAX_LENGTH) {
            return Refused.INVALID;
        }
        TokenDigest digest = TokenDigest.of(token);
        AccessToken accessToken = verified.getIfPresent(digest);
        if (accessToken == null) {
            accessToken = accessTokens
                    .read(token)
                    .filter(read -> exists(read.grantId()))
                    .orElse(null);
            if (accessToken == null) {
                return Refused.INVALID;
            }
            verified.put(digest, accessToken);
        } else if (!stands(accessToken.grantId())) {
            return Refused.INVALID;
        }
        Account account = accounts.find(accessToken.userId()).orElse(null);
        return account == null ? Refused.INVALID : judge(accessToken, account, client);
    }

    /**
     * Tells whether a grant stands: from memory, and by the database when this replica may have missed a revocation. May block then.
     */
    public boolean stands(String grantId) {
        return !revoked.contains(grantId) && (news.recent() || exists(grantId));
    }

    /** Tells whether this replica hears of revocations, by Kafka or from the database. Never blocks. */
    public boolean hearsOfRevocations() {
        return news.recent();
    }

    private Verdict judge(AccessToken token, Account account, ClientAddress client) {
        Instant now = clock.instant();
        if (token.hasExpired(now) || revoked.contains(token.grantId())) {
            return Refused.INVALID;
        }
        Admission admission = Admission.of(account, client);
        if (admission != Admission.ALLOWED) {
            return admission == Admission.NOT_LOCAL ? Refused.NOT_LOCAL : Refused.INVALID;
        }
        lastUse.accessTokenUsed(token.grantId(), now, client.address());
        return new Verdict.Valid(token, account);
    }

    private boolean exists(String grantId) {
        return QuarkusTransaction.joiningExisting().call(() -> refreshTokens.count("id", grantId) > 0);
    }
}
