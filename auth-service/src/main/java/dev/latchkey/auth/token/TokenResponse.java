package dev.latchkey.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A successful answer of the token endpoint (RFC 6749 section 5.1).
 *
 * @param refreshToken null when a refresh token was used: it stays valid and is not repeated (decision A2)
 * @param expiresIn seconds
 * @param authProvider the type of the provider that signed the person in; null when a refresh token was used
 */
@JsonInclude(Include.NON_NULL)
record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("refresh_token") String refreshToken,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("ha_auth_provider") String authProvider) {}
