package dev.latchkey.platform.token;

/** Whether a string is a genuine access token within its time. */
public sealed interface TokenVerdict {

    /** It is; this is what it says. */
    record Valid(AccessToken token) implements TokenVerdict {}

    /**
     * It is not.
     *
     * @param reason one of {@link #INVALID}, {@link #EXPIRED} and {@link #UNKNOWN_KEY}: for logs and metrics, never for the caller
     */
    record Refused(String reason) implements TokenVerdict {}

    /**
     * Nobody can tell, because the keys could not be had. Callers refuse, and say that it is worth trying again.
     *
     * @param reason a sentence for logs
     */
    record Unavailable(String reason) implements TokenVerdict {}

    /** Nothing that was ever a token of ours. */
    String INVALID = "invalid";

    /** Genuine, but its time is over: no sign of an attack (decision A15). */
    String EXPIRED = "expired";

    /** Signed, it says, with a key that is not published. */
    String UNKNOWN_KEY = "unknown key";
}
