package dev.latchkey.auth.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.user.Account;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.token.AccessToken;
import dev.latchkey.platform.token.AccessTokenReader;
import dev.latchkey.platform.token.TokenVerdict.Valid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs access tokens and reads them back: JWTs of the profile of RFC 9068, {@code typ} {@code at+jwt} (decision A10). */
@ApplicationScoped
class AccessTokens {

    private static final ObjectWriter JSON = new JsonMapper().writerFor(Claims.class);

    /** The claims of RFC 9068 section 2.2, and {@code sid}, the grant; times in seconds since 1970. */
    record Claims(
            @JsonProperty("iss") String issuer,
            @JsonProperty("sub") String userId,
            @JsonProperty("aud") String audience,
            @JsonProperty("client_id") String clientId,
            @JsonProperty("iat") long issuedAt,
            @JsonProperty("exp") long expiresAt,
            @JsonProperty("jti") String tokenId,
            @JsonProperty("sid") String grantId,
            @JsonProperty("groups") List<String> groups) {}

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

    /**
     * Returns a new access token of a grant, valid for as long as the grant says.
     *
     * @param asOf from when, which is before the grant was read: a process that is paused between reading and signing must not issue a
     *     token that outlives the memory of a revocation in between
     */
    String issue(Grant grant, Account account, Instant asOf) {
        return sign(grant, account, keys.current(), asOf);
    }

    /**
     * Returns a new access token that outlives the key that signs it, which therefore stays published until the token has
     * expired. Joins the caller's transaction.
     */
    String issueLongLived(Grant grant, Account account) {
        SigningKey key = keys.current();
        Instant now = clock.instant();
        keys.keepUntil(key.kid(), now.plus(grant.accessTokenLifetime()).plus(AccessToken.LEEWAY));
        return sign(grant, account, key, now);
    }

    private String sign(Grant grant, Account account, SigningKey key, Instant now) {
        Claims claims = new Claims(
                issuer,
                grant.userId(),
                issuer,
                grant.clientId() != null ? grant.clientId() : grant.clientName(),
                now.getEpochSecond(),
                now.plus(grant.accessTokenLifetime()).getEpochSecond(),
                Secrets.randomId(),
                grant.id(),
                account.sortedGroups());
        try {
            return key.sign(JSON.writeValueAsBytes(claims));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims can be written", e);
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
