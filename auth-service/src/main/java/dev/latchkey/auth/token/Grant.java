package dev.latchkey.auth.token;

import java.time.Duration;
import java.time.Instant;

/**
 * A refresh token without its secret: what an app was granted, by whom.
 *
 * @param id 32 hexadecimal digits; the {@code sid} of every access token of the grant
 * @param credentialId the credential that signed in; null for grants that no sign-in made, or when it was deleted
 * @param clientId the app's address as it was given; null for system and long-lived tokens
 * @param clientName null for ordinary grants
 * @param clientIcon null when none was given
 * @param accessTokenLifetime how long an access token of this grant is valid
 * @param lastUsedAt null when it never was
 * @param lastUsedIp null when it never was used
 * @param expireAt when it ends if it is not used before; null when it does not end by itself
 */
public record Grant(
        String id,
        String userId,
        String credentialId,
        TokenType type,
        String clientId,
        String clientName,
        String clientIcon,
        Duration accessTokenLifetime,
        Instant createdAt,
        Instant lastUsedAt,
        String lastUsedIp,
        Instant expireAt) {

    /** Returns this grant with access tokens of another lifetime. */
    Grant withAccessTokenLifetime(Duration lifetime) {
        return new Grant(
                id,
                userId,
                credentialId,
                type,
                clientId,
                clientName,
                clientIcon,
                lifetime,
                createdAt,
                lastUsedAt,
                lastUsedIp,
                expireAt);
    }
}
