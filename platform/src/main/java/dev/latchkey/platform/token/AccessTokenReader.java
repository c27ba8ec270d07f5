package dev.latchkey.platform.token;

import dev.latchkey.platform.token.TokenVerdict.Refused;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Reads access tokens: JWTs of the profile of RFC 9068, with one algorithm that no token chooses (RFC 8725 section 3.1). Costs a
 * signature check at every call; callers remember the result. Thread-safe.
 */
public final class AccessTokenReader {

    /** The algorithm of every access token; docs/adr says why (RFC 7518 section 3.4). */
    public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    /** {@code typ} of every access token (RFC 9068 section 2.1). */
    public static final String TYPE = "at+jwt";

    private static final int LONGEST_KEY_ID = 64;

    private final String issuer;
    private final Clock clock;

    /** @param issuer also the audience of every token */
    public AccessTokenReader(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Reads a token: signature, type, issuer, audience and times hold. Says nothing of revocation.
     *
     * @param compact whatever a stranger presents as a token
     * @param keys returns the public key of an id or null. Is asked at most once, and only for a token that has the right form
     * @return {@link Valid} or {@link Refused}
     */
    public TokenVerdict read(String compact, Function<String, PublicKey> keys) {
        if (compact.length() > AccessToken.MAX_LENGTH) {
            return new Refused(TokenVerdict.INVALID);
        }
        Keys resolver = new Keys(keys);
        try {
            JwtClaims claims = consumer(resolver).processToClaims(compact);
            String grantId = claims.getStringClaimValue("sid");
            String clientId = claims.getStringClaimValue("client_id");
            Instant issuedAt = instant(claims.getIssuedAt());
            if (grantId == null
                    || clientId == null
                    || issuedAt.isAfter(clock.instant().plus(AccessToken.LEEWAY))) {
                return new Refused(TokenVerdict.INVALID);
            }
            List<String> groups = claims.getStringListClaimValue("groups");
            return new Valid(new AccessToken(
                    claims.getJwtId(),
                    claims.getSubject(),
                    grantId,
                    clientId,
                    groups == null ? Set.of() : Set.copyOf(groups),
                    issuedAt,
                    instant(claims.getExpirationTime())));
        } catch (InvalidJwtException e) {
            return new Refused(resolver.unknown ? TokenVerdict.UNKNOWN_KEY : reason(e));
        } catch (MalformedClaimException e) {
            return new Refused(TokenVerdict.INVALID);
        }
    }

    /** What is wrong beside the time of a token makes it no token of ours. */
    private static String reason(InvalidJwtException e) {
        return e.hasExpired() && e.getErrorDetails().size() == 1 ? TokenVerdict.EXPIRED : TokenVerdict.INVALID;
    }

    private JwtConsumer consumer(Keys keys) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM))
                .setJwsProviderContext(NativeSignatures.PROVIDERS)
                .setVerificationKeyResolver(keys::resolve)
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, issuer)
                .setRequireSubject()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setRequireJwtId()
                .setAllowedClockSkewInSeconds((int) AccessToken.LEEWAY.toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochMilli(date.getValueInMillis());
    }

    /** The keys as one reading asks for them. */
    private static final class Keys {

        private final Function<String, PublicKey> published;
        private boolean unknown;

        Keys(Function<String, PublicKey> published) {
            this.published = published;
        }

        PublicKey resolve(JsonWebSignature jws, List<JsonWebStructure> around) throws UnresolvableKeyException {
            if (!around.isEmpty()) {
                throw new UnresolvableKeyException("an access token is not wrapped in another");
            }
            String kid = jws.getKeyIdHeaderValue();
            // Before anybody looks for a key: what could not be a token of ours does not make us ask for keys.
            if (kid == null || kid.length() > LONGEST_KEY_ID || !ALGORITHM.equals(jws.getAlgorithmHeaderValue())) {
                throw new UnresolvableKeyException("no token of ours");
            }
            PublicKey key = published.apply(kid);
            if (key == null) {
                unknown = true;
                throw new UnresolvableKeyException("no such key");
            }
            return key;
        }
    }
}
