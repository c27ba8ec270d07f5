package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.SignInsEnded;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.secret.Secrets;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
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

    /**
     * Returns a new code, shown this once, that lets an app act for the owner of a credential who just signed in.
     *
     * @return nothing when the sign-in was overtaken: the password was changed, or the user taken away, since it began
     */
    @Transactional
    public Optional<String> issue(CodeRequest request, VerifiedCredential verified) {
        return accounts.hold(verified).map(account -> issue(request, account.id(), verified.credentialId()));
    }

    /**
     * Returns a new code, shown this once, that lets an app act for the owner of a credential. The caller holds the user
     * and knows that the sign-in is still worth something.
     */
    @Transactional(TxType.MANDATORY)
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
     * Returns a new code, shown this once, that lets another app act for a user by the sign-in that a grant of theirs came
     * from. Joins the caller's transaction.
     *
     * @return nothing when the grant has ended or came from no sign-in, the credential of which is gone, or its user
     *     deactivated
     */
    @Transactional(TxType.MANDATORY)
    public Optional<String> issueUnder(String grantId, String userId, CodeRequest request) {
        return accounts.hold(userId)
                .filter(Account::active)
                .flatMap(account -> refreshTokens.findById(grantId))
                .filter(grant -> grant.userId().equals(userId) && grant.credentialId() != null)
                .map(grant -> issue(request, userId, grant.credentialId()));
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
        byte[] hash = Secrets.sha256(code);
        Optional<Account> account = ownerOf(hash).flatMap(accounts::hold);
        if (account.isEmpty()) {
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        AuthorizationCodeEntity found =
                database.find(AuthorizationCodeEntity.class, hash, LockModeType.PESSIMISTIC_WRITE);
        if (found == null) {
            // It went with its credential while this waited for the user.
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        if (found.redeemedAt != null && found.refreshTokenId != null) {
            revocation.revokeGrantOfReusedCode(found.refreshTokenId);
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        Instant now = clock.instant();
        if (!found.clientId.equals(clientId) || !now.isBefore(found.expiresAt)) {
            return new Redemption.Refused(OAuthError.INVALID_CODE);
        }
        if (found.redeemedAt != null) {
            // Nothing was granted: the code was used up by a mistake or by ending sign-ins, perhaps with the user.
            return new Redemption.Refused(
                    account.get().active()
                            ? OAuthError.INVALID_CODE
                            : OAuthError.accessDenied(Admission.INACTIVE.reason()));
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

    /** Uses up the codes of the user that nobody redeemed yet. */
    void useUp(@Observes SignInsEnded ended) {
        database.createQuery(
                        "update AuthorizationCode set redeemedAt = :now where userId = :user and redeemedAt is null")
                .setParameter("now", clock.instant())
                .setParameter("user", ended.userId())
                .executeUpdate();
    }

    private Optional<String> ownerOf(byte[] codeHash) {
        return database.createQuery(
                        "select userId from AuthorizationCode where codeHash = :hash and kind = :kind", String.class)
                .setParameter("hash", codeHash)
                .setParameter("kind", CodeKind.AUTHORIZE.name())
                .getResultStream()
                .findFirst();
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
