package dev.latchkey.signing.decision;

import dev.latchkey.signing.caller.Caller;

/** May the request pass? */
sealed interface Decision {

    /** Why it is so. */
    Reason reason();

    /** It may, as this user. */
    record Allowed(Caller caller, Reason reason) implements Decision {}

    /**
     * It may not.
     *
     * @param credential what it was denied by, good or bad
     */
    record Denied(Reason reason, Credential credential) implements Decision {}

    /** What a request may carry to prove who makes it. */
    enum Credential {
        NONE,
        TOKEN,
        LINK
    }
}
