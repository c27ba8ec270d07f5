package dev.latchkey.auth.login;

import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;

/**
 * An open login flow.
 *
 * @param id the secret that continues it
 * @param step what the person has to do next
 * @param state the app's {@code state}, unchanged; null when it sent none
 * @param browserSecret what the browser that started it must present; null for flows of the JSON API, which are bound to
 *     their id alone (decision A16)
 * @param remember whether the person asked to stay signed in
 * @param userId who signed in; null before that
 * @param credentialId by which credential; null before that
 */
public record LoginFlow(
        String id,
        Step step,
        CodeKind kind,
        String clientId,
        String redirectUri,
        String state,
        String codeChallenge,
        String browserSecret,
        boolean remember,
        String userId,
        String credentialId) {

    /** What a person does in a flow. */
    public enum Step {
        /** Enter username and password. */
        INIT,
        /** Allow or refuse. */
        CONSENT
    }

    /** Returns what the authorization code of this flow is bound to when an app finishes it under a client id. */
    public CodeRequest codeRequest(String finishingClientId) {
        return new CodeRequest(kind, finishingClientId, redirectUri, codeChallenge);
    }
}
