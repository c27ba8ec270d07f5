package dev.latchkey.auth.token;

import java.time.Instant;

/**
 * What an access token says (RFC 9068), its signature verified.
 *
 * @param grantId {@code sid}: the grant that issued it
 * @param userId {@code sub}
 * @param clientId {@code client_id}; the grant's name for a token no app asked for
 * @param tokenId {@code jti}
 */
public record AccessToken(
        String grantId, String userId, String clientId, String tokenId, Instant issuedAt, Instant expiresAt) {}
