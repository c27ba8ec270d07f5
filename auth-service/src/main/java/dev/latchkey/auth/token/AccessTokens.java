package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenReader;
import dev.latchkey.platform.token.NativeSignatures;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs access tokens and reads them back: JWTs of the profile of RFC 9068, {@code typ} {@code at+jwt} (decision A10). */
@ApplicationScoped
class AccessTokens {

    private final SigningKeys keys;
    private final String issuer;
    private final Clock clock;
    private final AccessTokenReader reader;

    AccessTokens(SigningKeys keys, AuthConfig config, Clock clock) {
        this.keys = keys;
        this.issuer = config.issuer().toString();
        this.clock = clock;
        this.reader = new AccessTokenReader(issuer, clock);
    }

    /** Returns a new access token of a grant, valid from now for as long as the grant says. */
    String issue(Grant grant, Account account) {
        return sign(grant, account, keys.current());
    }

    /**
     * Returns a new access token that outlives the key that signs it, which therefore stays published until the token has
     * expired. Joins the caller's transaction.
     */
    String issueLongLived(Grant grant, Account account) {
        SigningKey key = keys.current();
        keys.keepUntil(
                key.kid(), clock.instant().plus(grant.accessTokenLifetime()).plus(AccessToken.LEEWAY));
        return sign(grant, account, key);
    }

    private String sign(Grant grant, Account account, SigningKey key) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(grant.userId());
        claims.setAudience(issuer);
        claims.setStringClaim("client_id", grant.clientId() != null ? grant.clientId() : grant.clientName());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plus(grant.accessTokenLifetime()).getEpochSecond()));
        claims.setJwtId(Secrets.randomId());
        claims.setStringClaim("sid", grant.id());
        claims.setStringListClaim("groups", account.sortedGroups());
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AccessTokenReader.ALGORITHM);
        jws.setHeader("typ", AccessTokenReader.TYPE);
        jws.setKeyIdHeaderValue(key.kid());
        jws.setPayload(claims.toJson());
        jws.setKey(key.privateKey());
        jws.setDoKeyValidation(false);
        jws.setProviderContext(NativeSignatures.PROVIDERS);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
    }

    /**
     * Reads an access token of ours: signature, type, issuer, audience and times hold. Says nothing of revocation. Costs
     * a signature check; callers remember the result.
     *
     * @return nothing when it is no token of ours, whatever else it is
     */
    Optional<AccessToken> read(String token) {
        return reader.read(token, keys::publicKey) instanceof Valid valid
                ? Optional.of(valid.token())
                : Optional.empty();
    }
}
