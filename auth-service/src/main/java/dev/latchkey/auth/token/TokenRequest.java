package dev.latchkey.auth.token;

import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/** The fields of a request to the token endpoint, each as often as it was sent. */
class TokenRequest {

    static class RepeatedFieldException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @RestForm
    List<String> action;

    @RestForm("grant_type")
    List<String> grantType;

    @RestForm
    List<String> code;

    @RestForm("client_id")
    List<String> clientId;

    @RestForm("redirect_uri")
    List<String> redirectUri;

    @RestForm("code_verifier")
    List<String> codeVerifier;

    @RestForm("refresh_token")
    List<String> refreshToken;

    @RestForm
    List<String> token;

    /**
     * Returns the one value of a field; null when it was not sent, or without a value, which is the same (RFC 6749 section
     * 3.2).
     *
     * @throws RepeatedFieldException when there are several (RFC 6749 section 3.2)
     */
    static String single(List<String> field) {
        if (field == null || field.isEmpty()) {
            return null;
        }
        if (field.size() > 1) {
            throw new RepeatedFieldException();
        }
        return field.getFirst().isEmpty() ? null : field.getFirst();
    }
}
