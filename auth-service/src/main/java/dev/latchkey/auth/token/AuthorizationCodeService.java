package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.secret.Secrets;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Issues authorization codes and redeems each at most once (RFC 6749 section 4.1; decision A5). Redeeming one a second time
 * revokes what the first time granted.
 */
@ApplicationScoped
public class AuthorizationCodeService {

    private final EntityManager database;
    private final RefreshTokenService refreshTokens;
    private final GrantRevocation revocation;
    private final Accounts accounts;
    private final Duration lifetime;
    private final Clock clock;

    AuthorizationCodeService(
            EntityManager database,
            RefreshTokenService refreshTokens,
            GrantRevocation revocation,
            Accounts accounts,
            AuthConfig config,
            Clock clock) {
        this.database = database;
        this.refreshTokens = refreshTokens;
        this.revocation = revocation;
        this.accounts = accounts;
        this.lifetime = config.authorizationCodeLifetime();
        this.clock = clock;
    }

    /** Returns a new code, shown this once, that lets an app act for the owner of a credential. */
    @Transactional
    public String issue(CodeRequest request, String userId, String credentialId) {
        String code = Secrets.random();
        AuthorizationCodeEntity entity = new AuthorizationCodeEntity();
        entity.codeHash = Secrets.sha256(code);
        entity.kind = request.kind().name();
        entity.clientId = request.clientId();
        entity.redirectUri = request.redirectUri();
        entity.codeChallenge = request.codeChallenge();
        entity.userId = userId;
        entity.credentialId = credentialId;
        entity.createdAt = clock.instant();
        entity.expiresAt = entity.createdAt.plus(lifetime);
        database.persist(entity);
        return code;
    }

    /**
     * Redeems a code. Of many who try at once one is granted. Once the code, its app and its time are right it is used up,
     * whatever is wrong with the rest.
     *
     * @param redirectUri null when the request has none
     * @param codeVerifier null when the request has none
     */
    @Transactional
    Redemption redeem(String code, String clientId, String redirectUri, String codeVerifier, ClientAddress client) {
        AuthorizationCodeEntity found = database.find(AuthorizationCodeEntity.class, Secrets.sha256(code));
        if (found == null || !found.kind.equals(CodeKind.AUTHORIZE.name())) {
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        Optional<Account> account = accounts.hold(found.userId);
        if (account.isEmpty()) {
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        database.refresh(found, LockModeType.PESSIMISTIC_WRITE);
        if (found.redeemedAt != null) {
            if (found.refreshTokenId != null) {
                revocation.revokeById(found.refreshTokenId);
            }
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        Instant now = clock.instant();
        if (!found.clientId.equals(clientId) || !now.isBefore(found.expiresAt)) {
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        found.redeemedAt = now;
        Optional<OAuthError> mismatch = mismatch(found, redirectUri, codeVerifier);
        if (mismatch.isPresent()) {
            return new Redemption.Refused(mismatch.get());
        }
        Admission admission = Admission.of(account.get(), client);
        if (admission != Admission.ALLOWED) {
            return new Redemption.Refused(OAuthError.accessDenied(admission.reason()));
        }
        RefreshTokenService.Issued issued = refreshTokens.grant(
                found.userId, found.credentialId, clientId, client.address().getHostAddress());
        found.refreshTokenId = issued.grant().id();
        return new Redemption.Granted(issued, account.get());
    }

    @Scheduled(every = "PT1M", delayed = "PT1M")
    @Transactional
    void forgetExpired() {
        // A redeemed code is kept for a day, so that its reuse is still noticed.
        database.createQuery("delete from AuthorizationCode where expiresAt < :before")
                .setParameter("before", clock.instant().minus(Duration.ofDays(1)))
                .executeUpdate();
    }

    private static Optional<OAuthError> mismatch(
            AuthorizationCodeEntity code, String redirectUri, String codeVerifier) {
        if (redirectUri != null && code.redirectUri != null && !redirectUri.equals(code.redirectUri)) {
            return Optional.of(OAuthError.invalidGrant("Redirect URI does not match"));
        }
        if (code.codeChallenge == null) {
            return codeVerifier == null
                    ? Optional.empty()
                    : Optional.of(OAuthError.invalidGrant("Code verifier without code challenge"));
        }
        if (codeVerifier == null) {
            return Optional.of(OAuthError.invalidRequest("Code verifier is missing"));
        }
        return Pkce.matches(codeVerifier, code.codeChallenge)
                ? Optional.empty()
                : Optional.of(OAuthError.invalidGrant("Code verifier does not match"));
    }
}
