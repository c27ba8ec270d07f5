package dev.latchkey.auth.token;

/**
 * What an authorization code is bound to.
 *
 * @param clientId the app's address exactly as it was given
 * @param redirectUri where the code goes; null when it goes nowhere, as at onboarding
 * @param codeChallenge the S256 challenge of RFC 7636; null when the app sent none
 */
public record CodeRequest(CodeKind kind, String clientId, String redirectUri, String codeChallenge) {

    /** What a code can be redeemed for. */
    public enum CodeKind {
        /** For tokens, at the token endpoint. */
        AUTHORIZE,
        /** For linking the credential to a signed-in user, never for tokens. */
        LINK_USER
    }
}
