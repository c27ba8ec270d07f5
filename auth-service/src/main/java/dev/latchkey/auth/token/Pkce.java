package dev.latchkey.auth.token;

import dev.latchkey.platform.secret.Secrets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Proof key for code exchange, S256 only (RFC 7636; decision A4). */
public final class Pkce {

    /** The one method there is. */
    public static final String METHOD = "S256";

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    /**
     * Judges what an authorization request sends.
     *
     * @return the sentence that says what is wrong, or null when the challenge can be used or none was sent
     */
    public static String problem(String challenge, String method) {
        if (challenge == null) {
            return method == null ? null : "code_challenge_method without code_challenge";
        }
        if (!METHOD.equals(method)) {
            return "code_challenge_method must be S256";
        }
        return CHALLENGE.matcher(challenge).matches()
                ? null
                : "code_challenge must be the 43 characters of a SHA-256 in base64url";
    }

    /** Tells whether a verifier is the one whose challenge was sent. */
    static boolean matches(String verifier, String challenge) {
        return VERIFIER.matcher(verifier).matches()
                && Secrets.equal(
                        challenge, Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(verifier)));
    }
}
