package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.token.IntrospectionResource.Introspection;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.platform.http.BearerToken;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.services.ServicesConfig;
import dev.latchkey.platform.token.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Judges tokens for services that ask, and whether they may. */
@ApplicationScoped
class IntrospectionService {

    private final AccessTokens accessTokens;
    private final RefreshTokenService refreshTokens;
    private final Authenticator authenticator;
    private final Accounts accounts;
    private final RemoteAddress remoteAddress;
    private final Clock clock;
    private final String issuer;
    private final Optional<String> servicesSecret;

    IntrospectionService(
            AccessTokens accessTokens,
            RefreshTokenService refreshTokens,
            Authenticator authenticator,
            Accounts accounts,
            RemoteAddress remoteAddress,
            Clock clock,
            AuthConfig config,
            ServicesConfig services) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.authenticator = authenticator;
        this.accounts = accounts;
        this.remoteAddress = remoteAddress;
        this.clock = clock;
        this.issuer = config.issuer().toString();
        this.servicesSecret = services.secret();
    }

    /** Tells whether a caller holds the service credential or the access token of a service user. */
    boolean mayAsk(String authorization) {
        String presented = BearerToken.of(authorization);
        if (presented == null) {
            return false;
        }
        return servicesSecret.filter(secret -> Secrets.equal(secret, presented)).isPresent()
                || authenticator.authenticate(presented, remoteAddress.get()) instanceof Verdict.Valid valid
                        && valid.account().service();
    }

    /** Judges an access or refresh token by what the database says now. */
    @Transactional
    Introspection introspect(String token) {
        return accessTokens
                .read(token)
                .map(this::accessToken)
                .orElseGet(
                        () -> refreshTokens.find(token).map(this::refreshToken).orElse(Introspection.INACTIVE));
    }

    /** Judges a grant by its id, for links that outlive the token that made them. */
    @Transactional
    Introspection introspectGrant(String grantId) {
        return refreshTokens
                .findById(grantId)
                .filter(grant -> grant.expireAt() == null || grant.expireAt().isAfter(clock.instant()))
                .map(this::refreshToken)
                .orElse(Introspection.INACTIVE);
    }

    private Introspection accessToken(AccessToken token) {
        Optional<Account> account = activeAccount(token.userId());
        if (account.isEmpty()
                || refreshTokens.findById(token.grantId()).isEmpty()
                || token.hasExpired(clock.instant())) {
            return Introspection.INACTIVE;
        }
        return active(
                account.get(),
                token.clientId(),
                "Bearer",
                token.expiresAt(),
                token.issuedAt(),
                token.id(),
                token.grantId());
    }

    private Introspection refreshToken(Grant grant) {
        return activeAccount(grant.userId())
                .map(account -> active(
                        account,
                        grant.clientId(),
                        "refresh_token",
                        grant.expireAt(),
                        grant.createdAt(),
                        null,
                        grant.id()))
                .orElse(Introspection.INACTIVE);
    }

    private Optional<Account> activeAccount(String userId) {
        return accounts.read(userId).filter(Account::active);
    }

    private Introspection active(
            Account account,
            String clientId,
            String type,
            Instant expiry,
            Instant issuedAt,
            String tokenId,
            String grantId) {
        return new Introspection(
                true,
                issuer,
                account.id(),
                account.name(),
                clientId,
                type,
                expiry == null ? null : Long.valueOf(expiry.getEpochSecond()),
                issuedAt.getEpochSecond(),
                tokenId,
                grantId,
                account.sortedGroups());
    }
}
