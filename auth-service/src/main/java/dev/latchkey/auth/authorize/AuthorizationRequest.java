package dev.latchkey.auth.authorize;

import dev.latchkey.auth.AuthConfig.PkcePolicy;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.token.Pkce;
import java.util.List;
import java.util.Optional;

/**
 * What an app asks for when it sends a person here (RFC 6749 section 4.1.1, RFC 7636 section 4.3). Who the app is and where it
 * may have people sent back to is judged elsewhere.
 *
 * @param clientId null when absent
 * @param redirectUri null when absent
 * @param state null when absent or empty
 * @param codeChallenge null when absent
 */
record AuthorizationRequest(
        String clientId,
        String redirectUri,
        String state,
        String responseType,
        String responseMode,
        String scope,
        String codeChallenge,
        String codeChallengeMethod) {

    /** The longest {@code state}, and the longest {@code scope}, in UTF-16 units. */
    static final int LONGEST = 4096;

    /** The parameters that mean something to us; each may occur once. {@code resource} and strangers' may repeat. */
    private static final List<String> KNOWN = List.of(
            "client_id",
            "redirect_uri",
            "state",
            "response_type",
            "response_mode",
            "scope",
            "code_challenge",
            "code_challenge_method");

    /** Returns the name of a parameter that occurs more than once, or nothing. */
    static Optional<String> repeated(QueryParameters query) {
        return KNOWN.stream().filter(query::repeats).findFirst();
    }

    /** Takes the parameters from a query in which none repeats. */
    static AuthorizationRequest of(QueryParameters query) {
        return new AuthorizationRequest(
                query.get("client_id"),
                query.get("redirect_uri"),
                query.get("state"),
                query.get("response_type"),
                query.get("response_mode"),
                query.get("scope"),
                query.get("code_challenge"),
                query.get("code_challenge_method"));
    }

    /** Judges everything but the addresses; returns what is wrong, or nothing. */
    Optional<Fault> fault(PkcePolicy pkce) {
        if (responseType != null && !responseType.equals("code")) {
            return Optional.of(Fault.RESPONSE_TYPE);
        }
        if (responseMode != null && !responseMode.equals("query")) {
            return Optional.of(Fault.RESPONSE_MODE);
        }
        if (isUnfit(state)) {
            return Optional.of(Fault.STATE);
        }
        if (isUnfit(scope)) {
            return Optional.of(Fault.SCOPE);
        }
        if (Pkce.problem(codeChallenge, codeChallengeMethod) != null) {
            return Optional.of(Fault.PKCE);
        }
        return codeChallenge == null && pkce == PkcePolicy.REQUIRED
                ? Optional.of(Fault.PKCE_REQUIRED)
                : Optional.empty();
    }

    /** Returns what the authorization code is bound to. */
    CodeRequest codeRequest() {
        return new CodeRequest(CodeKind.AUTHORIZE, clientId, redirectUri, codeChallenge);
    }

    private static boolean isUnfit(String value) {
        return value != null && (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl));
    }
}
