package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Signs access tokens and reads them back: JWTs of the profile of RFC 9068, {@code typ} {@code at+jwt} (decision A10). */
@ApplicationScoped
class AccessTokens {

    /** How far clocks may differ when the times in a token are judged. */
    static final Duration LEEWAY = Duration.ofSeconds(10);

    /** Longer strings are refused unread. */
    static final int MAX_LENGTH = 8192;

    private static final String TYPE = "at+jwt";

    private final SigningKeys keys;
    private final String issuer;
    private final Clock clock;

    AccessTokens(SigningKeys keys, AuthConfig config, Clock clock) {
        this.keys = keys;
        this.issuer = config.issuer().toString();
        this.clock = clock;
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
                key.kid(), clock.instant().plus(grant.accessTokenLifetime()).plus(LEEWAY));
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
        jws.setAlgorithmHeaderValue(SigningKey.ALGORITHM);
        jws.setHeader("typ", TYPE);
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
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = consumer().processToClaims(token);
            String grantId = claims.getStringClaimValue("sid");
            String clientId = claims.getStringClaimValue("client_id");
            Instant issuedAt = instant(claims.getIssuedAt());
            if (grantId == null || issuedAt.isAfter(clock.instant().plus(LEEWAY))) {
                return Optional.empty();
            }
            return Optional.of(new AccessToken(
                    grantId,
                    claims.getSubject(),
                    clientId,
                    claims.getJwtId(),
                    issuedAt,
                    instant(claims.getExpirationTime())));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, SigningKey.ALGORITHM))
                .setJwsProviderContext(NativeSignatures.PROVIDERS)
                .setVerificationKeyResolver(this::key)
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, issuer)
                .setRequireSubject()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setRequireJwtId()
                .setAllowedClockSkewInSeconds((int) LEEWAY.toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    private PublicKey key(JsonWebSignature jws, List<JsonWebStructure> around) throws UnresolvableKeyException {
        if (!around.isEmpty()) {
            throw new UnresolvableKeyException("an access token is not wrapped in another");
        }
        String kid = jws.getKeyIdHeaderValue();
        PublicKey key = kid == null || kid.length() > 64 ? null : keys.publicKey(kid);
        if (key == null) {
            throw new UnresolvableKeyException("no such key");
        }
        return key;
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochMilli(date.getValueInMillis());
    }
}
