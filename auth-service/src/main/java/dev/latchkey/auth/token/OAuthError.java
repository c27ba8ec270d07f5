package dev.latchkey.auth.token;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error of the token endpoint (RFC 6749 section 5.2).
 *
 * @param status the HTTP status
 * @param description null when the code says it all
 */
record OAuthError(
        @JsonIgnore int status,
        @JsonProperty("error") String code,

        @JsonProperty("error_description") @JsonInclude(Include.NON_NULL)
        String description) {

    static final OAuthError UNSUPPORTED_GRANT_TYPE = new OAuthError(400, "unsupported_grant_type", null);
    static final OAuthError INVALID_REQUEST = invalidRequest(null);
    static final OAuthError INVALID_CLIENT_ID = invalidRequest("Invalid client id");
    static final OAuthError INVALID_CODE = invalidRequest("Invalid code");

    static OAuthError invalidRequest(String description) {
        return new OAuthError(400, "invalid_request", description);
    }

    static OAuthError invalidGrant(String description) {
        return new OAuthError(400, "invalid_grant", description);
    }

    static OAuthError accessDenied(String reason) {
        return new OAuthError(403, "access_denied", reason);
    }
}
