package dev.latchkey.platform.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What an access token says (RFC 9068; decision A10), its signature verified. Nothing is null.
 *
 * @param id {@code jti}
 * @param userId {@code sub}
 * @param grantId {@code sid}: the grant that issued it
 * @param clientId {@code client_id}; the grant's name for a token no app asked for
 * @param groups of the user when the token was issued
 */
public record AccessToken(
        String id,
        String userId,
        String grantId,
        String clientId,
        Set<String> groups,
        Instant issuedAt,
        Instant expiresAt) {

    /** How far clocks may differ when the times in a token are judged. */
    public static final Duration LEEWAY = Duration.ofSeconds(10);

    /** Longer strings are no tokens and are refused unread; in characters. */
    public static final int MAX_LENGTH = 8192;

    public AccessToken {
        groups = Set.copyOf(groups);
    }

    /** Tells whether the time of the token is over, clocks that differ considered. */
    public boolean hasExpired(Instant now) {
        return !expiresAt.plus(LEEWAY).isAfter(now);
    }
}
