package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.platform.secret.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;

/** Makes grants, finds and changes them ({@code spec/auth.md} 3.1 and 3.3). */
@ApplicationScoped
public class RefreshTokenService {

    /**
     * A new refresh token.
     *
     * @param secret what the app keeps; not stored here
     */
    record Issued(String secret, Grant grant) {}

    private final RefreshTokenRepository repository;
    private final GrantLookup lookup;
    private final AccessTokens accessTokens;
    private final LastUse lastUse;
    private final Accounts accounts;
    private final Duration accessTokenLifetime;
    private final Duration idleLifetime;
    private final Clock clock;

    RefreshTokenService(
            RefreshTokenRepository repository,
            GrantLookup lookup,
            AccessTokens accessTokens,
            LastUse lastUse,
            Accounts accounts,
            AuthConfig config,
            Clock clock) {
        this.repository = repository;
        this.lookup = lookup;
        this.accessTokens = accessTokens;
        this.lastUse = lastUse;
        this.accounts = accounts;
        this.accessTokenLifetime = config.accessTokenLifetime();
        this.idleLifetime = config.refreshTokenIdleLifetime();
        this.clock = clock;
    }

    /** Grants an app access on behalf of a user. Joins the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    Issued grant(String userId, String credentialId, String clientId, String usedFrom) {
        Instant now = clock.instant();
        String secret = Secrets.random();
        RefreshTokenEntity token = newToken(userId, TokenType.NORMAL, accessTokenLifetime, now);
        token.credentialId = credentialId;
        token.tokenHash = Secrets.sha256(secret);
        token.clientId = clientId;
        token.lastUsedAt = now;
        token.lastUsedIp = usedFrom;
        token.expireAt = now.plus(idleLifetime);
        repository.persistAndFlush(token);
        return new Issued(secret, token.toGrant());
    }

    /**
     * Makes an access token that lives for years. It is returned this once and not stored.
     *
     * @param callingGrantId the grant of the user that asks; once it is revoked it makes no other
     * @param clientIcon null for none
     * @param lifespan 1 to 3650 days
     * @throws NameTakenException when another long-lived token of the user has this name
     * @throws GrantEndedException when the grant that asks was revoked a moment ago
     */
    @Transactional
    public String issueLongLivedAccessToken(
            Account account, String callingGrantId, String clientName, String clientIcon, Duration lifespan) {
        if (accounts.hold(account.id()).filter(Account::active).isEmpty() || !mayGrant(callingGrantId, account.id())) {
            throw new GrantEndedException();
        }
        Instant now = clock.instant();
        RefreshTokenEntity token = newToken(account.id(), TokenType.LONG_LIVED_ACCESS_TOKEN, lifespan, now);
        token.clientName = clientName;
        token.clientIcon = clientIcon;
        try {
            repository.persistAndFlush(token);
        } catch (PersistenceException e) {
            if (e instanceof ConstraintViolationException violation && violation.getKind() == ConstraintKind.UNIQUE) {
                throw new NameTakenException(clientName);
            }
            throw e;
        }
        return accessTokens.issueLongLived(token.toGrant(), account);
    }

    /** Returns a user's grants in the order in which they were made, each with its last use up to this moment. */
    public List<Grant> list(String userId) {
        lastUse.write();
        return QuarkusTransaction.joiningExisting()
                .call(() -> repository.ofUser(userId).stream()
                        .map(RefreshTokenEntity::toGrant)
                        .toList());
    }

    /**
     * Lets a grant end when it is not used, or not.
     *
     * @return false when the user has no such grant
     */
    public boolean setExpiry(String userId, String grantId, boolean enabled) {
        lastUse.write();
        return QuarkusTransaction.joiningExisting().call(() -> changeExpiry(userId, grantId, enabled));
    }

    private boolean changeExpiry(String userId, String grantId, boolean enabled) {
        Optional<RefreshTokenEntity> found = repository
                .find("id = ?1 and userId = ?2", grantId, userId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
        found.ifPresent(token -> {
            if (!enabled || token.type() != TokenType.NORMAL) {
                token.expireAt = null;
            } else if (token.expireAt == null) {
                token.expireAt = (token.lastUsedAt != null ? token.lastUsedAt : clock.instant()).plus(idleLifetime);
            }
        });
        return found.isPresent();
    }

    /** Returns the grant of a refresh token that can still be used. Reads the database. */
    Optional<Grant> find(String refreshToken) {
        return lookup.find(Secrets.sha256(refreshToken))
                .filter(grant -> grant.expireAt() == null || grant.expireAt().isAfter(clock.instant()));
    }

    private boolean mayGrant(String grantId, String userId) {
        return findById(grantId)
                .filter(grant -> grant.userId().equals(userId))
                .filter(grant -> grant.type() != TokenType.LONG_LIVED_ACCESS_TOKEN
                        || grant.createdAt().plus(grant.accessTokenLifetime()).isAfter(clock.instant()))
                .isPresent();
    }

    /**
     * Tells whether a session may go on when the access token that opened it has expired, because the app could get
     * another. That of a long-lived token ends with the token.
     */
    public boolean outlivesAccessToken(String grantId) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> findById(grantId))
                .filter(grant -> grant.type() != TokenType.LONG_LIVED_ACCESS_TOKEN)
                .isPresent();
    }

    /** Returns the grant of an id as the database has it now. */
    Optional<Grant> findById(String grantId) {
        return repository.findByIdOptional(grantId).map(RefreshTokenEntity::toGrant);
    }

    private static RefreshTokenEntity newToken(
            String userId, TokenType type, Duration accessTokenLifetime, Instant now) {
        RefreshTokenEntity token = new RefreshTokenEntity();
        token.id = Secrets.randomId();
        token.userId = userId;
        token.tokenType = type.wireName();
        token.accessTokenLifetimeSeconds = accessTokenLifetime.toSeconds();
        token.createdAt = now;
        return token;
    }
}
